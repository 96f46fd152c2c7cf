import { openAes } from '../crypto/aes.ts';
import { decryptText, identifyKey, type PrivateKey } from '../crypto/pgp.ts';
import { asPushChatError, PushChatError, type ErrorCode } from '../errors.ts';
import { isBoundTo, parseBinding, type Binding } from './binding.ts';
import { sameDid, type Did } from './did.ts';
import { formatContent, parseContent, type MessageContent } from './messageContent.ts';
import { parseJson } from './parseJson.ts';
import { checkEncryption } from './parsePayload.ts';
import type { JsonObject, StoredMessage } from './payload.ts';
import type { AttestationScheme, KeyLevel } from './profileProof.ts';
import { failedAt, type MessageCheck, type Verification, type VerifyingKey } from './verification.ts';
import { verifyMessageProof, type ProofScheme } from './verifyProof.ts';

/** A sender's key and how far its profile can be trusted. */
export interface AttestedKey {
  readonly armored: string;
  readonly level: KeyLevel;
  /** How the wallet vouched for it, if it did. */
  readonly attestedBy?: AttestationScheme | null;
  /**
   * When the account made the key that it has instead, in milliseconds since the epoch: only what was signed before is
   * believed. Absent for the key of now.
   */
  readonly until?: number;
}

export interface Reader {
  readonly me: Did;
  readonly peer: Did;
  readonly privateKey: PrivateKey;
  /** The key of one of the two accounts; null when it has none. */
  readonly keyOf: (did: Did) => Promise<AttestedKey | null>;
  readonly now: Date;
}

/** The only source of what a bubble draws. */
export type Opened =
  | {
      readonly state: 'verified' | 'signed';
      readonly from: 'me' | 'peer';
      readonly content: MessageContent;
      readonly encrypted: boolean;
      readonly mirrorDiffers: boolean;
      readonly scheme: ProofScheme;
      /** Names the signed act, so that a replay under another id is found. */
      readonly digest: string;
      /** What its sender says of its place in the thread, where it does. */
      readonly binding?: Binding;
      readonly verification: Verification;
    }
  | {
      readonly state: 'undecryptable';
      readonly from: 'me' | 'peer';
      readonly reason: ErrorCode;
      readonly digest: string;
      readonly verification: Verification;
    }
  /** `from` is always the peer: whatever fails its checks is not mine. */
  | {
      readonly state: 'quarantined';
      readonly from: 'peer';
      readonly reason: ErrorCode;
      readonly verification: Verification;
    };

/** Why a rightly signed message is shown as one that cannot be opened here, rather than as a false one. */
const NOT_FOR_ME: ReadonlySet<ErrorCode> = new Set(['DecryptFailed', 'UnsupportedEncType', 'UnsupportedMessageType']);

/**
 * Checks one message of a one-to-one chat and opens it; never throws (security 2.4, G1, G2, G8).
 * Order: who to whom, the sender's key, the proof, then decryption and content.
 */
export async function openMessage(message: StoredMessage, reader: Reader): Promise<Opened> {
  const passed: { -readonly [Name in keyof Verification]: Verification[Name] } = failedAt('parties', 'Internal');
  let check: MessageCheck = 'parties';
  const verdict = (code: ErrorCode | null): Verification => ({ ...passed, failed: code && { check, code } });
  try {
    const from = checkParties(message, reader);
    passed.signer = from === 'me' ? reader.me : reader.peer;
    check = 'key';
    const key = await reader.keyOf(passed.signer);
    if (!key) throw failure('KeyNotFound');
    if (key.level === 'unattested') throw failure('KeyUnattested');
    if (key.level === 'unchecked') throw failure('ChainUnavailable');
    passed.key = await verifyingKey(key);
    check = 'proof';
    checkShape(message);
    const proof = await verifyMessageProof(message, key.armored, reader.now);
    // A message in my name that my key did not sign is somebody else's.
    if (!proof.ok) throw failure(from === 'me' && proof.code !== 'ClockSkew' ? 'SenderMismatch' : proof.code);
    const { scheme, digest, covers, signedAt } = proof;
    if (signedAt > (key.until ?? Infinity) + CLOCK_TOLERANCE_MS) throw failure('KeyRollback');
    Object.assign(passed, { scheme, covers, signedAt });
    check = 'content';
    return await openContent(message, reader, { from, level: key.level, scheme, digest, verdict });
  } catch (error) {
    const reason = asPushChatError(error).code;
    return { state: 'quarantined', from: 'peer', reason, verification: verdict(reason) };
  }
}

/** Clocks differ: a key may have been used for so long after another was made. */
const CLOCK_TOLERANCE_MS = 24 * 60 * 60 * 1000;

const failure = (code: ErrorCode): PushChatError => new PushChatError(code, `Message refused: ${code}.`);

async function verifyingKey({ armored, level, attestedBy = null, until }: AttestedKey): Promise<VerifyingKey> {
  try {
    const { fingerprint } = await identifyKey(armored);
    return { fingerprint, level, attestedBy, earlier: until !== undefined };
  } catch {
    // A key that is none proves nothing.
    throw failure('ProofInvalid');
  }
}

function checkParties(message: StoredMessage, { me, peer }: Reader): 'me' | 'peer' {
  const from = [me, peer].find((did) => sameDid(message.fromDID, did));
  if (from === undefined || !sameDid(message.fromCAIP10, from)) throw failure('SenderMismatch');
  const to = from === me ? peer : me;
  if (!sameDid(message.toDID, to) || !sameDid(message.toCAIP10, to)) throw failure('ReceiverMismatch');
  return from === me ? 'me' : 'peer';
}

/** An unknown encType is signed like any other and gets its placeholder later; nonsense is refused at once. */
function checkShape(message: StoredMessage): void {
  try {
    checkEncryption(message);
  } catch (error) {
    if (asPushChatError(error).code !== 'UnsupportedEncType') throw error;
  }
}

interface Proven {
  readonly from: 'me' | 'peer';
  readonly level: 'verified' | 'signed';
  readonly scheme: ProofScheme;
  readonly digest: string;
  readonly verdict: (code: ErrorCode | null) => Verification;
}

async function openContent(message: StoredMessage, reader: Reader, proven: Proven): Promise<Opened> {
  const { from, level, scheme, digest, verdict } = proven;
  try {
    const decrypt = await decryptor(message, reader.privateKey);
    const { content, binding } = scheme === 'pgp' ? openLegacy(message, decrypt) : openObject(message, decrypt);
    checkBinding(binding, from, reader);
    const encrypted = message.encType !== 'PlainText';
    const mirrorDiffers = scheme !== 'pgp' && !mirrors(message, content, decrypt);
    const verification = verdict(null);
    const place = binding && { binding };
    return { state: level, from, content, encrypted, mirrorDiffers, scheme, digest, ...place, verification };
  } catch (error) {
    const reason = asPushChatError(error).code;
    const verification = verdict(reason);
    return NOT_FOR_ME.has(reason)
      ? { state: 'undecryptable', from, reason, digest, verification }
      : { state: 'quarantined', from: 'peer', reason, verification };
  }
}

function checkBinding(binding: Binding | undefined, from: 'me' | 'peer', { me, peer }: Reader): void {
  const parties = from === 'me' ? { from: me, to: peer } : { from: peer, to: me };
  if (binding && !isBoundTo(binding, parties)) throw failure('ReceiverMismatch');
}

type Decrypt = (text: string) => string;

/** Whatever clients draw their secrets from; nothing at all would be known to everybody (security CR-23). */
const SECRET = /^[\x20-\x7e]{1,1024}$/;

async function decryptor(message: StoredMessage, key: PrivateKey): Promise<Decrypt> {
  if (message.encType === 'PlainText') return (text) => text;
  if (message.encType !== 'pgp') throw failure('UnsupportedEncType');
  const secret = await decryptText(message.encryptedSecret ?? '', key);
  if (!SECRET.test(secret)) throw failure('PayloadMalformed');
  return (text) => openAes(secret, text);
}

interface OpenedContent {
  readonly content: MessageContent;
  readonly binding?: Binding;
}

function openObject({ messageType, messageObj }: StoredMessage, decrypt: Decrypt): OpenedContent {
  if (messageObj === undefined) throw failure('PayloadMalformed');
  if (typeof messageObj === 'object') return { content: parseContent(messageType, messageObj) };
  const opened = decrypt(messageObj);
  try {
    const object = parseJson(opened);
    const content = parseContent(messageType, object);
    const binding = parseBinding((object as JsonObject)['x']);
    return { content, ...(binding && { binding }) };
  } catch (error) {
    // Some older clients encrypted the bare words (protocol 3.6).
    if (messageType === 'Text' && !opened.startsWith('{')) return { content: { type: 'Text', content: opened } };
    throw error;
  }
}

/** Legacy proofs do not cover `messageObj`, so nothing of it is believed (protocol 3.6). */
function openLegacy({ messageType, messageContent }: StoredMessage, decrypt: Decrypt): OpenedContent {
  return { content: parseContent(messageType, { content: decrypt(messageContent) }) };
}

function mirrors({ messageContent }: StoredMessage, content: MessageContent, decrypt: Decrypt): boolean {
  try {
    return decrypt(messageContent) === formatContent(content).messageContent;
  } catch {
    return false;
  }
}
