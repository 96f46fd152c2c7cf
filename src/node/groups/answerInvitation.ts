import { PushChatError } from '../../errors.ts';
import { objectOf, stringOf } from '../../protocol/fields.ts';
import type { Arrival } from '../arrival.ts';
import type { NodeContext } from '../context.ts';
import { memberOf } from '../tables/groups.ts';
import { checkEntry } from './checkRules.ts';
import { proveAct } from './proveAct.ts';
import { groupIntent } from './readGroups.ts';
import { takeAct } from './takeAct.ts';

/**
 * Takes the yes of somebody who was invited to a group, in a private one with the next secret (protocol 4.4).
 * @returns the accounts that are in the group, joined with `+`
 * @throws {PushChatError} as {@link takeAct}, and the first check that failed
 */
export async function acceptInvitation(node: NodeContext, input: unknown, arrival?: Arrival): Promise<string> {
  const chatId = groupIn(input);
  const act = await proveAct(node, { verb: 'groupAccept', chatId, input }, arrival);
  const { signer } = act;
  if (!arrival) await checkEntry(node, chatId, signer);
  const { again } = await takeAct(node, { ...act, verb: 'groupAccept', body: input }, arrival);
  return node.store.read(async (rows) => {
    if (again && !arrival && !(await memberOf(rows, chatId, signer))?.accepted) throw replayed();
    return groupIntent(rows, chatId, signer);
  });
}

/**
 * Takes the no of somebody who was invited to a group; they may be invited again (protocol 4.5).
 * @throws {PushChatError} as {@link takeAct}, and the first check that failed
 */
export async function rejectInvitation(node: NodeContext, input: unknown, arrival?: Arrival): Promise<void> {
  const act = await proveAct(node, { verb: 'groupReject', chatId: groupIn(input), input }, arrival);
  await takeAct(node, { ...act, verb: 'groupReject', body: input }, arrival);
}

const groupIn = (input: unknown): string => stringOf(objectOf(input, 'body'), 'toDID');

const replayed = (): PushChatError =>
  new PushChatError('ReplayDetected', 'This proof was used before. Sign the answer anew.');
