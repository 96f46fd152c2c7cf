import type { Json } from '../../protocol/payload.ts';
import { table, type Rows, type WritableRows } from '../store/store.ts';
import { sortable } from './keys.ts';

/**
 * One act that this node took, as it was posted: all that another node needs to check it again and take it too.
 * `verb` names what it was posted to.
 */
export interface JournalEntry {
  readonly verb: string;
  /** The account or group in the address it was posted to, where there is one. */
  readonly target?: string;
  /** As its sender posted it. */
  readonly body: Json;
  /** Milliseconds since the epoch: when the act was first taken by any node, and what orders it among others. */
  readonly at: number;
  /** Of the block that the act became. */
  readonly cid?: string;
  /** `link` of that block. */
  readonly link?: string | null;
}

const JOURNAL = table<JournalEntry>('journal');

export interface NumberedEntry extends JournalEntry {
  /** From 1, without gaps. */
  readonly number: number;
}

/** Entries after a number, the oldest first. */
export async function journalAfter(rows: Rows, number: number, limit: number): Promise<NumberedEntry[]> {
  const found = await rows.list(JOURNAL, { after: sortable(number), limit });
  return found.map(({ key, value }) => ({ ...value, number: Number(key) }));
}

export async function lastNumber(rows: Rows): Promise<number> {
  const [last] = await rows.list(JOURNAL, { limit: 1, descending: true });
  return Number(last?.key ?? 0);
}

export const appendEntry = async (rows: WritableRows, entry: JournalEntry): Promise<void> =>
  rows.put(JOURNAL, sortable((await lastNumber(rows)) + 1), entry);
