import { table, type Rows, type WritableRows } from '../store/store.ts';
import { keyOf, sortable } from './keys.ts';
import type { JournalEntry } from './journal.ts';

/** How far this node has read a peer's journal. */
export interface PeerCursor {
  /** Number of the last entry that was dealt with. */
  readonly after: number;
  /** Id of that entry. */
  readonly mark: string | null;
  /** Entries that were taken, and those that were lies, since the node began to follow. */
  readonly taken: number;
  readonly refused: number;
}

/** By the address of the peer. */
const CURSORS = table<PeerCursor>('peer');
/** By the address of the peer and number: what could not be taken yet. */
const WAITING = table<JournalEntry>('waiting');

export const cursorOf = async (rows: Rows, peer: string): Promise<PeerCursor> =>
  (await rows.get(CURSORS, peer)) ?? { after: 0, mark: null, taken: 0, refused: 0 };

export const saveCursor = (rows: WritableRows, peer: string, cursor: PeerCursor): Promise<void> =>
  rows.put(CURSORS, peer, cursor);

export interface WaitingEntry {
  readonly key: string;
  readonly value: JournalEntry;
}

/** The oldest first. */
export const waitingOf = (rows: Rows, peer: string, limit: number): Promise<readonly WaitingEntry[]> =>
  rows.list(WAITING, { prefix: keyOf(peer, ''), limit });

export const countWaiting = (rows: Rows, peer: string): Promise<number> => rows.count(WAITING, keyOf(peer, ''));

export const letWait = (rows: WritableRows, peer: string, number: number, entry: JournalEntry): Promise<void> =>
  rows.put(WAITING, keyOf(peer, sortable(number)), entry);

export const waitNoMore = (rows: WritableRows, key: string): Promise<void> => rows.delete(WAITING, key);
