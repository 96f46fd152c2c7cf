import type { Did } from '../../protocol/did.ts';
import { table, type Rows, type WritableRows } from '../store/store.ts';
import { sortable } from './keys.ts';

/** An event for the listeners of some accounts, kept until it was delivered. */
export interface Told {
  readonly to: readonly Did[];
  readonly event: string;
  readonly payload: unknown;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const OUTBOX = table<readonly Told[]>('outbox');

/** All that one transaction tells, in its order. */
export interface Parcel {
  readonly key: string;
  readonly value: readonly Told[];
}

export async function appendParcel(rows: WritableRows, value: readonly Told[]): Promise<Parcel> {
  const [last] = await rows.list(OUTBOX, { limit: 1, descending: true });
  const key = sortable(Number(last?.key ?? 0) + 1);
  await rows.put(OUTBOX, key, value);
  return { key, value };
}

export const undelivered = (rows: Rows, limit: number): Promise<readonly Parcel[]> => rows.list(OUTBOX, { limit });

export const replaceParcel = (rows: WritableRows, { key, value }: Parcel): Promise<void> =>
  value.length === 0 ? rows.delete(OUTBOX, key) : rows.put(OUTBOX, key, value);
