import { combinedDid } from '../../protocol/chatId.ts';
import type { Did } from '../../protocol/did.ts';
import { table, type Rows, type WritableRows } from '../store/store.ts';
import { keyOf, sortable } from './keys.ts';

/** A one-to-one chat, from its request on. */
export interface ChatRow {
  readonly chatId: string;
  /** Both accounts in plain string order. */
  readonly members: readonly [Did, Did];
  readonly requester: Did;
  readonly requestedAt: number;
  /** The requester, and the other account once it accepted. */
  readonly accepted: readonly Did[];
  /** CID of the newest message; from there every `link` leads to the one before. */
  readonly head: string;
}

export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** By `combinedDid`, which also names the chat's thread. */
const CHATS = table<ChatRow>('chat');
/** Threads by chat id. */
const CHAT_IDS = table<string>('chatId');
/** Threads of an account, by whether it accepted them and when they began. */
const LISTS = table<string>('list');

export const chatBetween = (rows: Rows, a: Did, b: Did): Promise<ChatRow | undefined> =>
  rows.get(CHATS, combinedDid(a, b));

export const chatOfThread = (rows: Rows, thread: string): Promise<ChatRow | undefined> => rows.get(CHATS, thread);

export async function chatOfId(rows: Rows, chatId: string): Promise<ChatRow | undefined> {
  const thread = await rows.get(CHAT_IDS, chatId);
  return thread === undefined ? undefined : chatOfThread(rows, thread);
}

/** Where an account's lists have a thread. */
export interface Listing {
  readonly did: Did;
  readonly accepted: boolean;
  /** Milliseconds since the epoch. */
  readonly since: number;
  readonly thread: string;
}

/** Threads that the account accepted, or those that wait for its answer; the newest request first. */
export async function threadsOf(rows: Rows, did: Did, accepted: boolean, page: Page): Promise<readonly string[]> {
  const listed = await rows.list(LISTS, { prefix: keyOf(did, listName(accepted), ''), descending: true, ...page });
  return listed.map(({ value }) => value);
}

export const list = (rows: WritableRows, listing: Listing): Promise<void> =>
  rows.put(LISTS, listKey(listing), listing.thread);

export const unlist = (rows: WritableRows, listing: Listing): Promise<void> => rows.delete(LISTS, listKey(listing));

const listKey = ({ did, accepted, since, thread }: Listing): string =>
  keyOf(did, listName(accepted), sortable(since), thread);

const listName = (accepted: boolean): string => (accepted ? 'chats' : 'requests');

export async function saveChat(rows: WritableRows, chat: ChatRow): Promise<void> {
  const thread = combinedDid(...chat.members);
  const before = await rows.get(CHATS, thread);
  await rows.put(CHATS, thread, chat);
  if (before && JSON.stringify(standing(before)) === JSON.stringify(standing(chat))) return;
  if (before) for (const listing of listingsOf(before)) await unlist(rows, listing);
  for (const listing of listingsOf(chat)) await list(rows, listing);
  await rows.put(CHAT_IDS, chat.chatId, thread);
}

/** Lets another id of a pair's chat name it: nodes that were apart gave it different ones. */
export const saveChatId = (rows: WritableRows, chatId: string, thread: string): Promise<void> =>
  rows.put(CHAT_IDS, chatId, thread);

/** Everything but the head, which moves with every message and which no list depends on. */
const standing = ({ head: _head, ...rest }: ChatRow): Omit<ChatRow, 'head'> => rest;

/** Forgets the chat but not its blocks, which stay what their CIDs name, nor its id, which still names the pair. */
export async function deleteChat(rows: WritableRows, chat: ChatRow): Promise<void> {
  for (const listing of listingsOf(chat)) await unlist(rows, listing);
  await rows.delete(CHATS, combinedDid(...chat.members));
}

const listingsOf = ({ members, accepted, requestedAt }: ChatRow): Listing[] =>
  members.map((did) => ({
    did,
    accepted: accepted.includes(did),
    since: requestedAt,
    thread: combinedDid(...members),
  }));
