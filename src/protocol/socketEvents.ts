import { booleanOf, malformed, nullableStringOf, objectOf, stringOf } from './fields.ts';
import { MAX_ARMOR } from './limits.ts';
import { parseStoredMessage } from './parseAnswer.ts';
import { isGroupId, type GroupId } from './peer.ts';
import type { MessageCategory, StoredMessage } from './payload.ts';

/** Messages, requests and answers to them on the live connection (protocol 6.2). */
export const CHATS = 'CHATS';

/** What happens to groups and their members on the live connection (protocol 6.2). */
export const CHAT_GROUPS = 'CHAT_GROUPS';

/** A notification from a channel that the account subscribes to, and one from any other (protocol 6.2, 7). */
export const USER_FEEDS = 'userFeeds';
export const USER_SPAM_FEEDS = 'userSpamFeeds';

/** What each of the two tells of. */
export const FEED_BOXES: ReadonlyMap<string, 'inbox' | 'spam'> = new Map([
  [USER_FEEDS, 'inbox'],
  [USER_SPAM_FEEDS, 'spam'],
]);

/** What a node of this library asks each new connection, how that answers, and that it was right (`challenge.ts`). */
export const CHALLENGE = 'challenge';
export const PROOF = 'proof';
export const PROVEN = 'proven';

const CATEGORIES: ReadonlySet<string> = new Set<MessageCategory>(['Chat', 'Request', 'Approve', 'Reject']);

/** What a live event tells a client: a message to check, or that lists have changed. Nothing in it is proof. */
export type LiveEvent =
  | { readonly kind: 'message'; readonly message: StoredMessage; readonly hasIntent: boolean }
  /** `from` answered the request of `to`; `signature` is the armored proof of it. */
  | { readonly kind: 'approve' | 'reject'; readonly from: string; readonly to: string; readonly signature: string };

/** That something happened to a group: a reason to read it, and no proof of anything. */
export interface GroupNews {
  readonly chatId: GroupId;
  readonly eventType: string;
}

/** @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge` */
export function parseGroupNews(value: unknown): GroupNews {
  const fields = objectOf(value, 'event');
  const chatId = stringOf(fields, 'chatId');
  if (!isGroupId(chatId)) throw malformed('chatId');
  return { chatId, eventType: stringOf(fields, 'eventType') };
}

/** @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge` */
export function parseLiveEvent(value: unknown): LiveEvent {
  const fields = objectOf(value, 'event');
  const category = stringOf(fields, 'messageCategory');
  if (!CATEGORIES.has(category)) throw malformed('messageCategory');
  if (category === 'Chat' || category === 'Request') {
    return { kind: 'message', message: parseStoredMessage(fields), hasIntent: booleanOf(fields, 'hasIntent') };
  }
  return {
    kind: category === 'Approve' ? 'approve' : 'reject',
    from: stringOf(fields, 'fromDID'),
    to: stringOf(fields, 'toDID'),
    // The wire joins scheme and signature here without a colon.
    signature: (nullableStringOf(fields, 'verificationProof', MAX_ARMOR) ?? '').replace(/^pgp(?:v2)?:?/, ''),
  };
}
