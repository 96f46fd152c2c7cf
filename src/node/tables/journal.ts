import { sha256Hex } from '../../crypto/hash.ts';
import type { Json } from '../../protocol/payload.ts';
import { table, type Rows, type WritableRows } from '../store/store.ts';
import { sortable } from './keys.ts';
import { positionOf } from './messages.ts';

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
/** Ids of the entries that no CID names. */
const RECORDED = table<true>('recorded');

/** Names an entry, wherever it was numbered. */
export const entryId = ({ verb, target, body, at, cid, link }: JournalEntry): string =>
  sha256Hex(JSON.stringify([verb, target, body, at, cid, link]));

/** Whether this node took an act at the same time as the entry says. */
export async function isRecorded(rows: Rows, entry: JournalEntry): Promise<boolean> {
  if (entry.cid !== undefined) return (await positionOf(rows, entry.cid)) !== undefined;
  return (await rows.get(RECORDED, entryId(entry))) === true;
}

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

export async function entryAt(rows: Rows, number: number): Promise<JournalEntry | undefined> {
  return rows.get(JOURNAL, sortable(number));
}

/** @returns its number */
export async function appendEntry(rows: WritableRows, entry: JournalEntry): Promise<number> {
  const number = (await lastNumber(rows)) + 1;
  await rows.put(JOURNAL, sortable(number), entry);
  if (entry.cid === undefined) await rows.put(RECORDED, entryId(entry), true);
  return number;
}
