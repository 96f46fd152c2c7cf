import { openAes } from '../crypto/aes.ts';
import { identifyKey } from '../crypto/identifyKey.ts';
import { decryptText, type PrivateKey } from '../crypto/pgp.ts';
import { asPushChatError, PushChatError, type ErrorCode } from '../errors.ts';
import { isBoundTo, parseBinding, type Binding } from './binding.ts';
import { isDid, parseDid, sameDid, type Did } from './did.ts';
import { inPeriods, type Period } from './groups/periods.ts';
import { formatContent, parseContent, type MessageContent } from './messageContent.ts';
import { MAX_PAYLOAD_BYTES } from './limits.ts';
import { parseJson } from './parseJson.ts';
import { isGroupId, samePeer, type Peer } from './peer.ts';
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
  /** Whose chat, or which group, the message is to be of. */
  readonly peer: Peer;
  /** What is known of the group, where it is one. */
  readonly group?: GroupReading;
  readonly privateKey: PrivateKey;
  /** The key of an account; null when it has none. */
  readonly keyOf: (did: Did) => Promise<AttestedKey | null>;
  readonly now: Date;
}

/** What a message of a group is judged by. */
export interface GroupReading {
  /** When the sender was in it, by acts that members signed; null where the node shows none. */
  readonly periods: readonly Period[] | null;
  /** Opens the secret that the message names. @throws {PushChatError} `KeyUnattested` for one that no member gave */
  readonly secretOf: (sessionKey: string) => Promise<string>;
}

/** The only source of what a bubble draws. */
export type Opened =
  | {
      readonly state: 'verified' | 'signed';
      readonly from: 'me' | 'peer';
      /** Who wrote it. */
      readonly sender: Did;
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
      readonly sender: Did;
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
 * Checks one message of a chat or group and opens it; never throws (security 2.4, G1, G2, G8).
 * Order: who to whom, the sender's key, the proof, then decryption and content.
 */
export async function openMessage(message: StoredMessage, reader: Reader): Promise<Opened> {
  const passed: { -readonly [Name in keyof Verification]: Verification[Name] } = failedAt('parties', 'Internal');
  let check: MessageCheck = 'parties';
  const verdict = (code: ErrorCode | null): Verification => ({ ...passed, failed: code && { check, code } });
  try {
    const sender = checkParties(message, reader);
    const from = sender === reader.me ? 'me' : 'peer';
    passed.signer = sender;
    if (reader.group) passed.member = checkMember(message, message.timestamp, reader.group);
    check = 'key';
    const key = await reader.keyOf(sender);
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
    if (isGroupId(reader.peer) && !covers.some(isReceiver)) throw failure('ProofDowngrade');
    // A node may date a message back to when its sender was still in the group.
    if (reader.group) checkMember(message, signedAt, reader.group, CLOCK_TOLERANCE_MS);
    check = 'content';
    return await openContent(message, reader, { from, sender, level: key.level, scheme, digest, verdict });
  } catch (error) {
    const reason = asPushChatError(error).code;
    return { state: 'quarantined', from: 'peer', reason, verification: verdict(reason) };
  }
}

/** Clocks differ: a key may have been used for so long after another was made. */
const CLOCK_TOLERANCE_MS = 24 * 60 * 60 * 1000;

/** A message to nobody in particular could be shown in any group that its sender is in. */
const isReceiver = (field: string): boolean => field === 'toDID' || field === 'toCAIP10';

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

function checkParties({ fromDID, fromCAIP10, toDID, toCAIP10 }: StoredMessage, { me, peer }: Reader): Did {
  const from = senderAmong(fromDID, me, peer);
  if (from === undefined || !sameDid(fromCAIP10, from)) throw failure('SenderMismatch');
  const to = from === me || isGroupId(peer) ? peer : me;
  if (!samePeer(toDID, to) || !samePeer(toCAIP10, to)) throw failure('ReceiverMismatch');
  return from;
}

/** Anybody may be in a group; a chat has two sides. */
function senderAmong(fromDID: string, me: Did, peer: Peer): Did | undefined {
  if (!isGroupId(peer)) return [me, peer].find((did) => sameDid(fromDID, did));
  return isDid(fromDID) ? parseDid(fromDID) : undefined;
}

function checkMember(
  { messageType }: StoredMessage,
  at: number,
  { periods }: GroupReading,
  tolerance = 0,
): 'proven' | 'unchecked' {
  if (!periods) return 'unchecked';
  // Announcements of what was done to the group are its admins' (protocol 9).
  const role = messageType === 'Meta' ? 'admin' : undefined;
  if (!inPeriods(periods, { at, role, tolerance })) throw failure('NotMember');
  return 'proven';
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
  readonly sender: Did;
  readonly level: 'verified' | 'signed';
  readonly scheme: ProofScheme;
  readonly digest: string;
  readonly verdict: (code: ErrorCode | null) => Verification;
}

async function openContent(message: StoredMessage, reader: Reader, proven: Proven): Promise<Opened> {
  const { from, sender, level, scheme, digest, verdict } = proven;
  try {
    const decrypt = await decryptor(message, reader);
    const { content, binding } = scheme === 'pgp' ? openLegacy(message, decrypt) : openObject(message, decrypt);
    checkBinding(binding, sender, reader);
    const encrypted = message.encType !== 'PlainText';
    const mirrorDiffers = scheme !== 'pgp' && !mirrors(message, content, decrypt);
    const verification = verdict(null);
    const place = binding && { binding };
    return { state: level, from, sender, content, encrypted, mirrorDiffers, scheme, digest, ...place, verification };
  } catch (error) {
    const reason = asPushChatError(error).code;
    const verification = verdict(reason);
    return NOT_FOR_ME.has(reason)
      ? { state: 'undecryptable', from, sender, reason, digest, verification }
      : { state: 'quarantined', from: 'peer', reason, verification };
  }
}

function checkBinding(binding: Binding | undefined, from: Did, { me, peer }: Reader): void {
  const parties = { from, to: from === me || isGroupId(peer) ? peer : me };
  if (binding && !isBoundTo(binding, parties)) throw failure('ReceiverMismatch');
}

type Decrypt = (text: string) => string;

/** Whatever clients draw their secrets from; nothing at all would be known to everybody (security CR-23). */
const SECRET = /^[\x20-\x7e]{1,1024}$/;

async function decryptor(message: StoredMessage, reader: Reader): Promise<Decrypt> {
  if (message.encType === 'PlainText') return (text) => text;
  const secret = await secretOf(message, reader);
  if (!SECRET.test(secret)) throw failure('PayloadMalformed');
  return (text) => openAes(secret, text);
}

async function secretOf(
  { encType, encryptedSecret, sessionKey }: StoredMessage,
  { privateKey, group }: Reader,
): Promise<string> {
  if (encType === 'pgpv1:group' && group) return group.secretOf(sessionKey ?? '');
  if (encType !== 'pgp') throw failure('UnsupportedEncType');
  // In a group it is encrypted to everybody.
  return decryptText(encryptedSecret ?? '', privateKey, group && MAX_PAYLOAD_BYTES);
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
