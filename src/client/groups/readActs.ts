import { asPushChatError, PushChatError, type ErrorCode } from '../../errors.ts';
import { isDid, parseDid, type Did } from '../../protocol/did.ts';
import { parseActPage, type ActPage, type ServedAct } from '../../protocol/groups/actPage.ts';
import type { GroupProfile } from '../../protocol/groups/groupPayload.ts';
import { isTimely, readAct, type ReadAct } from '../../protocol/groups/readAct.ts';
import type { GroupId } from '../../protocol/peer.ts';
import { routes } from '../../protocol/routes.ts';
import { MAX_BATCH } from '../../protocol/limits.ts';
import type { ClientContext } from '../context.ts';
import type { Beginning } from './groupFile.ts';
import { isPassing } from '../outbox/outgoing.ts';
import { createRoster, type Roster } from './roster.ts';
import { signerKeys, verifyAct } from './verifyAct.ts';

type Known = Pick<Beginning, 'roster' | 'place' | 'served'>;

/** What a node says that has no such call, or will not answer it. */
const SILENT: ReadonlySet<ErrorCode> = new Set(['NodeError', 'NotFound', 'NotPermitted', 'PayloadMalformed']);

/**
 * Reads and checks what was done to a group since it was last read. What was signed once was done: a node that shows less
 * of it, or at other times, is not followed, however it came to read it anew.
 * @returns undefined where the node shows nothing
 */
export async function readActs(client: ClientContext, chatId: GroupId, known: Known): Promise<Known | undefined> {
  const found = await followActs(client, chatId, known);
  if (!found || found.roster === known.roster || found.roster.explains(known.roster)) return found;
  client.warn(lessShown());
  return known;
}

const lessShown = (): PushChatError =>
  new PushChatError('HistoryRollback', 'The Push Node shows less of what was done to a group.');

async function followActs(client: ClientContext, chatId: GroupId, known: Known): Promise<Known | undefined> {
  let { roster, place, served } = known;
  // What is done meanwhile is for the next reading: one of a node that always has more would never end.
  for (let [isAnew, most] = [served === 0, Infinity]; ;) {
    const page = await readPage(client, chatId, place);
    if (!page) return undefined;
    most = Math.min(most, page.total);
    if (most < served) {
      client.warn(lessShown());
      return { roster, place, served };
    }
    const isInOrder = await takePage(client, chatId, roster, page);
    if (isInOrder) {
      served += page.acts.length;
      place = page.acts.at(-1)?.place ?? place;
      if (served >= most) return { roster, place, served };
      if (page.acts.length > 0) continue;
    }
    if (isAnew) {
      if (!isInOrder) client.warn(new PushChatError('HistoryRollback', 'The Push Node dates acts of a group falsely.'));
      return { roster, place, served };
    }
    // An act came late from another node, and stands before what was read: the order is another one.
    isAnew = true;
    [roster, place, served] = [createRoster(), '', 0];
  }
}

async function readPage(client: ClientContext, chatId: GroupId, after: string): Promise<ActPage | undefined> {
  try {
    return parseActPage(await client.transport.request(routes.groupActs(chatId, after)));
  } catch (thrown) {
    const error = asPushChatError(thrown);
    if (SILENT.has(error.code)) return undefined;
    throw error;
  }
}

/**
 * @returns false where its acts do not follow each other, or on what was taken before; what comes after is not taken
 */
async function takePage(
  client: ClientContext,
  chatId: GroupId,
  roster: Roster,
  { acts, records }: ActPage,
): Promise<boolean> {
  let profile: GroupProfile | undefined = roster.group?.profile;
  const reads: { readonly served: ServedAct; readonly read: ReadAct }[] = [];
  for (const served of acts) {
    try {
      const read = await readAct(served.verb, served.body, { chatId, profile, accounts: parseAccounts });
      if (read.change.kind === 'create') profile ??= read.change.profile;
      reads.push({ served, read });
    } catch (error) {
      client.warn(asPushChatError(error));
    }
  }
  await prefetch(client, new Set(reads.map(({ read }) => read.signer)));
  const keysOf = signerKeys(client, records);
  const verified = await Promise.allSettled(
    reads.map(async ({ served: { at }, read }) => ({ ...(await verifyAct(client, read, { chatId, keysOf })), at })),
  );
  for (const outcome of verified) {
    try {
      if (outcome.status === 'rejected') throw outcome.reason;
      const act = outcome.value;
      checkPlace(client, chatId, act);
      if (roster.actOf(act.digest)) continue;
      if (!isTimely(act, act.at) || !roster.isNext(act)) return false;
      const refusal = roster.take(act);
      if (refusal) client.warn(refusal);
    } catch (thrown) {
      const error = asPushChatError(thrown);
      // What cannot be judged now is read again: an act that is passed over would be lost for good.
      if (isPassing(error)) throw error;
      client.warn(error);
    }
  }
  return true;
}

/** Each spelling has a checksum to work out: the page is drawn between. */
const AT_ONCE = 200;

async function parseAccounts(texts: readonly string[]): Promise<Did[]> {
  const dids: Did[] = [];
  for (let start = 0; start < texts.length; start += AT_ONCE) {
    if (start > 0) await new Promise((resolve) => setTimeout(resolve, 0));
    dids.push(...texts.slice(start, start + AT_ONCE).map(parseDid));
  }
  return dids;
}

/** Everybody who signed, in few calls. */
export async function prefetch(client: ClientContext, accounts: ReadonlySet<Did>): Promise<void> {
  const all = [...accounts].filter(isDid).map(parseDid);
  for (let start = 0; start < all.length; start += MAX_BATCH) {
    // Whoever is not found so is asked for alone.
    await client.keyring.prefetch(all.slice(start, start + MAX_BATCH)).catch(() => undefined);
  }
}

/** Proofs of changes do not name their group, so that one could be shown in another (protocol 5.3). */
function checkPlace(
  client: ClientContext,
  chatId: GroupId,
  act: { readonly chatId: string; readonly digest: string; readonly change: ReadAct['change'] },
): void {
  if (act.chatId !== chatId)
    throw new PushChatError('ReplayDetected', 'A group is shown with the creation of another.');
  for (const [other, { roster }] of client.groups) {
    if (other !== chatId && roster.actOf(act.digest)?.applied) {
      throw new PushChatError('ReplayDetected', 'An act of another group is shown in this one.');
    }
  }
}
