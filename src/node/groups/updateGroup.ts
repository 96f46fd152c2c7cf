import type { GroupInfo, GroupWithMembers } from '../../protocol/groups/groupPayload.ts';
import type { Arrival } from '../arrival.ts';
import type { NodeContext } from '../context.ts';
import { infoOf } from './groupInfo.ts';
import { proveAct } from './proveAct.ts';
import { groupWithMembers } from './readGroups.ts';
import { takeAct } from './takeAct.ts';

/**
 * Changes a group's name, description, image and rules, or its schedule and status (protocol 5.3).
 * @throws {PushChatError} as {@link takeAct}, and the first check that failed
 */
export async function updateGroup(
  node: NodeContext,
  { verb, chatId }: { readonly verb: 'groupProfile' | 'groupConfig'; readonly chatId: string },
  input: unknown,
  arrival?: Arrival,
): Promise<GroupInfo> {
  const act = await proveAct(node, { verb, chatId, input }, arrival);
  const { group } = await takeAct(node, { ...act, verb, body: input }, arrival);
  return infoOf(group);
}

/**
 * Changes a group by the older call: its looks, and the whole list of its members (protocol 5.2). Whatever its proof
 * does not cover is left as it is, a new secret included, so a group that has one needs the newer calls.
 * @throws {PushChatError} as {@link takeAct}, and the first check that failed
 */
export async function updateGroupV1(
  node: NodeContext,
  chatId: string,
  input: unknown,
  arrival?: Arrival,
): Promise<GroupWithMembers> {
  const act = await proveAct(node, { verb: 'groupV1Update', chatId, input }, arrival);
  const { group } = await takeAct(node, { ...act, verb: 'groupV1Update', body: input }, arrival);
  return node.store.read((rows) => groupWithMembers(rows, group));
}
