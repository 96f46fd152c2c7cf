import { PushChatError } from '../../errors.ts';
import { malformed, arrayOf, numberOf, objectOf, optional, stringOf, nullableStringOf } from '../../protocol/fields.ts';
import { MAX_GROUP_BYTES } from '../../protocol/limits.ts';
import type { Json } from '../../protocol/payload.ts';
import type { JournalEntry, NumberedEntry } from '../tables/journal.ts';

/** Where a node's journal is read. */
export const JOURNAL_PATH = '/replication/v1/log';
/** Where a node is told that there is something new to read. */
export const HINT_PATH = '/replication/v1/hint';

/** Entries of one page. */
export const MAX_ENTRIES = 200;
/** Characters of entries after which a page ends, so that one holds little more than its largest entry. */
export const FULL_PAGE = 2_000_000;
/** Bytes of one page: a full one, one more entry of the largest size, and what JSON makes of both at worst. */
export const MAX_PAGE_BYTES = 16_000_000;

/** Part of a node's journal, as it serves it. */
export interface JournalPage {
  /** Names the entry before the page, so that a reader sees whether the journal is still the one it knows. */
  readonly before: string | null;
  readonly entries: readonly (NumberedEntry & { readonly id: string })[];
  /** Number of the newest entry of the journal. */
  readonly last: number;
}

/** The same as another node reads it: what it says about its place is checked, what it says was done is not yet. */
export interface ReadPage extends Omit<JournalPage, 'entries'> {
  readonly entries: readonly ReadEntry[];
}

export interface ReadEntry {
  readonly number: number;
  readonly id: string;
  readonly act: unknown;
}

/**
 * Reads a page of another node's journal.
 * @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge`
 */
export function parsePage(value: unknown, after: number): ReadPage {
  const fields = objectOf(value, 'page');
  let previous = after;
  const entries = arrayOf(fields, 'entries', MAX_ENTRIES, (item, path) => {
    const act = objectOf(item, path);
    const number = wholeOf(act, 'number');
    if (number <= previous) throw malformed(`${path}.number`);
    previous = number;
    return { number, id: stringOf(act, 'id'), act };
  });
  return { before: nullableStringOf(fields, 'before'), entries, last: wholeOf(fields, 'last') };
}

/**
 * Reads one act as a journal keeps it. Its body is left as it is, for the verb that does it again.
 * @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge`
 */
export function parseAct(value: unknown): JournalEntry {
  const fields = objectOf(value, 'entry');
  return {
    verb: stringOf(fields, 'verb'),
    ...optional(fields, 'target', stringOf),
    body: bodyOf(fields['body']),
    at: wholeOf(fields, 'at'),
    ...optional(fields, 'cid', stringOf),
    ...optional(fields, 'link', nullableStringOf),
  };
}

/** Deeper than any body of the protocol, and shallow enough for every recursive reader. */
const MAX_DEPTH = 32;

function bodyOf(value: unknown): Json {
  const body = objectOf(value, 'body') as Json;
  if (isDeeper(body, MAX_DEPTH)) throw malformed('body');
  if (JSON.stringify(body).length > MAX_GROUP_BYTES)
    throw new PushChatError('PayloadTooLarge', 'No body is this large.');
  return body;
}

const isDeeper = (value: Json, depth: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (depth === 0 || Object.values(value).some((inner: Json) => isDeeper(inner, depth - 1)));

function wholeOf(fields: Readonly<Record<string, unknown>>, name: string): number {
  const value = numberOf(fields, name);
  if (!Number.isSafeInteger(value) || value < 0) throw malformed(name);
  return value;
}
