import type { GroupInfo } from '../../protocol/groups/groupPayload.ts';
import { isJoin } from '../../protocol/groups/groupState.ts';
import type { Arrival } from '../arrival.ts';
import type { NodeContext } from '../context.ts';
import { checkEntry } from './checkRules.ts';
import { infoOf } from './groupInfo.ts';
import { proveAct } from './proveAct.ts';
import { takeAct } from './takeAct.ts';

/**
 * Invites, removes, changes roles; and lets accounts join and leave by themselves (protocol 5.3, 5.5).
 * @throws {PushChatError} as {@link takeAct}, and the first check that failed
 */
export async function updateMembers(
  node: NodeContext,
  chatId: string,
  input: unknown,
  arrival?: Arrival,
): Promise<GroupInfo> {
  const act = await proveAct(node, { verb: 'groupMembers', chatId, input }, arrival);
  const { change, signer } = act;
  if (!arrival && change.kind === 'members' && isJoin(change, signer)) await checkEntry(node, chatId, signer);
  const { group } = await takeAct(node, { ...act, verb: 'groupMembers', body: input }, arrival);
  return infoOf(group);
}
