import { PushChatError } from '../errors.ts';
import { arrayOf, malformed, nullableStringOf, objectOf, optional, stringOf, type Fields } from './fields.ts';
import { MAX_ARMOR, MAX_BLOCKED, MAX_GROUP_BYTES, MAX_PAYLOAD_BYTES } from './limits.ts';
import type {
  AuthUpdate,
  JsonObject,
  MessageBody,
  ProfileUpdate,
  RequestAcceptance,
  RequestRejection,
  UserCreation,
} from './payload.ts';

const ENC_TYPES: ReadonlySet<string> = new Set(['PlainText', 'pgp', 'pgpv1:group']);

/**
 * Reads a message as a sender posts it. Fields keep their very values, since they are hashed as received.
 * @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge`, `UnsupportedEncType`
 */
export function parseMessageBody(value: unknown): MessageBody {
  const fields = objectOf(value, 'body');
  const body: MessageBody = {
    fromDID: stringOf(fields, 'fromDID'),
    toDID: stringOf(fields, 'toDID'),
    fromCAIP10: stringOf(fields, 'fromCAIP10'),
    toCAIP10: stringOf(fields, 'toCAIP10'),
    messageType: stringOf(fields, 'messageType'),
    ...optional(fields, 'messageObj', messageObjOf),
    encType: stringOf(fields, 'encType'),
    ...optional(fields, 'sessionKey', nullableStringOf),
    encryptedSecret: nullableStringOf(fields, 'encryptedSecret', MAX_PAYLOAD_BYTES),
    messageContent: stringOf(fields, 'messageContent', MAX_PAYLOAD_BYTES),
    signature: stringOf(fields, 'signature', MAX_ARMOR),
    sigType: stringOf(fields, 'sigType'),
    ...optional(fields, 'verificationProof', proofOrNull),
  };
  checkEncryption(body);
  return body;
}

/** Of a private group, encrypted to all of its members. */
const secretOrNull = (fields: Fields, name: string): string | null => nullableStringOf(fields, name, MAX_GROUP_BYTES);

const proofOrNull = (fields: Fields, name: string): string | null => nullableStringOf(fields, name, MAX_ARMOR);

/** `messageObj` is a string when encrypted and an object when plain; its inside is checked when it is opened. */
export function messageObjOf(fields: Fields, name: string): string | JsonObject {
  const value = fields[name];
  if (typeof value === 'string') return stringOf(fields, name, MAX_PAYLOAD_BYTES);
  return objectOf(value, name) as JsonObject;
}

/** Combinations of encType, content and secret that make no sense (security CR-03, ND-02). */
export function checkEncryption({ encType, messageObj, encryptedSecret, sessionKey }: MessageBody): void {
  if (!ENC_TYPES.has(encType)) {
    throw new PushChatError('UnsupportedEncType', 'This version cannot open this type of encryption.');
  }
  if (messageObj === undefined) return;
  const plain = encType === 'PlainText';
  if (plain !== (typeof messageObj === 'object')) throw malformed('messageObj');
  if (plain && encryptedSecret) throw malformed('encryptedSecret');
  if (encType === 'pgp' && !encryptedSecret) throw malformed('encryptedSecret');
  if (encType === 'pgpv1:group' ? !sessionKey || encryptedSecret : sessionKey) throw malformed('sessionKey');
}

/** @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge` */
export function parseUserCreation(value: unknown): UserCreation {
  const fields = objectOf(value, 'body');
  return {
    caip10: stringOf(fields, 'caip10'),
    did: stringOf(fields, 'did'),
    publicKey: stringOf(fields, 'publicKey', MAX_ARMOR),
    encryptedPrivateKey: stringOf(fields, 'encryptedPrivateKey', 2 * MAX_ARMOR),
    ...optional(fields, 'origin', stringOf),
    ...optional(fields, 'verificationProof', walletProofOf),
    ...optional(fields, 'signature', stringOf),
    ...optional(fields, 'sigType', stringOf),
  };
}

/** A wallet's proof: a contract's may carry the call that deploys it (EIP-6492). */
const walletProofOf = (fields: Fields, name: string): string => stringOf(fields, name, MAX_ARMOR);

/** @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge` */
export function parseAuthUpdate(value: unknown): AuthUpdate {
  const fields = objectOf(value, 'body');
  return {
    caip10: stringOf(fields, 'caip10'),
    publicKey: stringOf(fields, 'publicKey', MAX_ARMOR),
    encryptedPrivateKey: stringOf(fields, 'encryptedPrivateKey', 2 * MAX_ARMOR),
    verificationProof: walletProofOf(fields, 'verificationProof'),
  };
}

/** @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge` */
export function parseProfileUpdate(value: unknown): ProfileUpdate {
  const fields = objectOf(value, 'body');
  return {
    name: nullableStringOf(fields, 'name'),
    desc: nullableStringOf(fields, 'desc', 4_096),
    picture: nullableStringOf(fields, 'picture', MAX_PAYLOAD_BYTES),
    ...optional(fields, 'blockedUsersList', blockedOf),
    verificationProof: stringOf(fields, 'verificationProof', MAX_ARMOR),
  };
}

const blockedOf = (fields: Fields, name: string): string[] =>
  arrayOf(fields, name, MAX_BLOCKED, (item, path) => {
    if (typeof item !== 'string') throw malformed(path);
    return item;
  });

/** @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge` */
export function parseAcceptance(value: unknown): RequestAcceptance {
  const fields = objectOf(value, 'body');
  return {
    fromDID: stringOf(fields, 'fromDID'),
    toDID: stringOf(fields, 'toDID'),
    signature: stringOf(fields, 'signature', MAX_ARMOR),
    status: stringOf(fields, 'status'),
    sigType: stringOf(fields, 'sigType'),
    verificationProof: stringOf(fields, 'verificationProof', MAX_ARMOR),
    ...optional(fields, 'encryptedSecret', secretOrNull),
  };
}

/** @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge` */
export function parseRejection(value: unknown): RequestRejection {
  const fields = objectOf(value, 'body');
  return {
    fromDID: stringOf(fields, 'fromDID'),
    toDID: stringOf(fields, 'toDID'),
    verificationProof: stringOf(fields, 'verificationProof', MAX_ARMOR),
  };
}
