import { sha512 } from '@noble/hashes/sha2.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Did } from './did.ts';

/** An account and the key that it is known by. */
export interface KeyOwner {
  readonly did: Did;
  /** Of its primary key, in hex. */
  readonly fingerprint: string;
}

const PURPOSE = 'push-chat/v1/safety-number';
/** As Signal's numeric fingerprints: makes it dear to look for a key with a similar number. */
const ROUNDS = 5_200;
const DIGITS = 30;

/**
 * The number that two people compare to know that nobody stands between them: 60 digits, the same on both sides, made
 * of both accounts and their keys (after Signal's numeric fingerprints, version 2).
 */
export const safetyNumber = (a: KeyOwner, b: KeyOwner): string => [digitsOf(a), digitsOf(b)].sort().join('');

/** 30 digits of one account: six times five bytes of a hash, each modulo 100,000. */
function digitsOf({ did, fingerprint }: KeyOwner): string {
  const identity = utf8ToBytes(JSON.stringify([PURPOSE, did, fingerprint.toLowerCase()]));
  let hash = sha512(identity);
  for (let round = 1; round < ROUNDS; round += 1) hash = sha512(concatBytes(hash, identity));
  let digits = '';
  for (let at = 0; digits.length < DIGITS; at += 5) {
    const value = hash.subarray(at, at + 5).reduce((sum, byte) => sum * 256 + byte, 0);
    digits += String(value % 100_000).padStart(5, '0');
  }
  return digits;
}
