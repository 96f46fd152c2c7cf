import type { GroupInfo, GroupWithMembers } from '../../protocol/groups/groupPayload.ts';
import type { Arrival } from '../arrival.ts';
import type { NodeContext } from '../context.ts';
import { infoOf } from './groupInfo.ts';
import { proveAct } from './proveAct.ts';
import { groupWithMembers } from './readGroups.ts';
import { takeAct } from './takeAct.ts';

/** A creation has no group yet. */
const NONE = '';

/**
 * Makes a group: its creator is its first admin, and everybody else is invited (protocol 5.1). The same signed body
 * makes one group, whose id follows from what was signed.
 * @throws {PushChatError} as {@link takeAct}, and the first check that failed
 */
export async function createGroup(node: NodeContext, input: unknown, arrival?: Arrival): Promise<GroupInfo> {
  const act = await proveAct(node, { verb: 'group', chatId: NONE, input }, arrival);
  const { group } = await takeAct(node, { ...act, verb: 'group', body: input }, arrival);
  return infoOf(group);
}

/**
 * Makes a group by the older call, of which only what the proof covers is taken (protocol 5.2).
 * @throws {PushChatError} as {@link takeAct}, and the first check that failed
 */
export async function createGroupV1(node: NodeContext, input: unknown, arrival?: Arrival): Promise<GroupWithMembers> {
  const act = await proveAct(node, { verb: 'groupV1', chatId: NONE, input }, arrival);
  const { group } = await takeAct(node, { ...act, verb: 'groupV1', body: input }, arrival);
  return node.store.read((rows) => groupWithMembers(rows, group));
}
