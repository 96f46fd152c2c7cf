import { useMemo } from 'react';
import type { GroupLine } from '../../client/groups/roster.ts';
import type { ThreadItem } from '../../client/state.ts';
import { useStore } from '../../hooks/useStore.ts';
import type { Did } from '../../protocol/did.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';

/** Who says to have read a message, and when they said so. */
export interface Reader {
  readonly did: Did;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Somebody's word that they have read up to a message. */
interface Receipt extends Reader {
  /** When that message was written. */
  readonly until: number;
}

/**
 * Who says to have read a message: whose receipt, signed with a key that their wallet vouches for, is for it or for a later
 * one. Whoever came in after it was written, or was out then, could not read it, whatever they read since.
 * @param lines what was done to the group, as far as it is proven
 */
export function readersOf(
  { timestamp }: ThreadItem,
  items: readonly ThreadItem[],
  lines: readonly GroupLine[],
): readonly Reader[] {
  const found = new Map<Did, number>();
  for (const { did, until, at } of receiptsIn(items)) {
    if (until < timestamp || found.has(did) || !wasIn(did, timestamp, lines)) continue;
    found.set(did, at);
  }
  return [...found].map(([did, at]) => ({ did, at }));
}

/** Each row of a thread asks for the same. */
const receipts = new WeakMap<readonly ThreadItem[], readonly Receipt[]>();

function receiptsIn(items: readonly ThreadItem[]): readonly Receipt[] {
  const known = receipts.get(items);
  if (known) return known;
  const byId = new Map(items.map((item) => [item.id, item]));
  const found = items.flatMap((item): Receipt[] => {
    const { from, sender, timestamp } = item;
    if (from !== 'peer' || item.state !== 'verified' || !sender || item.content.type !== 'Receipt') return [];
    const read = byId.get(item.content.reference);
    return read ? [{ did: sender, until: read.timestamp, at: timestamp }] : [];
  });
  receipts.set(items, found);
  return found;
}

/** Whether an account was in the group at a time. Where nothing is proven, nothing says otherwise. */
function wasIn(did: Did, time: number, lines: readonly GroupLine[]): boolean {
  const own = lines.filter(({ kind, by, members }) => {
    if (kind === 'created') return by === did;
    return (kind === 'joined' || kind === 'left' || kind === 'removed') && members.includes(did);
  });
  const last = own.findLast(({ at }) => at <= time);
  return own.length === 0 || last?.kind === 'created' || last?.kind === 'joined';
}

const NONE: readonly GroupLine[] = [];

/** Who says to have read a message of this account. */
export function useReaders(item: ThreadItem): readonly Reader[] {
  const { peer, thread } = useChatWindow();
  const lines = useStore(({ groups }) => (isGroupId(peer) ? groups[peer]?.lines : undefined)) ?? NONE;
  const items = thread?.items;
  return useMemo(() => (items ? readersOf(item, items, lines) : []), [item, items, lines]);
}
