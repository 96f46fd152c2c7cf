import { table, type Rows, type WritableRows } from '../store/store.ts';
import { keyOf, sortable } from './keys.ts';

const SECRETS = table<string>('secret');
/** By when they expire: challenges that were answered. */
const ANSWERED = table<true>('answered');
/** Forgotten with each new one. */
const AT_ONCE = 10;

const KEY = 'signIn';

/** What this node seals its challenges and tokens with: one for all its processes, for ever. */
export const secretOf = (rows: Rows): Promise<string | undefined> => rows.get(SECRETS, KEY);

/** @returns the secret that counts: the first one */
export async function keepSecret(rows: WritableRows, secret: string): Promise<string> {
  const known = await secretOf(rows);
  if (known === undefined) await rows.put(SECRETS, KEY, secret);
  return known ?? secret;
}

/** Notes that a challenge was answered. @returns whether it was the first time */
export async function noteAnswer(
  rows: WritableRows,
  { nonce, expires }: { readonly nonce: string; readonly expires: number },
  now: number,
): Promise<boolean> {
  const key = keyOf(sortable(expires), nonce);
  if ((await rows.get(ANSWERED, key)) !== undefined) return false;
  await rows.put(ANSWERED, key, true);
  for (const { key: old } of await rows.list(ANSWERED, { limit: AT_ONCE })) {
    if (old < sortable(now)) await rows.delete(ANSWERED, old);
  }
  return true;
}
