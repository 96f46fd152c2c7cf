import { useState, type ReactElement, type ReactNode, type Ref, type RefObject } from 'react';
import { Virtualizer, type VirtualizerHandle } from 'virtua';

export interface VirtualRowsProps {
  readonly list: Ref<VirtualizerHandle>;
  readonly viewport: RefObject<HTMLElement | null>;
  /** The height of what stands before the rows, in pixels. */
  readonly above: number;
  /** Id of the first row: another one means that older rows came in above. */
  readonly first: string | undefined;
  /** Place of the row that stays although it is out of sight: it has the focus. */
  readonly keep: number | undefined;
  readonly children: readonly ReactElement[];
}

/** Rows of which only those in sight, and those near it, are in the page. Where nothing is laid out, all are. */
export function VirtualRows({ list, viewport, above, first, keep, children }: VirtualRowsProps): ReactNode {
  const count = children.length;
  const [seen, setSeen] = useState({ first, count, shift: false });
  if (seen.first !== first || seen.count !== count) {
    setSeen({ first, count, shift: seen.first !== first && count > seen.count });
  }

  if (typeof ResizeObserver === 'undefined') return children;
  return (
    <Virtualizer
      ref={list}
      scrollRef={viewport}
      startMargin={above}
      shift={seen.shift}
      {...(keep !== undefined && { keepMounted: [keep] })}
    >
      {children}
    </Virtualizer>
  );
}
