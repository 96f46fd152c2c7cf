import type { ThreadItem } from '../../client/state.ts';
import type { ThreadNotice } from '../../client/notices.ts';
import type { ShownNotice } from './ThreadNotice.tsx';
import { sameDay } from '../shared/formatTime.ts';

/** A line of a drawn thread. */
export type ThreadRow =
  | { readonly kind: 'day'; readonly id: string; readonly timestamp: number }
  | { readonly kind: 'notice'; readonly id: string; readonly code: ShownNotice; readonly missing?: number }
  | { readonly kind: 'item'; readonly id: string; readonly item: ThreadItem; readonly joined: Joined };

export type Joined = 'only' | 'first' | 'middle' | 'last';

/** Messages of one sender stand together when they are no further apart. */
const TOGETHER = 5 * 60_000;

/** Lays a thread out: a line for each day, messages of one sender joined, and notices at their places. */
export function arrangeItems(
  items: readonly ThreadItem[],
  notices: readonly ThreadNotice[] = [],
): readonly ThreadRow[] {
  const noticesBefore = (id: string | null): ThreadRow[] =>
    notices.filter(({ before }) => before === id).flatMap(shown);
  const rows = items.flatMap((item, index) => {
    const before = items[index - 1];
    const after = items[index + 1];
    const newDay = !before || !sameDay(before.timestamp, item.timestamp);
    const begins = before !== undefined && encryptionBegins(before, item);
    const joinsBefore = before !== undefined && !begins && together(before, item);
    const joinsAfter = after !== undefined && !encryptionBegins(item, after) && together(item, after);
    const rows: ThreadRow[] = [];
    if (newDay) rows.push({ kind: 'day', id: `day:${item.id}`, timestamp: item.timestamp });
    rows.push(...noticesBefore(item.id));
    if (begins) rows.push({ kind: 'notice', id: `encrypted:${item.id}`, code: 'EncryptedFromHere' });
    rows.push({ kind: 'item', id: item.id, item, joined: joinedBy(joinsBefore, joinsAfter) });
    return rows;
  });
  return [...rows, ...noticesBefore(null)];
}

const shown = ({ id, code, missing }: ThreadNotice): ThreadRow[] =>
  code === 'ChainFork' ? [] : [{ kind: 'notice', id, code, ...(missing !== undefined && { missing }) }];

const joinedBy = (before: boolean, after: boolean): Joined =>
  before ? (after ? 'middle' : 'last') : after ? 'first' : 'only';

const together = (a: ThreadItem, b: ThreadItem): boolean =>
  a.from === b.from && b.timestamp - a.timestamp < TOGETHER && sameDay(a.timestamp, b.timestamp);

const encryptionBegins = (a: ThreadItem, b: ThreadItem): boolean =>
  'encrypted' in a && 'encrypted' in b && !a.encrypted && b.encrypted;
