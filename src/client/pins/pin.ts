import type { SenderRecord } from '../../protocol/portableProof.ts';
import type { AttestationScheme } from '../../protocol/profileProof.ts';

/** A key that a wallet vouches for. */
export interface PinnedKey {
  readonly armored: string;
  /** Of its primary key, in lower-case hex. */
  readonly fingerprint: string;
  /** When the key was made, in milliseconds since the epoch. */
  readonly created: number;
  readonly attestedBy: AttestationScheme | null;
  /** What the wallet signed over. */
  readonly record: SenderRecord;
}

/** An account got another key. */
export interface KeyChange {
  /** Null where what was known before was damaged. */
  readonly from: string | null;
  readonly to: string;
  /** When this device noticed, in milliseconds since the epoch. */
  readonly at: number;
}

/** What this device knows of an account's keys: the first one seen counts until its wallet vouches for a newer one. */
export interface Pin {
  /** Oldest first; the last is the key of now. Never empty. */
  readonly keys: readonly [PinnedKey, ...PinnedKey[]];
  /** Fingerprint that the user compared with the account's owner. */
  readonly compared?: string;
  readonly change?: KeyChange;
}

/** Keys kept of one account: far above what anybody uses up, so that a node cannot fill the device. */
const MOST_KEYS = 32;

export const currentKey = ({ keys: [first, ...later] }: Pin): PinnedKey => later.at(-1) ?? first;

/** Whether the user compared a key of this account that it no longer has: sending waits for consent then. */
export const needsConsent = (pin: Pin): boolean =>
  pin.compared !== undefined && pin.compared !== currentKey(pin).fingerprint;

export type PinVerdict = 'first' | 'same' | 'changed' | 'rollback';

/**
 * Takes a key that the wallet vouches for. A newer one than the present becomes the present; one of before, or made
 * before, never does (security KI-08 to KI-10).
 * @param now in milliseconds since the epoch
 */
export function pinKey(pin: Pin | undefined, key: PinnedKey, now: number): { pin: Pin; verdict: PinVerdict } {
  if (!pin) return { pin: { keys: [key] }, verdict: 'first' };
  const present = currentKey(pin);
  if (key.fingerprint === present.fingerprint) return { pin, verdict: 'same' };
  if (pin.keys.some(({ fingerprint }) => fingerprint === key.fingerprint) || key.created < present.created) {
    return { pin, verdict: 'rollback' };
  }
  const [first, ...later] = pin.keys;
  const change: KeyChange = { from: present.fingerprint, to: key.fingerprint, at: now };
  return { pin: { ...pin, keys: [first, ...later.slice(2 - MOST_KEYS), key], change }, verdict: 'changed' };
}
