import type { ThreadItem } from '../../client/state.ts';
import type { ThreadNotice } from '../../client/notices.ts';
import type { ShownNotice } from '../parts/overrides.ts';
import { sameDay } from '../shared/formatTime.ts';

/** A line of a drawn thread. */
export type ThreadRow =
  | { readonly kind: 'day'; readonly id: string; readonly timestamp: number }
  | { readonly kind: 'unread'; readonly id: string; readonly count: number }
  | { readonly kind: 'notice'; readonly id: string; readonly code: ShownNotice; readonly missing?: number }
  | { readonly kind: 'mark'; readonly id: string }
  | { readonly kind: 'item'; readonly id: string; readonly item: ThreadItem; readonly joined: Joined };

export type Joined = 'only' | 'first' | 'middle' | 'last';

/** Messages of one sender stand together when they are no further apart. */
const TOGETHER = 5 * 60_000;

/** The first message that its reader has not seen, and how many there are from there on. */
export interface UnreadFrom {
  readonly id: string;
  readonly count: number;
}

/** Something of the thread that is no message, and when it was. */
export interface ThreadMark {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface ArrangeOptions {
  /** Oldest first. Those before the oldest message here stand with the older ones. */
  readonly marks?: readonly ThreadMark[];
  readonly notices?: readonly ThreadNotice[];
  readonly unread?: UnreadFrom | undefined;
  /** Whether it has no row. What is to be said at its place is said before the next one. */
  readonly isHidden?: (item: ThreadItem) => boolean;
}

/**
 * Lays a thread out: a line for each day, one where the unread begins, messages of one sender joined, and notices and marks at
 * their places.
 */
export function arrangeItems(
  all: readonly ThreadItem[],
  { notices = [], unread, isHidden = () => false, marks = [] }: ArrangeOptions = {},
): readonly ThreadRow[] {
  const items = all.filter((item) => !isHidden(item));
  const places = placeNotices(notices, all, isHidden);
  const noticesBefore = (id: string | null): ThreadRow[] => saidOnce((places.get(id) ?? []).flatMap(shown));
  let place = 0;
  const marksBefore = (time: number): ThreadRow[] => {
    const from = place;
    while (place < marks.length && (marks[place]?.at ?? Infinity) <= time) place += 1;
    return marks.slice(from, place).map(({ id }) => ({ kind: 'mark', id }));
  };
  const marked = items.map(({ timestamp }) => marksBefore(timestamp));
  const rows = items.flatMap((item, index) => {
    const before = items[index - 1];
    const after = items[index + 1];
    const newDay = !before || !sameDay(before.timestamp, item.timestamp);
    const here = marked[index] ?? [];
    const begins = before !== undefined && encryptionBegins(before, item);
    const joinsBefore =
      before !== undefined && !begins && item.id !== unread?.id && here.length === 0 && together(before, item);
    const joinsAfter =
      after !== undefined &&
      !encryptionBegins(item, after) &&
      after.id !== unread?.id &&
      marked[index + 1]?.length === 0 &&
      together(item, after);
    const rows: ThreadRow[] = [];
    if (newDay) rows.push({ kind: 'day', id: `day:${item.id}`, timestamp: item.timestamp });
    rows.push(...here, ...noticesBefore(item.id));
    if (item.id === unread?.id) rows.push({ kind: 'unread', id: 'unread', count: unread.count });
    if (begins) rows.push({ kind: 'notice', id: `encrypted:${item.id}`, code: 'EncryptedFromHere' });
    rows.push({ kind: 'item', id: item.id, item, joined: joinedBy(joinsBefore, joinsAfter) });
    return rows;
  });
  return [...rows, ...marksBefore(Infinity), ...noticesBefore(null)];
}

/** By the message in sight that they stand before; null for the end. */
function placeNotices(
  notices: readonly ThreadNotice[],
  items: readonly ThreadItem[],
  isHidden: (item: ThreadItem) => boolean,
): ReadonlyMap<string | null, readonly ThreadNotice[]> {
  const next = new Map<string | null, string | null>();
  items.reduceRight<string | null>((after, item) => {
    const place = isHidden(item) ? after : item.id;
    next.set(item.id, place);
    return place;
  }, null);
  const placed = new Map<string | null, ThreadNotice[]>();
  for (const notice of notices) {
    const place = next.get(notice.before) ?? null;
    placed.set(place, [...(placed.get(place) ?? []), notice]);
  }
  return placed;
}

/** The same words one after the other say no more than once. */
const saidOnce = (rows: readonly ThreadRow[]): ThreadRow[] =>
  rows.filter((row, place) => {
    const before = rows[place - 1];
    return row.kind !== 'notice' || before?.kind !== 'notice' || before.code !== row.code || row.missing !== undefined;
  });

const shown = ({ id, code, missing }: ThreadNotice): ThreadRow[] =>
  code === 'ChainFork' ? [] : [{ kind: 'notice', id, code, ...(missing !== undefined && { missing }) }];

const joinedBy = (before: boolean, after: boolean): Joined =>
  before ? (after ? 'middle' : 'last') : after ? 'first' : 'only';

const together = (a: ThreadItem, b: ThreadItem): boolean =>
  a.from === b.from &&
  a.sender === b.sender &&
  b.timestamp - a.timestamp < TOGETHER &&
  sameDay(a.timestamp, b.timestamp);

const encryptionBegins = (a: ThreadItem, b: ThreadItem): boolean =>
  'encrypted' in a && 'encrypted' in b && !a.encrypted && b.encrypted;

/** Where the unread begins: at the last so many messages of the peer. Undefined for none, and for more than are here. */
export function findUnread(items: readonly ThreadItem[], count: number): UnreadFrom | undefined {
  const theirs = items.filter(({ from, state }) => from === 'peer' && state !== 'pending' && state !== 'failed');
  const first = count > 0 ? theirs.at(-count) : undefined;
  return first && { id: first.id, count };
}
