import { bytesToHex } from '@noble/hashes/utils.js';
import type * as OpenPgp from 'openpgp';
import * as openpgp from '#openpgp';
import { PushChatError } from '../errors.ts';
import { CONFIG, MAX_ARMOR } from './pgpConfig.ts';

const READ_KEYS_KEPT = 256;
const readKeys = new Map<string, Promise<OpenPgp.Key>>();

/** Reads an armored public key; the newest few are kept, since a thread asks for the same two again and again. */
export function readPublicKey(armored: string): Promise<OpenPgp.Key> {
  const known = readKeys.get(armored);
  if (known) return known;
  const reading = openpgp.readKey({ armoredKey: armored.slice(0, MAX_ARMOR), config: CONFIG }).then((key) => {
    if (key.isPrivate()) throw new TypeError('a private key in a public place');
    for (const part of key.getKeys()) checkKind(part);
    return key;
  });
  readKeys.set(armored, reading);
  reading.catch(() => readKeys.delete(armored));
  const [oldest] = readKeys.keys();
  if (readKeys.size > READ_KEYS_KEPT && oldest !== undefined) readKeys.delete(oldest);
  return reading;
}

const LEAST_BITS = 2_048;
const MOST_BITS = 4_096;
const CURVES: ReadonlySet<string | undefined> = new Set(['curve25519Legacy', 'ed25519Legacy', 'ed25519', 'x25519']);

/**
 * The kinds of keys that accounts have: RSA of 2048 to 4096 bits with the usual exponent, and Curve25519. Others are too
 * weak to prove anything, or so large that checking one message would take seconds (security CR-16).
 */
function checkKind(part: OpenPgp.Key | OpenPgp.Subkey): void {
  const { algorithm, bits, curve } = part.getAlgorithmInfo();
  if (CURVES.has(curve ?? algorithm)) return;
  const { publicParams } = part.keyPacket as unknown as { readonly publicParams: { readonly e?: Uint8Array } };
  const isUsual = algorithm.startsWith('rsa') && bytesToHex(publicParams.e ?? new Uint8Array()) === '010001';
  if (!isUsual || bits === undefined || bits < LEAST_BITS || bits > MOST_BITS) {
    throw new TypeError('a key of a kind that no account has');
  }
}

/** Whether both armored keys are the same OpenPGP key. False when one is none. */
export async function sameKey(a: string, b: string): Promise<boolean> {
  try {
    const [first, second] = await Promise.all([readPublicKey(a), readPublicKey(b)]);
    const bytes = (key: OpenPgp.Key): string =>
      key
        .getKeys()
        .map((part) => part.getFingerprint())
        .join();
    return bytes(first) === bytes(second);
  } catch {
    return false;
  }
}

/** What identifies a key. */
export interface KeyIdentity {
  /** Of its primary key, in lower-case hex (RFC 9580, 5.5.4). */
  readonly fingerprint: string;
  /** When it was made, in milliseconds since the epoch. */
  readonly created: number;
  /** Ids of all its parts, in lower-case hex: texts encrypted to it name one. */
  readonly ids: readonly string[];
}

/** @throws {PushChatError} `KeyNotFound` for a text that is no public key */
export async function readIdentity(armored: string): Promise<KeyIdentity> {
  try {
    const key = await readPublicKey(armored);
    const ids = key.getKeys().map((part) => part.getKeyID().toHex());
    return { fingerprint: key.getFingerprint(), created: key.getCreationTime().getTime(), ids };
  } catch (cause) {
    throw new PushChatError('KeyNotFound', 'This account has no key that can be read.', { cause });
  }
}

/** When the last part of a key was made, in milliseconds since the epoch. */
export const madeAt = (key: OpenPgp.Key): number =>
  Math.max(...key.getKeys().map((part) => part.getCreationTime().getTime()));

const MOST_AHEAD_MS = 2 * 24 * 60 * 60 * 1000;

/**
 * Whether anything can be encrypted to a key: not to one that only signs, has expired, or says to be made days from now.
 * @param now milliseconds since the epoch
 */
export async function canEncryptTo(armored: string, now: number): Promise<boolean> {
  try {
    const key = await readPublicKey(armored);
    const made = madeAt(key);
    if (made > now + MOST_AHEAD_MS) return false;
    await key.getEncryptionKey(undefined, new Date(Math.max(now, made)), undefined, CONFIG);
    return true;
  } catch {
    return false;
  }
}
