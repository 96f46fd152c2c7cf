import type { ThreadItem } from './state.ts';

/**
 * Joins newly opened items into a timeline. The result depends on the set of items alone, never on the order in which
 * they came or how they were paged.
 */
export function mergeItems(items: readonly ThreadItem[], added: readonly ThreadItem[]): readonly ThreadItem[] {
  if (added.length === 0) return items;
  return quarantineDowngrades(dropReplays([...dropRepeats([...items, ...added])].sort(compareItems)));
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
  const modern = new Set<ThreadItem['from']>();
  return sorted.map((item) => {
    if (item.state !== 'verified' && item.state !== 'signed') return item;
    if (!item.legacy) modern.add(item.from);
    if (!item.legacy || !modern.has(item.from)) return item;
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
