import { openAes } from '../crypto/aes.ts';
import { decryptTextWith } from '../crypto/pgpTextKey.ts';
import { PushChatError } from '../errors.ts';
import { isBoundTo, parseBinding } from './binding.ts';
import { blockCid, encodeBlock } from './cid.ts';
import { parseDid, sameDid } from './did.ts';
import { nullableStringOf, objectOf, stringOf, type Fields } from './fields.ts';
import { MAX_ARMOR, MAX_PAYLOAD_BYTES } from './limits.ts';
import { parseContent, type MessageContent } from './messageContent.ts';
import { isCid } from './messageId.ts';
import { parseStoredMessage } from './parseAnswer.ts';
import { parseJson } from './parseJson.ts';
import { checkEncryption } from './parsePayload.ts';
import type { StoredMessage } from './payload.ts';
import { verifyAttestation, type AttestationScheme, type AttestedUser } from './profileProof.ts';
import { armoredKey } from './publicKey.ts';
import { verifyMessageProof, type ProofScheme } from './verifyProof.ts';
import { identifyKey } from '../crypto/identifyKey.ts';

/** What a wallet signed over: the public part of an account's record. Its private key is in it, wrapped, as on a node. */
export interface SenderRecord extends Pick<
  AttestedUser,
  'did' | 'wallets' | 'publicKey' | 'encryptedPrivateKey' | 'verificationProof'
> {
  /** The name of then, which older proofs cover. */
  readonly name: string | null;
}

/** A message as evidence: with it anybody can check who signed what for whom, and needs no node for that. */
export interface PortableProof {
  readonly format: typeof FORMAT;
  readonly message: StoredMessage;
  readonly sender: SenderRecord;
  /** The key of this one message, where it is encrypted and who exported it wanted others to read it. */
  readonly disclosure?: string;
}

/** What a portable proof proves. */
export interface ProvenMessage {
  readonly cid: string;
  /** Whether the id is a hash of the message; ids of older nodes cannot be checked. */
  readonly cidChecked: boolean;
  readonly from: string;
  readonly to: string;
  /** When it was signed, as its signer says, in milliseconds since the epoch. */
  readonly signedAt: number;
  /** When the node says that it was stored; the signature does not cover it. */
  readonly storedAt: number;
  /** Of the signing key, in lower-case hex. */
  readonly fingerprint: string;
  readonly attestedBy: AttestationScheme;
  readonly scheme: ProofScheme;
  /** The fields of the wire that the signature covers. */
  readonly covers: readonly string[];
  /** Names the signed act, whatever id a node gives it. */
  readonly digest: string;
  /** What it says; null where it is encrypted and not disclosed, which only its two parties can open. */
  readonly content: MessageContent | null;
}

const FORMAT = 'push-chat-proof/1';
/** A message of the largest kind, twice, and its sender's record. */
const MAX_FILE = 4 * MAX_PAYLOAD_BYTES;

/** Puts a stored message and its sender's record together. */
export const portableProof = (message: StoredMessage, sender: SenderRecord, disclosure?: string): PortableProof => {
  const { chatId: _, ...block } = message;
  const { did, wallets, publicKey, encryptedPrivateKey, verificationProof, name } = sender;
  return {
    format: FORMAT,
    message: block,
    sender: { did, wallets, publicKey, encryptedPrivateKey, verificationProof, name },
    ...(disclosure !== undefined && { disclosure }),
  };
};

/**
 * Checks a portable proof, without asking anybody: the message is what its id names, the sender's wallet vouches for the
 * key, and the key signed this message for this receiver.
 * @param json the text of the file
 * @param now signatures may be up to a day younger
 * @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge`, `CidMismatch`, `SenderMismatch`, `ReceiverMismatch`,
 *   `KeyUnattested`, `ProofMissing`, `ProofMalformed`, `ProofInvalid`, `ProofDowngrade`, `ClockSkew`, `DecryptFailed` for a
 *   disclosure that is not this message's
 */
export async function verifyProofFile(json: string, now: Date): Promise<ProvenMessage> {
  const { message, sender, disclosure } = parseProofFile(json);
  const { cid, chatId: _, ...block } = message;
  const cidChecked = isCid(cid);
  if (cidChecked && blockCid(encodeBlock(block)) !== cid) {
    throw new PushChatError('CidMismatch', 'The message is not the one that its id names.');
  }
  checkParties(message, sender);
  const { level, scheme: attestedBy } = verifyAttestation({ ...sender, profile: { name: sender.name } });
  if (level !== 'verified' || attestedBy === null) {
    throw new PushChatError('KeyUnattested', 'The sender’s wallet does not vouch for this key.');
  }
  const armored = armoredKey(sender.publicKey);
  const { fingerprint } = await identifyKey(armored);
  checkEncryption(message);
  const proof = await verifyMessageProof(message, armored, now);
  if (!proof.ok) throw new PushChatError(proof.code, 'The message’s signature is not that of the sender’s key.');
  const { scheme, covers, signedAt, digest } = proof;
  const content = await contentOf(message, scheme, disclosure);
  const { fromDID: from, toDID: to, timestamp: storedAt } = message;
  return { cid, cidChecked, from, to, signedAt, storedAt, fingerprint, attestedBy, scheme, covers, digest, content };
}

/** What a plain or disclosed message says; legacy proofs cover its older form only. */
async function contentOf(
  message: StoredMessage,
  scheme: ProofScheme,
  disclosure: string | undefined,
): Promise<MessageContent | null> {
  const { encType, messageType, messageObj, messageContent } = message;
  if (encType === 'PlainText') {
    return parseContent(messageType, scheme === 'pgp' ? { content: messageContent } : messageObj);
  }
  if (disclosure === undefined || encType !== 'pgp' || scheme === 'pgp' || typeof messageObj !== 'string') return null;
  // The signature covers both ciphertexts, and the inner one has its own check of what its key is.
  const secret = await decryptTextWith(message.encryptedSecret ?? '', disclosure);
  const object = objectOf(parseJson(openAes(secret, messageObj)), 'messageObj');
  const binding = parseBinding(object['x']);
  if (binding && !isBoundTo(binding, { from: parseDid(message.fromDID), to: parseDid(message.toDID) })) {
    throw new PushChatError('ReceiverMismatch', 'The message was written for another chat.');
  }
  return parseContent(messageType, object);
}

function checkParties({ fromDID, fromCAIP10, toDID, toCAIP10 }: StoredMessage, { did }: SenderRecord): void {
  if (!sameDid(fromDID, did) || !sameDid(fromCAIP10, did)) {
    throw new PushChatError('SenderMismatch', 'The message is not from the account whose key is given.');
  }
  if (!sameDid(toDID, toCAIP10)) {
    throw new PushChatError('ReceiverMismatch', 'The message names two receivers.');
  }
}

function parseProofFile(json: string): Omit<PortableProof, 'format'> {
  if (json.length > MAX_FILE) throw new PushChatError('PayloadTooLarge', 'This is larger than any proof.');
  const fields = objectOf(parseJson(json), 'proof');
  if (stringOf(fields, 'format') !== FORMAT) {
    throw new PushChatError('PayloadMalformed', `This is no proof of the format ${FORMAT}.`);
  }
  const disclosure = fields['disclosure'] === undefined ? undefined : stringOf(fields, 'disclosure');
  return {
    message: parseStoredMessage(fields['message']),
    sender: parseSender(objectOf(fields['sender'], 'sender')),
    ...(disclosure !== undefined && { disclosure }),
  };
}

function parseSender(fields: Fields): SenderRecord {
  return {
    did: stringOf(fields, 'did'),
    wallets: stringOf(fields, 'wallets', 4_096),
    publicKey: stringOf(fields, 'publicKey', MAX_ARMOR),
    encryptedPrivateKey: stringOf(fields, 'encryptedPrivateKey', MAX_PAYLOAD_BYTES),
    verificationProof: nullableStringOf(fields, 'verificationProof', MAX_ARMOR),
    name: nullableStringOf(fields, 'name', 4_096),
  };
}
