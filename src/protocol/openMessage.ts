import { openAes } from '../crypto/aes.ts';
import { decryptText, type PrivateKey } from '../crypto/pgp.ts';
import { asPushChatError, PushChatError, type ErrorCode } from '../errors.ts';
import { sameDid, type Did } from './did.ts';
import { formatContent, parseContent, type MessageContent } from './messageContent.ts';
import { parseJson } from './parseJson.ts';
import { checkEncryption } from './parsePayload.ts';
import type { StoredMessage } from './payload.ts';
import type { KeyLevel } from './profileProof.ts';
import { verifyMessageProof, type ProofScheme } from './verifyProof.ts';

/** A sender's key and how far its profile can be trusted. */
export interface AttestedKey {
  readonly armored: string;
  readonly level: KeyLevel;
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
    }
  | {
      readonly state: 'undecryptable';
      readonly from: 'me' | 'peer';
      readonly reason: ErrorCode;
      readonly digest: string;
    }
  /** `from` is always the peer: whatever fails its checks is not mine. */
  | { readonly state: 'quarantined'; readonly from: 'peer'; readonly reason: ErrorCode };

/** Why a rightly signed message is shown as one that cannot be opened here, rather than as a false one. */
const NOT_FOR_ME: ReadonlySet<ErrorCode> = new Set(['DecryptFailed', 'UnsupportedEncType', 'UnsupportedMessageType']);

/**
 * Checks one message of a one-to-one chat and opens it; never throws (security 2.4, G1, G2, G8).
 * Order: who to whom, the sender's key, the proof, then decryption and content.
 */
export async function openMessage(message: StoredMessage, reader: Reader): Promise<Opened> {
  try {
    const from = checkParties(message, reader);
    const key = await reader.keyOf(from === 'me' ? reader.me : reader.peer);
    if (!key) throw failure('KeyNotFound');
    if (key.level === 'unattested') throw failure('KeyUnattested');
    checkShape(message);
    const proof = await verifyMessageProof(message, key.armored, reader.now);
    // A message in my name that my key did not sign is somebody else's.
    if (!proof.ok) throw failure(from === 'me' ? 'SenderMismatch' : proof.code);
    return await openContent(message, reader, { from, level: key.level, scheme: proof.scheme, digest: proof.digest });
  } catch (error) {
    return { state: 'quarantined', from: 'peer', reason: asPushChatError(error).code };
  }
}

const failure = (code: ErrorCode): PushChatError => new PushChatError(code, `Message refused: ${code}.`);

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
}

async function openContent(message: StoredMessage, reader: Reader, proven: Proven): Promise<Opened> {
  const { from, level, scheme, digest } = proven;
  try {
    const decrypt = await decryptor(message, reader.privateKey);
    const content = scheme === 'pgp' ? openLegacy(message, decrypt) : openObject(message, decrypt);
    const encrypted = message.encType !== 'PlainText';
    const mirrorDiffers = scheme !== 'pgp' && !mirrors(message, content, decrypt);
    return { state: level, from, content, encrypted, mirrorDiffers, scheme, digest };
  } catch (error) {
    const reason = asPushChatError(error).code;
    return NOT_FOR_ME.has(reason)
      ? { state: 'undecryptable', from, reason, digest }
      : { state: 'quarantined', from: 'peer', reason };
  }
}

type Decrypt = (text: string) => string;

async function decryptor(message: StoredMessage, key: PrivateKey): Promise<Decrypt> {
  if (message.encType === 'PlainText') return (text) => text;
  if (message.encType !== 'pgp') throw failure('UnsupportedEncType');
  const secret = await decryptText(message.encryptedSecret ?? '', key);
  return (text) => openAes(secret, text);
}

function openObject({ messageType, messageObj }: StoredMessage, decrypt: Decrypt): MessageContent {
  if (messageObj === undefined) throw failure('PayloadMalformed');
  if (typeof messageObj === 'object') return parseContent(messageType, messageObj);
  const opened = decrypt(messageObj);
  try {
    return parseContent(messageType, parseJson(opened));
  } catch (error) {
    // Some older clients encrypted the bare words (protocol 3.6).
    if (messageType === 'Text' && !opened.startsWith('{')) return { type: 'Text', content: opened };
    throw error;
  }
}

/** Legacy proofs do not cover `messageObj`, so nothing of it is believed (protocol 3.6). */
function openLegacy({ messageType, messageContent }: StoredMessage, decrypt: Decrypt): MessageContent {
  return parseContent(messageType, { content: decrypt(messageContent) });
}

function mirrors({ messageContent }: StoredMessage, content: MessageContent, decrypt: Decrypt): boolean {
  try {
    return decrypt(messageContent) === formatContent(content).messageContent;
  } catch {
    return false;
  }
}
