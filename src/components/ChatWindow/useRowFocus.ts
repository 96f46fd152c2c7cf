import { useCallback, useRef, useState, type FocusEvent, type RefObject } from 'react';
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
      list.current?.scrollToIndex(place, { align: 'center' });
      const focus = (frames: number): void => {
        const row = viewport.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
        if (row) {
          row.scrollIntoView({ block: 'nearest' });
          row.focus({ preventScroll: true });
          row.dataset['flash'] = '';
          row.addEventListener('blur', () => delete row.dataset['flash'], { once: true });
        } else if (frames > 0) requestAnimationFrame(() => focus(frames - 1));
      };
      focus(PATIENCE);
      return true;
    },
    [rows, viewport],
  );

  const focused = focusedId === undefined ? -1 : rows.findIndex((row) => row.id === focusedId);
  return { list, jumpTo, focused: focused < 0 ? undefined : focused, noteFocus };
}
