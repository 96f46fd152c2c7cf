import { asPushChatError, PushChatError, type ErrorCode } from '../../errors.ts';
import { isDid, parseDid, type Did } from '../../protocol/did.ts';
import { parseActPage, type ActPage, type ServedAct } from '../../protocol/groups/actPage.ts';
import type { GroupProfile } from '../../protocol/groups/groupPayload.ts';
import { isTimely, readAct, type NamedAct, type ReadAct } from '../../protocol/groups/readAct.ts';
import type { GroupId } from '../../protocol/peer.ts';
import { routes } from '../../protocol/routes.ts';
import { MAX_BATCH } from '../../protocol/limits.ts';
import type { ClientContext } from '../context.ts';
import { isOfOne } from '../outbox/outgoing.ts';
import { inTurns } from '../../protocol/inTurns.ts';
import { nextTurn } from '../../protocol/nextTurn.ts';
import type { KnownActs } from './groupFile.ts';
import { createRoster, type Roster } from './roster.ts';
import { signerKeys, verifyAct } from './verifyAct.ts';

/** What a node says that has no such call, or will not answer it. */
const SILENT: ReadonlySet<ErrorCode> = new Set(['NodeError', 'NotFound', 'NotPermitted', 'PayloadMalformed']);

/** A list in which something can never be checked is not read from its beginning for each message. */
const ANEW_MS = 60_000;

/**
 * Reads and checks what was done to a group since it was last read; from the beginning where the list of the node is not
 * one that goes on, and where something in it could not be checked: what a node once served falsely is served rightly by
 * another, or later.
 * @returns undefined where the node shows nothing
 */
export async function readActs(
  client: ClientContext,
  chatId: GroupId,
  known: KnownActs,
): Promise<KnownActs | undefined> {
  const isLate = client.now() - known.anewAt >= ANEW_MS;
  if (known.served > 0 && (known.isWhole || !isLate)) {
    const on = await readOn(client, chatId, { ...known, roster: known.roster.copy() });
    if (on && !on.isCut) return on.served === known.served ? known : goOn(known, on);
  }
  const anew = await readOn(client, chatId, { roster: createRoster(), place: '', served: 0, isWhole: true });
  if (anew?.isCut) {
    client.warn(new PushChatError('HistoryRollback', 'The list of what was done to a group is no whole.'));
  }
  return anew && { ...reconcile(client, known, anew), anewAt: client.now() };
}

function goOn(known: KnownActs, { roster, place, served, isWhole, acts }: Read): KnownActs {
  const seen = known.seen === known.roster ? roster : withUnseen(known.seen, acts);
  return { ...known, roster, seen, place, served, isWhole };
}

/**
 * What was signed once was done. A list that lacks something of it, or has it in another order, is followed nevertheless:
 * what was seen may be an act of another group that a node had put in. But whoever is in by that list, and out by all that
 * was seen, is a concern, and what they say now does not count, before the user has agreed (security GR-14).
 */
function reconcile(client: ClientContext, known: KnownActs, anew: Read): KnownActs {
  const { roster, place, served, isWhole, isCut, acts } = anew;
  const read = { anewAt: known.anewAt, place, served, isWhole: isWhole && !isCut };
  if (isSameList(roster, known.roster)) return { ...known, ...read };
  if (goesOn(known.seen, roster)) return { ...read, roster, seen: roster };
  client.warn(new PushChatError('HistoryRollback', 'The Push Node shows less of what was done to a group.'));
  // Of a group without a beginning nothing is known, and nobody.
  if (!roster.group) return { ...known, isWhole: false };
  return { ...read, roster, seen: withUnseen(known.seen, acts) };
}

const isSameList = (a: Roster, b: Roster): boolean =>
  a.acts.size === b.acts.size && [...a.acts].every(([digest, { at }]) => b.acts.get(digest)?.at === at);

/** Whether a list has all that was seen, in the same order and with the same effect, whatever stands between. */
function goesOn(seen: Roster, list: Roster): boolean {
  const order = [...list.acts].filter(([digest]) => seen.acts.has(digest));
  return (
    order.length === seen.acts.size &&
    [...seen.acts].every(([digest, { applied }], i) => order[i]?.[0] === digest && order[i][1].applied === applied)
  );
}

function withUnseen(seen: Roster, acts: readonly TimedAct[]): Roster {
  const unseen = acts.filter(({ digest }) => !seen.acts.has(digest));
  if (unseen.length === 0) return seen;
  const next = seen.copy();
  for (const act of unseen) next.take(act);
  return next;
}

type TimedAct = NamedAct & Pick<ServedAct, 'at'>;

/** What was read of a list. */
interface Read extends Pick<KnownActs, 'roster' | 'place' | 'served' | 'isWhole'> {
  /** Those that could be checked, in their order. */
  readonly acts: readonly TimedAct[];
  /** Whether it ends where it should go on. */
  readonly isCut: boolean;
}

/** @returns undefined where the node shows nothing */
async function readOn(
  client: ClientContext,
  chatId: GroupId,
  from: Omit<Read, 'acts' | 'isCut'>,
): Promise<Read | undefined> {
  const { roster } = from;
  const acts: TimedAct[] = [];
  let { place, served, isWhole } = from;
  const end = (isCut: boolean): Read => ({ roster, place, served, isWhole, acts, isCut });
  // What is done meanwhile is for the next reading: one of a node that always has more would never end.
  for (let most = Infinity; ;) {
    const page = await readPage(client, chatId, place);
    if (!page) return place === '' ? undefined : end(true);
    most = Math.min(most, page.total);
    if (most < served) return end(true);
    const outcome = await takePage(client, chatId, { roster, acts }, page);
    if (outcome === 'disorder') return end(true);
    if (outcome === 'some') isWhole = false;
    served += page.acts.length;
    place = page.acts.at(-1)?.place ?? place;
    if (served >= most) return end(false);
    // An act came late from another node, and stands before what was read.
    if (page.acts.length === 0) return end(true);
    client.dispatch({ type: 'groupReading', chatId, reading: { read: served, total: most } });
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

/** Acts that are checked at once: the page is drawn between. */
const CHECKED_AT_ONCE = 20;

/**
 * @returns `some` where there are acts that cannot be checked, or not now; `disorder` where they do not follow each other,
 *   or on what was taken before, and those that come after are not taken
 */
async function takePage(
  client: ClientContext,
  chatId: GroupId,
  taken: { readonly roster: Roster; readonly acts: TimedAct[] },
  { acts, records }: ActPage,
): Promise<'all' | 'some' | 'disorder'> {
  const { roster } = taken;
  let outcome: 'all' | 'some' = 'all';
  const pass = (error: unknown): void => {
    client.warn(asPushChatError(error));
    outcome = 'some';
  };
  let profile: GroupProfile | undefined = roster.group?.profile;
  const reads: { readonly served: ServedAct; readonly read: ReadAct }[] = [];
  for (const served of acts) {
    try {
      const read = await readAct(served.verb, served.body, { chatId, profile, accounts: parseAccounts });
      if (read.change.kind === 'create') profile ??= read.change.profile;
      reads.push({ served, read });
    } catch (error) {
      pass(error);
    }
  }
  await prefetch(client, new Set(reads.map(({ read }) => read.signer)));
  const keysOf = signerKeys(client, records);
  for (let start = 0; start < reads.length; start += CHECKED_AT_ONCE) {
    const verified = await Promise.allSettled(
      reads
        .slice(start, start + CHECKED_AT_ONCE)
        .map(async ({ served: { at }, read }) => ({ ...(await verifyAct(client, read, { chatId, keysOf })), at })),
    );
    for (const checked of verified) {
      try {
        if (checked.status === 'rejected') throw checked.reason;
        const act = checked.value;
        checkPlace(client, chatId, act);
        if (roster.acts.has(act.digest)) continue;
        if (!isTimely(act, act.at) || !roster.isNext(act)) return 'disorder';
        taken.acts.push(act);
        const refusal = roster.take(act);
        if (refusal) client.warn(refusal);
      } catch (thrown) {
        const error = asPushChatError(thrown);
        if (!isOfOne(error)) throw error;
        pass(error);
      }
    }
    await nextTurn();
  }
  return outcome;
}

/** Each spelling of an account has a checksum to work out. */
const PARSED_AT_ONCE = 200;

const parseAccounts = (texts: readonly string[]): Promise<Did[]> => inTurns(texts, PARSED_AT_ONCE, parseDid);

/** Everybody who signed, in few calls. */
export async function prefetch(client: ClientContext, accounts: ReadonlySet<Did>): Promise<void> {
  const all = [...accounts].filter(isDid).map(parseDid);
  for (let start = 0; start < all.length; start += MAX_BATCH) {
    // Whoever is not found so is asked for alone.
    await client.keyring.prefetch(all.slice(start, start + MAX_BATCH)).catch(() => undefined);
  }
}

/** Proofs of changes do not name their group, so that one could be shown in another (protocol 5.3). */
function checkPlace(client: ClientContext, chatId: GroupId, act: Pick<NamedAct, 'chatId' | 'digest' | 'parts'>): void {
  if (act.chatId !== chatId)
    throw new PushChatError('ReplayDetected', 'A group is shown with the creation of another.');
  for (const [other, { roster }] of client.groups) {
    if (other !== chatId && [act.digest, ...act.parts].some((digest) => roster.acts.get(digest)?.applied)) {
      throw new PushChatError('ReplayDetected', 'An act of another group is shown in this one.');
    }
  }
}
