import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type * as OpenPgp from 'openpgp';
import * as openpgp from '#openpgp';
import { PushChatError } from '../errors.ts';
import { madeAt, readPublicKey } from './pgpPublicKey.ts';
import { CONFIG, MAX_ARMOR } from './pgpConfig.ts';
import { openSessionKey, rsaOperationsOf, type KeyPacket, type RsaOperations, type SessionKey } from './sessionKey.ts';

/** An opened OpenPGP private key; opaque outside this file, and never serialised. */
export interface PrivateKey {
  readonly key: OpenPgp.PrivateKey;
  /** The armored public half. */
  readonly publicKey: string;
  readonly operations: RsaOperations;
}

export interface ArmoredKeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

const MAX_SIGNATURE_ARMOR = 16_000;

/** A secret is sealed to each key once, or twice by who writes to themselves; every try takes a private-key operation. */
const MAX_TRIES = 4;

/**
 * The kinds of keys that are made. RSA is what the official client makes; Curve25519 is made, used and checked many times
 * faster, and the official client reads and writes to it.
 */
export type KeyType = 'rsa2048' | 'curve25519';

/** Of Curve25519 the form that readers of before RFC 9580 know. */
const KINDS = {
  rsa2048: { type: 'rsa', rsaBits: 2048 },
  curve25519: { type: 'ecc', curve: 'curve25519Legacy' },
} as const;

/**
 * Makes a key pair in the shape that the official client makes: a key that signs, a subkey to encrypt to, an empty user id.
 * @param date creation time; now by default
 */
export async function generateKeyPair(date?: Date, type: KeyType = 'rsa2048'): Promise<ArmoredKeyPair> {
  const { publicKey, privateKey } = await openpgp.generateKey({
    ...KINDS[type],
    userIDs: [{ name: '', email: '' }],
    format: 'armored',
    config: CONFIG,
    ...(date && { date }),
  });
  return { publicKey, privateKey };
}

/** @throws {PushChatError} `KeyBundleMalformed` */
export async function readPrivateKey(armored: string): Promise<PrivateKey> {
  try {
    if (armored.length > MAX_ARMOR) throw new RangeError('too long');
    const key = await openpgp.readPrivateKey({ armoredKey: armored, config: CONFIG });
    if (!key.isDecrypted()) throw new TypeError('locked with a passphrase');
    return { key, publicKey: key.toPublic().armor(CONFIG), operations: rsaOperationsOf(key.getKeys()) };
  } catch (cause) {
    throw new PushChatError('KeyBundleMalformed', 'The stored private key is not an OpenPGP key.', { cause });
  }
}

/** The private key itself, to be wrapped again and for nothing else. */
export const armoredPrivateKey = ({ key }: PrivateKey): string => key.armor(CONFIG);

/**
 * Encrypts a short text to several keys, in their order, unsigned (protocol 3.3).
 * @throws {PushChatError} `KeyNotFound` when a key cannot be encrypted to
 */
export async function encryptText(text: string, publicKeys: readonly string[]): Promise<string> {
  try {
    const keys = await Promise.all(publicKeys.map(readPublicKey));
    // A key of a device whose clock is ahead was made in our future, and is no worse for it (security NW-10).
    const date = new Date(Math.max(Date.now(), ...keys.map(madeAt)));
    const message = await openpgp.createMessage({ text });
    return await openpgp.encrypt({ message, encryptionKeys: keys, date, config: CONFIG });
  } catch (cause) {
    throw new PushChatError('KeyNotFound', 'A receiver has no key that can be encrypted to.', { cause });
  }
}

/**
 * @param most characters of a text that is read at all: more only where it is encrypted to many
 * @throws {PushChatError} `DecryptFailed`, for every kind of damage alike
 */
export async function decryptText(armored: string, { key, operations }: PrivateKey, most = MAX_ARMOR): Promise<string> {
  try {
    const { message, session } = await readSealed(armored, { key, operations }, most);
    const by = session ? { sessionKeys: session } : { decryptionKeys: key };
    const { data } = await openpgp.decrypt({ message, ...by, config: CONFIG });
    return data;
  } catch (cause) {
    throw notForMe(cause);
  }
}

/** One error for every kind of damage, so that nothing can be learnt from which it is. */
export const notForMe = (cause: unknown): PushChatError =>
  new PushChatError('DecryptFailed', 'This text was not encrypted for the key at hand.', { cause });

/** @throws {RangeError} for what is longer than any secret */
export function readEncrypted(armored: string, most: number = MAX_ARMOR): Promise<OpenPgp.Message<string>> {
  if (armored.length > most) throw new RangeError('too long');
  return openpgp.readMessage({ armoredMessage: armored, config: CONFIG });
}

/** An encrypted text, and its session key where that is opened here rather than by OpenPGP.js. */
export async function readSealed(
  armored: string,
  { key, operations }: Pick<PrivateKey, 'key' | 'operations'>,
  most?: number,
): Promise<{ readonly message: OpenPgp.Message<string>; readonly session: SessionKey | undefined }> {
  const message = await readEncrypted(armored, most);
  if (countTries(message, key) > MAX_TRIES) throw new RangeError('too many key packets');
  const packets = message.packets.filterByTag(openpgp.enums.packet.publicKeyEncryptedSessionKey);
  return { message, session: openSessionKey(packets as unknown as readonly KeyPacket[], operations) };
}

/** The key id of a packet that does not say whom it is for (RFC 9580, 5.1.1). */
const HIDDEN = /^0+$/;

/** How many of a message's key packets say that they are for this key, or do not say whom they are for. */
function countTries(message: OpenPgp.Message<string>, key: OpenPgp.PrivateKey): number {
  const mine = key.getKeyIDs();
  return message.getEncryptionKeyIDs().filter((id) => HIDDEN.test(id.toHex()) || mine.some((own) => own.equals(id)))
    .length;
}

/**
 * A detached, armored text signature.
 * @param date signing time; now by default
 * @throws {PushChatError} `ClockSkew` when the key was made after that time
 */
export async function signText(text: string, { key }: PrivateKey, date?: Date): Promise<string> {
  if (date && date < key.getCreationTime()) {
    throw new PushChatError(
      'ClockSkew',
      'The clock of this device is wrong: it shows a time before your key was made.',
    );
  }
  const message = await openpgp.createMessage({ text });
  return openpgp.sign({ message, signingKeys: key, detached: true, config: CONFIG, ...(date && { date }) });
}

export type SignatureCheck =
  | {
      readonly ok: true;
      /** Names the signed act: same key, text and signed time. */
      readonly digest: string;
      /** When its signer says that it was signed, in milliseconds since the epoch. */
      readonly signedAt: number;
    }
  | { readonly ok: false; readonly code: 'ClockSkew' | 'PayloadTooLarge' | 'ProofInvalid' | 'ProofMalformed' };

const SIGNATURE_HEADER = '-----BEGIN PGP SIGNATURE-----';
const TEXT_SIGNATURES: ReadonlySet<number> = new Set([openpgp.enums.signature.binary, openpgp.enums.signature.text]);

/** Clocks differ: a signature may be this much younger than now (protocol 2.1). */
const CLOCK_TOLERANCE_MS = 24 * 60 * 60 * 1000;

/** Verifies a detached signature over a text: exactly one signature packet, of a document kind, by this very key. */
export async function verifyText(
  text: string,
  armoredSignature: string,
  publicKey: string,
  now: Date,
): Promise<SignatureCheck> {
  if (armoredSignature.length > MAX_SIGNATURE_ARMOR) return { ok: false, code: 'PayloadTooLarge' };
  const signature = await readSignature(armoredSignature);
  const [packet] = signature?.packets ?? [];
  if (!signature || !packet || signature.packets.length !== 1) return { ok: false, code: 'ProofMalformed' };
  // One that expires would be right for some readers and wrong for later ones.
  if (packet.signatureExpirationTime) return { ok: false, code: 'ProofInvalid' };
  if (packet.signatureType === null || !TEXT_SIGNATURES.has(packet.signatureType)) {
    return { ok: false, code: 'ProofInvalid' };
  }
  const signedAt = packet.created?.getTime() ?? Number.NaN;
  const latest = now.getTime() + CLOCK_TOLERANCE_MS;
  try {
    const key = await readPublicKey(publicKey);
    const { signatures } = await openpgp.verify({
      message: await openpgp.createMessage({ text }),
      signature,
      verificationKeys: key,
      date: new Date(Math.max(latest, signedAt)),
      config: CONFIG,
    });
    await signatures[0]?.verified;
    // A right signature of tomorrow is no forgery: one of the two clocks is wrong (security CR-15).
    if (!(signedAt <= latest)) return { ok: false, code: 'ClockSkew' };
    const { signatureData } = packet as OpenPgp.SignaturePacket & { readonly signatureData: Uint8Array };
    // OpenPGP hashes text with CRLF line ends, so both line ends are one signed text (RFC 9580, 5.2.1.2).
    const canonical = utf8ToBytes(text.replaceAll('\r\n', '\n'));
    const act = concatBytes(utf8ToBytes(key.getFingerprint()), sha256(signatureData), sha256(canonical));
    return { ok: true, digest: bytesToHex(sha256(act)), signedAt };
  } catch {
    return { ok: false, code: 'ProofInvalid' };
  }
}

async function readSignature(armored: string): Promise<OpenPgp.Signature | undefined> {
  const trimmed = armored.trim();
  if (!trimmed.startsWith(SIGNATURE_HEADER) || trimmed.lastIndexOf('-----BEGIN') !== 0) return undefined;
  try {
    return await openpgp.readSignature({ armoredSignature: trimmed, config: CONFIG });
  } catch {
    return undefined;
  }
}
