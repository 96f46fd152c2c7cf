import { PushChatError } from '../errors.ts';
import { combinedDid } from '../protocol/chatId.ts';
import { isChatId, parseDid, sameDid, type Did } from '../protocol/did.ts';
import type { ConversationHead, Feed, StoredMessage } from '../protocol/payload.ts';
import { intentOf, requireUser } from './parties.ts';
import type { Block, ChatRow, Page, StoreReader } from './store.ts';

/** The chat that an account has with a recipient: another account, or the chat's own id. */
export function findChat(rows: StoreReader, did: Did, recipient: string): ChatRow | undefined {
  if (!isChatId(recipient)) return rows.chatBetween(did, parseDid(recipient));
  const chat = rows.chat(recipient);
  return chat?.members.includes(did) ? chat : undefined;
}

/** One row of a list, as `did` sees the chat (protocol 4.2). */
export function feedOf(rows: StoreReader, chat: ChatRow, did: Did): Feed {
  const { chatId, members, requester, requestedAt, accepted, head } = chat;
  const peer = requireUser(rows, peerOf(chat, did));
  return {
    msg: messageOf(rows, head),
    did: peer.did,
    wallets: peer.wallets,
    profilePicture: peer.profile.picture,
    name: peer.profile.name,
    about: peer.profile.desc,
    publicKey: peer.publicKey,
    threadhash: head,
    intent: intentOf(accepted),
    intentSentBy: requester,
    intentTimestamp: new Date(requestedAt).toISOString(),
    combinedDID: combinedDid(...members),
    chatId,
    groupInformation: null,
  };
}

const peerOf = ({ members: [first, second] }: ChatRow, did: Did): Did => (first === did ? second : first);

/** Chats that the account has accepted, or the requests that wait for it (protocol 4.1). */
export const listFeeds = (rows: StoreReader, did: Did, accepted: boolean, page: Page): Feed[] =>
  rows.chatsOf(did, accepted, page).map((chat) => feedOf(rows, chat, did));

/** The newest message's id, and whether the account has accepted the chat. */
export function headOf(rows: StoreReader, did: Did, recipient: string): ConversationHead {
  const chat = findChat(rows, did, recipient);
  return chat ? { threadHash: chat.head, intent: chat.accepted.includes(did) } : { threadHash: null, intent: false };
}

/** @throws {PushChatError} `NotFound` */
export function requireBlock(rows: StoreReader, cid: string): Block {
  const block = rows.block(cid);
  if (!block) throw new PushChatError('NotFound', 'There is no message of this id.');
  return block;
}

const messageOf = (rows: StoreReader, cid: string): StoredMessage => ({ ...requireBlock(rows, cid), cid });

/** Messages from the named one backwards along their links. */
export function historyOf(rows: StoreReader, cid: string, limit: number): StoredMessage[] {
  const messages: StoredMessage[] = [];
  for (let next: string | null = cid; next !== null && messages.length < limit;) {
    const message: StoredMessage = messageOf(rows, next);
    messages.push(message);
    next = message.link;
  }
  return messages;
}

/** How an account and a recipient stand (protocol 4.3); null for a chat id that is not one of the account's. */
export function chatInfo(rows: StoreReader, spelled: string, recipient: string): object | null {
  const did = parseDid(spelled);
  const chat = findChat(rows, did, recipient);
  if (!chat) return isChatId(recipient) ? null : { meta: null, list: 'UNINITIALIZED', participants: [], chatId: null };
  const users = chat.members.map((member) => requireUser(rows, member));
  return {
    meta: {
      group: false,
      groupInfo: null,
      recipients: users.map((pushUser) => ({ participantId: pushUser.did, pushUser })),
      encrypted: users.every(({ publicKey }) => publicKey !== ''),
      visibility: false,
    },
    list: chat.accepted.includes(did) ? 'CHATS' : 'REQUESTS',
    // The official client takes for the peer whoever is spelled differently from itself.
    participants: users.map((user) => (sameDid(user.did, did) ? spelled : user.did)),
    chatId: chat.chatId,
  };
}
