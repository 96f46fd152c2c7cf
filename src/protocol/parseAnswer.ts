import {
  arrayOf,
  booleanOf,
  malformed,
  nullableStringOf,
  numberOf,
  objectOf,
  optional,
  stringOf,
  type Fields,
} from './fields.ts';
import { MAX_ARMOR, MAX_BATCH, MAX_BLOCKED, MAX_FETCH_LIMIT, MAX_PAGE_SIZE, MAX_PAYLOAD_BYTES } from './limits.ts';
import type { GroupInfo } from './groups/groupPayload.ts';
import { parseGroupInfo } from './groups/parseGroupInfo.ts';
import { messageObjOf } from './parsePayload.ts';
import type { ConversationHead, Feed, StoredMessage, WireProfile, WireUser } from './payload.ts';

/**
 * Reads a message as a node serves it. Lenient in what it holds, since `openMessage` judges each message by itself;
 * strict in its shape.
 * @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge`
 */
export function parseStoredMessage(value: unknown): StoredMessage {
  const fields = objectOf(value, 'message');
  return {
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
    signature: nullableStringOf(fields, 'signature', MAX_PAYLOAD_BYTES) ?? '',
    sigType: nullableStringOf(fields, 'sigType') ?? '',
    ...optional(fields, 'verificationProof', proofOf),
    timestamp: numberOf(fields, 'timestamp'),
    link: linkOf(fields),
    cid: stringOf(fields, 'cid'),
    ...optional(fields, 'chatId', stringOf),
  };
}

const proofOf = (fields: Fields, name: string): string | null => nullableStringOf(fields, name, MAX_PAYLOAD_BYTES);

/** `null` alone marks a first message; an empty or absent link is none of the two forms (security CH-11). */
function linkOf(fields: Fields): string | null {
  if (fields['link'] === null) return null;
  const link = stringOf(fields, 'link');
  if (link === '') throw malformed('link');
  return link;
}

/** History, newest first. A message of the wrong shape leaves its error in its place, and its neighbours unharmed. */
export function parseHistory(value: unknown): (StoredMessage | { readonly malformed: unknown })[] {
  return arrayOf({ history: value }, 'history', MAX_FETCH_LIMIT, (item) => {
    try {
      return parseStoredMessage(item);
    } catch {
      return { malformed: item };
    }
  });
}

/** @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge` */
export function parseUser(value: unknown): WireUser {
  const fields = objectOf(value, 'user');
  return {
    did: stringOf(fields, 'did'),
    wallets: stringOf(fields, 'wallets', 4_096),
    publicKey: stringOf(fields, 'publicKey', MAX_ARMOR),
    encryptedPrivateKey: stringOf(fields, 'encryptedPrivateKey', MAX_PAYLOAD_BYTES),
    verificationProof: nullableStringOf(fields, 'verificationProof', MAX_ARMOR),
    msgSent: fields['msgSent'] === undefined ? 0 : numberOf(fields, 'msgSent'),
    maxMsgPersisted: fields['maxMsgPersisted'] === undefined ? 0 : numberOf(fields, 'maxMsgPersisted'),
    profile: parseProfile(fields['profile']),
    ...optional(fields, 'origin', nullableStringOf),
  };
}

/** A user, or null for the node's answer about an account that it does not know. */
export const parseUserOrNull = (value: unknown): WireUser | null =>
  value === null || value === '' ? null : parseUser(value);

function parseProfile(value: unknown): WireProfile {
  const fields = objectOf(value, 'profile');
  const blocked = fields['blockedUsersList'] ?? null;
  return {
    name: nullableStringOf(fields, 'name', 4_096),
    desc: nullableStringOf(fields, 'desc', 65_536),
    picture: nullableStringOf(fields, 'picture', MAX_PAYLOAD_BYTES),
    blockedUsersList: blocked === null ? null : arrayOf(fields, 'blockedUsersList', MAX_BLOCKED, textOf),
    profileVerificationProof: nullableStringOf(fields, 'profileVerificationProof', MAX_ARMOR),
  };
}

function textOf(item: unknown, path: string): string {
  if (typeof item !== 'string') throw malformed(path);
  return item;
}

/** The users of a batch lookup; those of the wrong shape are left out, as if they were not known. */
export const parseUsers = (value: unknown): WireUser[] =>
  wellFormed(objectOf(value, 'answer'), 'users', MAX_BATCH, parseUser);

/** One page of chats or requests; rows of the wrong shape are left out. */
export const parseFeeds = (value: unknown, name: 'chats' | 'requests'): ReadFeed[] =>
  wellFormed(objectOf(value, 'answer'), name, MAX_PAGE_SIZE, parseFeed);

function wellFormed<Item>(fields: Fields, name: string, max: number, parse: (item: unknown) => Item): Item[] {
  const items: Item[] = [];
  for (const item of arrayOf<unknown>(fields, name, max, (each) => each)) {
    try {
      items.push(parse(item));
    } catch {
      // One bad row harms no other (security G8).
    }
  }
  return items;
}

/** A row as a client reads it. */
export interface ReadFeed extends Omit<Feed, 'msg' | 'groupInformation'> {
  /** Null for a group in which nothing was said yet. */
  readonly msg: StoredMessage | null;
  readonly groupInformation: GroupInfo | null;
}

/** @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge` */
export function parseFeed(value: unknown): ReadFeed {
  const fields = objectOf(value, 'chat');
  const group = fields['groupInformation'] ?? null;
  return {
    // In the place of a message where there is none yet all its fields are empty texts (protocol 4.2).
    msg: group !== null && !objectOf(fields['msg'], 'msg')['cid'] ? null : parseStoredMessage(fields['msg']),
    did: group === null ? stringOf(fields, 'did') : null,
    wallets: nullableStringOf(fields, 'wallets'),
    profilePicture: nullableStringOf(fields, 'profilePicture', MAX_PAYLOAD_BYTES),
    name: nullableStringOf(fields, 'name', 4_096),
    about: nullableStringOf(fields, 'about', 65_536),
    publicKey: nullableStringOf(fields, 'publicKey', MAX_ARMOR),
    threadhash: nullableStringOf(fields, 'threadhash'),
    intent: nullableStringOf(fields, 'intent', MAX_ARMOR) ?? '',
    intentSentBy: stringOf(fields, 'intentSentBy'),
    intentTimestamp: stringOf(fields, 'intentTimestamp'),
    combinedDID: stringOf(fields, 'combinedDID', MAX_ARMOR),
    chatId: stringOf(fields, 'chatId'),
    groupInformation: group === null ? null : parseGroupInfo(group),
  };
}

/** One chat, or null for the empty object by which the node says that there is none (protocol 4.1). */
export function parseFeedOrNull(value: unknown): ReadFeed | null {
  const fields = objectOf(value, 'chat');
  return Object.keys(fields).length === 0 ? null : parseFeed(fields);
}

/** @throws {PushChatError} `PayloadMalformed` */
export function parseConversationHead(value: unknown): ConversationHead {
  const fields = objectOf(value, 'head');
  return { threadHash: nullableStringOf(fields, 'threadHash'), intent: booleanOf(fields, 'intent') };
}
