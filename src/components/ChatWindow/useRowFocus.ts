import { useCallback, useEffect, useRef, useState, type FocusEvent, type RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { ThreadRow } from './arrangeItems.ts';

/** Going from row to row. */
export interface RowFocus {
  readonly list: RefObject<VirtualizerHandle | null>;
  /** Brings a message into sight, and the focus to it. False when it is not here. */
  readonly jumpTo: (id: string) => boolean;
  /** Place of the row that has the focus. */
  readonly focused: number | undefined;
  /** For each row's `onFocus`. */
  readonly noteFocus: (event: FocusEvent<HTMLElement>) => void;
}

/** Frames to wait for a row to be drawn and measured. */
const PATIENCE = 30;

/** What can be done with the message of a row. */
export const openMenu = (row: HTMLElement): void => row.querySelector<HTMLElement>('[aria-haspopup="menu"]')?.click();

/** From one message to another: places, counted from 0. */
const STEPS: Readonly<Record<string, (now: number, last: number) => number>> = {
  ArrowUp: (now) => now - 1,
  ArrowDown: (now) => now + 1,
  Home: () => 0,
  End: (_, last) => last,
};

const hasModifier = ({ altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean =>
  altKey || ctrlKey || metaKey || shiftKey;

/** Which row has the focus, and the way to another one, drawn or not. */
export function useRowFocus(rows: readonly ThreadRow[], viewport: RefObject<HTMLElement | null>): RowFocus {
  const list = useRef<VirtualizerHandle>(null);
  const [focusedId, setFocusedId] = useState<string>();
  const noteFocus = useCallback((event: FocusEvent<HTMLElement>) => {
    setFocusedId(event.currentTarget.dataset['row']);
  }, []);

  const jumpTo = useCallback(
    (id: string) => {
      const place = rows.findIndex((row) => row.id === id);
      if (place < 0) return false;
      list.current?.scrollToIndex(place, { align: 'nearest' });
      const focus = (frames: number): void => {
        const drawn = viewport.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [];
        const row = [...drawn].find(({ dataset }) => dataset['row'] === id);
        if (row) row.focus();
        else if (frames > 0) requestAnimationFrame(() => focus(frames - 1));
      };
      focus(PATIENCE);
      return true;
    },
    [rows, viewport],
  );

  useEffect(() => {
    const element = viewport.current;
    if (!element) return;
    const ids = rows.flatMap((row) => (row.kind === 'item' ? [row.id] : []));
    const move = (event: KeyboardEvent): void => {
      const { target } = event;
      // Only where the thread or a row of it has the focus itself: what stands in a row has keys of its own.
      const isRow = target instanceof HTMLElement && target.dataset['row'] !== undefined;
      if (!(target instanceof HTMLElement) || !(isRow || target === element) || hasModifier(event)) return;
      const now = isRow ? ids.indexOf(target.dataset['row'] ?? '') : ids.length;
      const next = STEPS[event.key]?.(now, ids.length - 1);
      const id = next === undefined ? undefined : ids[Math.min(Math.max(next, 0), ids.length - 1)];
      if (id !== undefined) jumpTo(id);
      else if (!isRow || (event.key !== 'Enter' && event.key !== ' ')) return;
      else openMenu(target);
      event.preventDefault();
    };
    element.addEventListener('keydown', move);
    return () => {
      element.removeEventListener('keydown', move);
    };
  }, [rows, viewport, jumpTo]);

  const focused = focusedId === undefined ? -1 : rows.findIndex((row) => row.id === focusedId);
  return { list, jumpTo, focused: focused < 0 ? undefined : focused, noteFocus };
}
