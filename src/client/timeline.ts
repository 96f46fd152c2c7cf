import type { ThreadItem } from './state.ts';

/**
 * Joins newly opened items into a timeline. The result depends on the set of items alone, never on the order in which
 * they came or how they were paged.
 */
export function mergeItems(items: readonly ThreadItem[], added: readonly ThreadItem[]): readonly ThreadItem[] {
  if (added.length === 0) return items;
  return insertItems(items, added) ?? index(mergeAll(items, added), emptyIndex());
}

/** Whatever is known of both, judged anew: takes as long as the timeline is. */
export const mergeAll = (items: readonly ThreadItem[], added: readonly ThreadItem[]): readonly ThreadItem[] =>
  quarantineDowngrades(dropReplays([...dropRepeats([...items, ...added])].sort(compareItems)));

/** Everybody of a group counts for themselves. */
const writerOf = ({ from, sender }: ThreadItem): string => (from === 'me' ? from : (sender ?? from));

/** What decides whether items can go into a timeline without another look at all of it (security CH-15). */
interface TimelineIndex {
  readonly byId: Map<string, ThreadItem>;
  readonly digests: Set<string>;
  /** The first item of each sender with the current proof, and the last one with the legacy proof. */
  readonly modern: Map<string, ThreadItem>;
  readonly legacy: Map<string, ThreadItem>;
}

/** Each index goes with one timeline, the newest of its thread: it is handed on, never copied. */
const indexes = new WeakMap<readonly ThreadItem[], TimelineIndex>();

const emptyIndex = (): TimelineIndex => ({
  byId: new Map(),
  digests: new Set(),
  modern: new Map(),
  legacy: new Map(),
});

function index(
  timeline: readonly ThreadItem[],
  known: TimelineIndex,
  added: readonly ThreadItem[] = timeline,
): readonly ThreadItem[] {
  for (const item of added) {
    known.byId.set(item.id, item);
    if (item.digest !== undefined) known.digests.add(item.digest);
    noteProof(known, item);
  }
  indexes.set(timeline, known);
  return timeline;
}

function noteProof({ modern, legacy }: Pick<TimelineIndex, 'modern' | 'legacy'>, item: ThreadItem): void {
  if (item.state !== 'verified' && item.state !== 'signed') return;
  const [best, sign] = item.legacy ? [legacy, -1] : [modern, 1];
  const known = best.get(writerOf(item));
  if (!known || sign * compareItems(item, known) < 0) best.set(writerOf(item), item);
}

/** Far more than a page; so many are judged with the rest. */
const MAX_INSERTED = 1_000;

/** Puts new items at their places. Undefined where they bear on those that are here, or on one another. */
function insertItems(items: readonly ThreadItem[], added: readonly ThreadItem[]): readonly ThreadItem[] | undefined {
  const known = indexes.get(items);
  if (!known) return undefined;
  const fresh = added.filter((item) => known.byId.get(item.id) !== item);
  if (fresh.length === 0) return items;
  if (fresh.length > MAX_INSERTED || !isApart(known, fresh)) return undefined;
  fresh.sort(compareItems);
  const parts: (readonly ThreadItem[])[] = [];
  let from = 0;
  for (const item of fresh) {
    const place = placeFor(items, item, from);
    parts.push(items.slice(from, place), [item]);
    from = place;
  }
  indexes.delete(items);
  return index(([] as ThreadItem[]).concat(...parts, items.slice(from)), known, fresh);
}

/** Whether no item repeats or replays another one, and no downgrade comes of them. */
function isApart(known: TimelineIndex, fresh: readonly ThreadItem[]): boolean {
  const digests = fresh.flatMap(({ digest }) => digest ?? []);
  if (new Set(fresh.map(({ id }) => id)).size < fresh.length || new Set(digests).size < digests.length) return false;
  if (fresh.some(({ id }) => known.byId.has(id)) || digests.some((digest) => known.digests.has(digest))) return false;
  const [modern, legacy] = [new Map(known.modern), new Map(known.legacy)];
  for (const item of fresh) noteProof({ modern, legacy }, item);
  return [...legacy].every(([from, last]) => {
    const first = modern.get(from);
    return !first || compareItems(last, first) < 0;
  });
}

/** The first place, from one on, of an item that comes after this one. */
function placeFor(items: readonly ThreadItem[], item: ThreadItem, from: number): number {
  let [low, high] = [from, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = items[middle];
    if (other && compareItems(other, item) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How much an item says; of two items with one id, the fuller stays. */
const RANK: Record<ThreadItem['state'], number> = {
  failed: 4,
  pending: 4,
  verified: 3,
  signed: 2,
  undecryptable: 1,
  quarantined: 0,
};

function dropRepeats(items: readonly ThreadItem[]): Iterable<ThreadItem> {
  const byId = new Map<string, ThreadItem>();
  for (const item of items) {
    const known = byId.get(item.id);
    if (!known || RANK[item.state] >= RANK[known.state]) byId.set(item.id, item);
  }
  return byId.values();
}

const isLocal = (item: ThreadItem): boolean => item.state === 'pending' || item.state === 'failed';

/** Oldest first; what is still on its way comes last. */
export function compareItems(a: ThreadItem, b: ThreadItem): number {
  const local = Number(isLocal(a)) - Number(isLocal(b));
  return local || a.timestamp - b.timestamp || (a.id < b.id ? -1 : Number(a.id > b.id));
}

/** One signed act is one message, whatever ids a node gives it: the oldest is kept (security CH-03). */
function dropReplays(sorted: readonly ThreadItem[]): ThreadItem[] {
  const seen = new Set<string>();
  return sorted.filter(({ digest }) => {
    if (digest === undefined) return true;
    const first = !seen.has(digest);
    seen.add(digest);
    return first;
  });
}

/** Who has once used the current proof does not go back to the legacy one (security G1, CR-11). */
function quarantineDowngrades(sorted: readonly ThreadItem[]): ThreadItem[] {
  const modern = new Set<string>();
  return sorted.map((item) => {
    if (item.state !== 'verified' && item.state !== 'signed') return item;
    if (!item.legacy) modern.add(writerOf(item));
    if (!item.legacy || !modern.has(writerOf(item))) return item;
    const { id, timestamp, digest, link, verification } = item;
    const failed = { check: 'proof', code: 'ProofDowngrade' } as const;
    return {
      id,
      from: 'peer',
      timestamp,
      ...(digest && { digest }),
      ...(link !== undefined && { link }),
      ...(verification && { verification: { ...verification, failed } }),
      state: 'quarantined',
      reason: 'ProofDowngrade',
    };
  });
}
