import type { Did } from '../../protocol/did.ts';
import { table, type Rows, type WritableRows } from '../store/store.ts';
import { sortable } from './keys.ts';

/** An event for an account's listeners, kept until it was delivered. */
export interface Told {
  readonly did: Did;
  readonly event: string;
  readonly payload: unknown;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const OUTBOX = table<Told>('outbox');

export async function appendTold(rows: WritableRows, told: Told): Promise<string> {
  const [last] = await rows.list(OUTBOX, { limit: 1, descending: true });
  const key = sortable(Number(last?.key ?? 0) + 1);
  await rows.put(OUTBOX, key, told);
  return key;
}

export const undelivered = (rows: Rows, limit: number): Promise<readonly { key: string; value: Told }[]> =>
  rows.list(OUTBOX, { limit });

export async function removeTold(rows: WritableRows, keys: readonly string[]): Promise<void> {
  for (const key of keys) await rows.delete(OUTBOX, key);
}
