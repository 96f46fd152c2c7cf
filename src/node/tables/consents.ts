import type { Did } from '../../protocol/did.ts';
import { table, type Rows, type WritableRows } from '../store/store.ts';
import { keyOf, sortable } from './keys.ts';

/** An act that changes how two accounts stand: a request, or an answer to it. */
export interface ConsentAct {
  readonly kind: 'request' | 'accept' | 'reject';
  readonly by: Did;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly digest: string;
  /** Of the message that a request is. */
  readonly cid?: string;
}

/** By thread, then by time. */
const CONSENTS = table<ConsentAct>('consent');
/** More than two accounts ever need; of what exceeds it the newest count, on every node alike. */
const MOST = 10_000;

/** All acts of a thread in the order in which they count, whenever and wherever they became known. */
export async function consentsOf(rows: Rows, thread: string): Promise<readonly ConsentAct[]> {
  const found = await rows.list(CONSENTS, { prefix: keyOf(thread, ''), limit: MOST, descending: true });
  return found.map(({ value }) => value).reverse();
}

export async function lastConsentAt(rows: Rows, thread: string): Promise<number> {
  const [last] = await rows.list(CONSENTS, { prefix: keyOf(thread, ''), limit: 1, descending: true });
  return last?.value.at ?? 0;
}

export const saveConsent = (rows: WritableRows, thread: string, act: ConsentAct): Promise<void> =>
  rows.put(CONSENTS, placeOf(thread, act), act);

export const dropConsent = (
  rows: WritableRows,
  thread: string,
  act: Pick<ConsentAct, 'at' | 'digest'>,
): Promise<void> => rows.delete(CONSENTS, placeOf(thread, act));

const placeOf = (thread: string, { at, digest }: Pick<ConsentAct, 'at' | 'digest'>): string =>
  keyOf(thread, sortable(at), digest);
