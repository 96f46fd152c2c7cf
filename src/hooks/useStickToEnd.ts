import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** What the scroll position depends on: which items there are, and whether the last one is mine. */
export interface StickToEndItem {
  readonly id: string;
  readonly from: 'me' | 'peer';
}

/** A scrolled list that ends at the newest item. */
export interface StickToEnd {
  /** For the element that scrolls. */
  readonly viewport: RefObject<HTMLDivElement | null>;
  /** For that element's `onScroll`. */
  readonly follow: () => void;
  readonly atEnd: boolean;
  /** Items of the peer that came since the user left the end. */
  readonly newCount: number;
  readonly jumpToEnd: () => void;
}

/** Within this many pixels of the end, the user counts as being there. */
const NEAR = 48;

export interface StickToEndOptions {
  /** Whether to stay in place when older items come in above; false for lists that do so themselves. @default true */
  readonly keepsPlace?: boolean;
}

/**
 * Stays at the end when at the end, stays in place when older items come in above, and returns to the end for an item
 * of one's own.
 * @example const { viewport, follow } = useStickToEnd(thread.items);
 */
export function useStickToEnd(
  items: readonly StickToEndItem[],
  { keepsPlace = true }: StickToEndOptions = {},
): StickToEnd {
  const viewport = useRef<HTMLDivElement>(null);
  const before = useRef({ fromEnd: 0, top: 0, height: 0, first: '', last: '' });
  // The items that were there when the user left the end; null while at the end.
  const [seen, setSeen] = useState<ReadonlySet<string> | null>(null);
  const atEnd = seen === null;

  const jumpToEnd = useCallback(() => {
    const element = viewport.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, []);

  const follow = (): void => {
    const element = viewport.current;
    if (!element) return;
    const { scrollTop: top, scrollHeight: height, clientHeight } = element;
    // What grows or shrinks moves the end, or what is seen; only who scrolls up leaves it.
    const stays = atEnd && (top >= before.current.top || height !== before.current.height);
    Object.assign(before.current, { fromEnd: height - top, top, height });
    const nowAtEnd = stays || height - top - clientHeight <= NEAR;
    if (nowAtEnd !== atEnd) setSeen(nowAtEnd ? null : new Set(items.map(({ id }) => id)));
  };

  useLayoutEffect(() => {
    const element = viewport.current;
    if (!element) return;
    const { fromEnd, first, last } = before.current;
    const newest = items.at(-1);
    const prepended = items[0]?.id !== first && items.some(({ id }) => id === first);
    if (atEnd || (newest?.from === 'me' && newest.id !== last)) jumpToEnd();
    else if (prepended && keepsPlace) element.scrollTop = element.scrollHeight - fromEnd;
    before.current = {
      fromEnd: element.scrollHeight - element.scrollTop,
      top: element.scrollTop,
      height: element.scrollHeight,
      first: items[0]?.id ?? '',
      last: newest?.id ?? '',
    };
  }, [items, atEnd, keepsPlace, jumpToEnd]);

  useLayoutEffect(() => {
    const element = viewport.current;
    if (!element || !atEnd || typeof ResizeObserver === 'undefined') return;
    // Pictures that load and a composer that grows must not push the newest item out of sight.
    let frame = 0;
    const observer = new ResizeObserver(() => {
      // A frame later: to change sizes while they are observed is an error that the page would be told.
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(jumpToEnd);
    });
    observer.observe(element);
    for (const child of element.children) observer.observe(child);
    return () => {
      cancelAnimationFrame(frame);
      observer.disconnect();
    };
  }, [atEnd, jumpToEnd]);

  return { viewport, follow, atEnd, newCount: seen ? countNew(items, seen) : 0, jumpToEnd };
}

function countNew(items: readonly StickToEndItem[], seen: ReadonlySet<string>): number {
  const start = items.findIndex(({ id }) => seen.has(id));
  return items.slice(Math.max(start, 0)).filter(({ id, from }) => from === 'peer' && !seen.has(id)).length;
}
