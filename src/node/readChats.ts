import { asPushChatError, PushChatError } from '../errors.ts';
import { combinedDid } from '../protocol/chatId.ts';
import { isChatId, parseDid, sameDid, type Did } from '../protocol/did.ts';
import type { ConversationHead, Feed, StoredMessage } from '../protocol/payload.ts';
import { groupChatInfo, groupFeed, groupHead } from './groups/readGroups.ts';
import { intentOf } from './parties.ts';
import type { Rows } from './store/store.ts';
import { actOf } from './tables/acts.ts';
import { chatBetween, chatOfId, chatOfThread, threadsOf, type ChatRow, type Page } from './tables/chats.ts';
import { groupOf } from './tables/groups.ts';
import { aliasOf, idsBack, positionOf, requireBlock } from './tables/messages.ts';
import { requireUser } from './tables/users.ts';

/** The chat that an account has with a recipient: another account, or the chat's own id. */
async function findChat(rows: Rows, did: Did, recipient: string): Promise<ChatRow | undefined> {
  if (!isChatId(recipient)) return chatBetween(rows, did, parseDid(recipient));
  const chat = await chatOfId(rows, recipient);
  return chat?.members.includes(did) ? chat : undefined;
}

/** One row of a list, as `did` sees the chat (protocol 4.2). */
async function feedOf(rows: Rows, chat: ChatRow, did: Did): Promise<Feed> {
  const { chatId, members, requester, requestedAt, accepted, head } = chat;
  const peer = await requireUser(rows, peerOf(chat, did));
  return {
    msg: await messageOf(rows, head),
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
export async function listFeeds(rows: Rows, did: Did, accepted: boolean, page: Page): Promise<Feed[]> {
  const feeds: Feed[] = [];
  for (const thread of await threadsOf(rows, did, accepted, page)) {
    const chat = await chatOfThread(rows, thread);
    const feed = chat ? await feedOf(rows, chat, did) : await groupFeed(rows, thread, did);
    if (feed) feeds.push(feed);
  }
  return feeds;
}

/** One chat or group of an account, as its lists have it. */
export async function findFeed(rows: Rows, did: Did, recipient: string): Promise<Feed | undefined> {
  const chat = await findChat(rows, did, recipient);
  if (chat) return feedOf(rows, chat, did);
  return isChatId(recipient) ? groupFeed(rows, recipient, did) : undefined;
}

/** The newest message's id, and whether the account has accepted the chat. */
export async function headOf(rows: Rows, did: Did, recipient: string): Promise<ConversationHead> {
  if (isChatId(recipient) && (await groupOf(rows, recipient))) return groupHead(rows, recipient, did);
  const chat = await findChat(rows, did, recipient);
  return chat ? { threadHash: chat.head, intent: chat.accepted.includes(did) } : { threadHash: null, intent: false };
}

const messageOf = async (rows: Rows, cid: string): Promise<StoredMessage> => ({
  ...(await requireBlock(rows, cid)),
  cid,
});

/**
 * Messages from the named one backwards, as far as its chat goes. One that was damaged where it is kept is left out, and
 * hides none of the others (security DU-04); readers see by the links that it is missing.
 * @param report hears of damaged ones
 */
export async function historyOf(
  rows: Rows,
  cid: string,
  limit: number,
  report: (error: PushChatError) => void,
): Promise<StoredMessage[]> {
  const alias = await aliasOf(rows, cid);
  const first = (alias && (await actOf(rows, alias))) ?? cid;
  const position = await positionOf(rows, first);
  if (!position) throw new PushChatError('NotFound', 'There is no message of this id.');
  const chat = await chatOfThread(rows, position.thread);
  // A chat that was rejected and asked for anew shares its thread with the one before.
  const since = chat && position.timestamp >= chat.requestedAt ? chat.requestedAt : undefined;
  const messages: StoredMessage[] = [];
  for (const id of await idsBack(rows, position, first, limit)) {
    const message = await messageOf(rows, id).catch((error: unknown) => report(asPushChatError(error)));
    if (!message) continue;
    if (since !== undefined && message.timestamp < since) break;
    messages.push(message);
    if (since === undefined && message.link === null && !isChatId(position.thread)) break;
  }
  return messages;
}

/** How an account and a recipient stand (protocol 4.3); null for a chat id that is not one of the account's. */
export async function chatInfo(rows: Rows, spelled: string, recipient: string): Promise<object | null> {
  const did = parseDid(spelled);
  const group = isChatId(recipient) ? await groupOf(rows, recipient) : undefined;
  if (group) return groupChatInfo(rows, group, did);
  const chat = await findChat(rows, did, recipient);
  if (!chat) return isChatId(recipient) ? null : { meta: null, list: 'UNINITIALIZED', participants: [], chatId: null };
  const users = await Promise.all(chat.members.map((member) => requireUser(rows, member)));
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
