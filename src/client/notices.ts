import type { ErrorCode } from '../errors.ts';
import { inspectThread, type Inspection, type PlacedMessage } from '../protocol/thread.ts';
import type { KeyChange } from './pins/pin.ts';
import type { Identity, Thread, ThreadItem } from './state.ts';

/** Something about a thread that its reader ought to know, beside its messages. */
export interface ThreadNotice {
  /** Stable within its thread. */
  readonly id: string;
  readonly code: Extract<
    ErrorCode,
    'ChainBroken' | 'ChainFork' | 'HistoryGap' | 'HistoryRollback' | 'KeyChanged' | 'LinkCycle'
  >;
  /** Id of the item that it stands before; null for the end. */
  readonly before: string | null;
  /** How many messages are missing, where their sender's count tells. */
  readonly missing?: number;
  /** With `KeyChanged`. */
  readonly change?: KeyChange;
}

interface Basis {
  readonly older: string | null;
  readonly rollback: string | null;
  readonly change: KeyChange | null;
}

/** One computation for each list of items: a selector returns what it returned before. */
const known = new WeakMap<readonly ThreadItem[], Basis & { readonly notices: readonly ThreadNotice[] }>();
const NONE: readonly ThreadNotice[] = [];

/**
 * What there is to say of a thread, by place: messages that are missing or were moved, an older end than before, another
 * key of the peer. `ChainFork` is no fault: two people wrote at once.
 * @param peer who its peer is known to be
 */
export function noticesOf(thread: Thread, peer: Identity | undefined): readonly ThreadNotice[] {
  const { items, older, rollback = null } = thread;
  const change = peer?.change ?? null;
  const before = known.get(items);
  if (before?.older === older && before.rollback === rollback && before.change === change) return before.notices;
  const found = [...chainNotices(thread), ...keyNotices(items, change), ...rollbackNotices(rollback)];
  const notices = found.length === 0 ? NONE : found;
  known.set(items, { older, rollback, change, notices });
  return notices;
}

/** The newest inspection of each thread, by the message that it begins with. */
const inspections = new WeakMap<PlacedMessage, Inspection>();

/** Until a thread was read, nothing is known to be missing of it. */
function chainNotices({ items, head, older }: Thread): ThreadNotice[] {
  if (head === null) return [];
  const messages = items.flatMap((item) => placed(item) ?? []);
  const [first] = messages;
  if (!first) return [];
  const inspection = inspectThread(messages, { older }, inspections.get(first));
  inspections.set(first, inspection);
  return inspection.findings.map((finding) => ({ id: `${finding.code}:${finding.before}`, ...finding }));
}

/** One for each item, so that an inspection knows what it has seen. */
const places = new WeakMap<ThreadItem, PlacedMessage>();

/** Messages of this device that no node has yet have no place. */
function placed(item: ThreadItem): PlacedMessage | undefined {
  if (item.link === undefined) return undefined;
  const known = places.get(item);
  if (known) return known;
  const { id, link } = item;
  // Everybody of a group counts for themselves.
  const from = item.from === 'me' ? item.from : (item.sender ?? item.from);
  const message = { id, from, link, binding: 'binding' in item ? item.binding : undefined };
  places.set(item, message);
  return message;
}

function keyNotices(items: readonly ThreadItem[], change: KeyChange | null): ThreadNotice[] {
  if (!change) return [];
  const next = items.find(({ timestamp }) => timestamp >= change.at);
  return [{ id: `KeyChanged:${change.to}`, code: 'KeyChanged', before: next?.id ?? null, change }];
}

const rollbackNotices = (rollback: string | null): ThreadNotice[] =>
  rollback === null ? [] : [{ id: `HistoryRollback:${rollback}`, code: 'HistoryRollback', before: null }];
