import type { ThreadItem } from '../../client/state.ts';
import type { BubbleReaction } from '../parts/overrides.ts';

/** A thread without what stands beside its messages. */
export interface FoldedThread {
  /** What has a line of its own. */
  readonly items: readonly ThreadItem[];
  /** By the message that they are for. */
  readonly reactions: ReadonlyMap<string, readonly BubbleReaction[]>;
  /** When the newest of my messages was written that the peer says to have read, in milliseconds since the epoch. */
  readonly readUntil: number;
}

/** Puts reactions to the messages that they are for, and receipts out of sight. What is for none that is here stays. */
export function foldItems(items: readonly ThreadItem[]): FoldedThread {
  const byId = new Map(items.map((item) => [item.id, item]));
  const reactions = new Map<string, BubbleReaction[]>();
  let readUntil = -Infinity;
  const rest = items.filter((item) => {
    if (!('content' in item)) return true;
    const { content, from } = item;
    // One that could not be sent is told with the next.
    if (content.type === 'Receipt') {
      const read = byId.get(content.reference);
      if (from === 'peer' && item.state === 'verified' && read?.from === 'me')
        readUntil = Math.max(readUntil, read.timestamp);
      return false;
    }
    if (item.state === 'failed' || content.type !== 'Reaction' || !byId.has(content.reference)) return true;
    addReaction(reactions, content.reference, content.content, from);
    return false;
  });
  return { items: rest.length === items.length ? items : rest, reactions, readUntil };
}

function addReaction(known: Map<string, BubbleReaction[]>, id: string, emoji: string, from: 'me' | 'peer'): void {
  const all = known.get(id) ?? [];
  const now = all.find((one) => one.emoji === emoji) ?? { emoji, mine: false, theirs: false };
  const next = { ...now, ...(from === 'me' ? { mine: true } : { theirs: true }) };
  known.set(id, all.includes(now) ? all.map((one) => (one === now ? next : one)) : [...all, next]);
}
