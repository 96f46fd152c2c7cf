import { useState, type ReactElement, type ReactNode, type Ref, type RefObject } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';

export interface VirtualRowsProps<Row> {
  readonly list: Ref<VirtualizerHandle>;
  readonly viewport: RefObject<HTMLElement | null>;
  /** The height of what stands before the rows, in pixels. */
  readonly above: number;
  readonly rows: readonly Row[];
  /** Place of the row that stays although it is out of sight: it has the focus. */
  readonly keep: number | undefined;
  /** Draws a row, with its id for `key`. */
  readonly children: (row: Row) => ReactElement;
}

/** Rows of which only those in sight, and those near it, are in the page. Where nothing is laid out, all are. */
export function VirtualRows<Row extends { readonly id: string }>({
  list,
  viewport,
  above,
  rows,
  keep,
  children,
}: VirtualRowsProps<Row>): ReactNode {
  const [first, count] = [rows[0]?.id, rows.length];
  // Another first row means that older ones came in above.
  const [seen, setSeen] = useState({ first, count, shift: false });
  if (seen.first !== first || seen.count !== count) {
    setSeen({ first, count, shift: seen.first !== first && count > seen.count });
  }

  if (typeof ResizeObserver === 'undefined') return rows.map(children);
  return (
    <Virtualizer
      ref={list}
      scrollRef={viewport}
      startMargin={above}
      shift={seen.shift}
      data={rows}
      {...(keep !== undefined && { keepMounted: [keep] })}
    >
      {children}
    </Virtualizer>
  );
}
