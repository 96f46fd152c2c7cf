import { PushChatError, type ErrorCode } from '../../errors.ts';
import { admitMessage } from '../admitMessage.ts';
import { acceptRequest, rejectRequest } from '../answerRequest.ts';
import type { Arrival } from '../arrival.ts';
import type { NodeContext, Transaction } from '../context.ts';
import { GROUP_VERBS } from '../groups/groupVerbs.ts';
import { NOTIFICATION_VERBS } from '../notifications/notificationVerbs.ts';
import { updateProfile } from '../saveProfile.ts';
import { createUser, updateKeys } from '../saveUser.ts';
import { isRecorded, type JournalEntry } from '../tables/journal.ts';

/** Does an act of another node again, with every check, at the time when that node took it. */
type Verb = (node: NodeContext, entry: JournalEntry, arrival: Arrival) => Promise<unknown>;

const VERBS: ReadonlyMap<string, Verb> = new Map<string, Verb>([
  ['user', (node, { body }, arrival) => createUser(node, body, arrival)],
  ['keys', (node, { body, target = '' }, arrival) => updateKeys(node, target, body, arrival)],
  ['profile', (node, { body, target = '' }, arrival) => updateProfile(node, target, body, arrival)],
  ['request', (node, { body }, arrival) => admitMessage(node, body, 'request', arrival)],
  ['message', (node, { body }, arrival) => admitMessage(node, body, 'message', arrival)],
  ['accept', (node, { body }, arrival) => acceptRequest(node, body, arrival)],
  ['reject', (node, { body }, arrival) => rejectRequest(node, body, arrival)],
  ...GROUP_VERBS,
  ...NOTIFICATION_VERBS,
]);

/** Clocks of honest nodes differ by less. */
const CLOCK_TOLERANCE_MS = 24 * 60 * 60 * 1000;

/**
 * Takes an act that another node wrote into its journal, as though it had been posted here, but at that node's time.
 * Nothing that the entry says is believed: shape, CID, proof and permission are checked as they are for a caller. The
 * same entries make the same state, whatever their order and however often they come.
 * @param also is done in the transaction that takes the act
 * @returns `known` when it changed nothing
 * @throws {PushChatError} the first check that failed; `mayWait` tells what may pass later
 */
export async function applyEntry(
  node: NodeContext,
  entry: JournalEntry,
  also: (tx: Transaction) => Promise<void> = () => Promise.resolve(),
): Promise<'taken' | 'known'> {
  const { verb, at, cid, link } = entry;
  const apply = VERBS.get(verb);
  if (!apply) throw new PushChatError('PayloadMalformed', 'This node knows no such act.');
  if (at > node.now() + CLOCK_TOLERANCE_MS) throw new PushChatError('NotFound', 'This act is of a later day.');
  if (await node.store.read((rows) => isRecorded(rows, entry))) return 'known';
  let acts = 0;
  const commit: NodeContext['commit'] = async (change) => {
    const { result, made } = await node.commit(async (tx) => {
      const recorded: JournalEntry[] = [];
      const record: Transaction['record'] = async (each) => {
        recorded.push(each);
        return tx.record(each);
      };
      const done = await change({ ...tx, record });
      if (recorded.length > 0) await also(tx);
      return { result: done, made: recorded.length };
    });
    acts += made;
    return result;
  };
  await apply({ ...node, commit }, entry, {
    at,
    ...(cid !== undefined && { cid }),
    ...(link !== undefined && { link }),
  });
  return acts > 0 ? 'taken' : 'known';
}

const WAITING: ReadonlySet<ErrorCode> = new Set(['ChainUnavailable', 'KeyNotFound', 'NotFound', 'StoreUnavailable']);

/** Whether what failed may pass later: what it needs is not here yet, or not now. Everything else is a lie. */
export const mayWait = ({ code }: PushChatError): boolean => WAITING.has(code);
