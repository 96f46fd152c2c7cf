import type { Did } from '../protocol/did.ts';
import { combinedDid } from '../protocol/chatId.ts';
import type { WireUser } from '../protocol/payload.ts';
import type { Block, ChatRow, NodeStore, StoreWriter } from './store.ts';

/** A store that forgets everything when its page or program ends. */
export function createMemoryStore(): NodeStore {
  const undo: (() => void)[] = [];
  const users = createTable<WireUser>(undo);
  const chats = createTable<ChatRow>(undo);
  const chatIdsOfPair = createTable<string>(undo);
  const chatIdsOfUser = createTable<readonly string[]>(undo);
  const blocks = createTable<Block>(undo);
  const acts = createTable<string>(undo);

  const chat = (chatId: string | undefined): ChatRow | undefined =>
    chatId === undefined ? undefined : chats.get(chatId);
  const idsOf = (did: Did): readonly string[] => chatIdsOfUser.get(did) ?? [];

  const rows: StoreWriter = {
    user: users.get,
    chat,
    chatBetween: (a, b) => chat(chatIdsOfPair.get(combinedDid(a, b))),
    chatsOf: (did, accepted, { offset, limit }) =>
      idsOf(did)
        .flatMap((id) => chats.get(id) ?? [])
        .filter((row) => row.accepted.includes(did) === accepted)
        .reverse()
        .sort((a, b) => b.requestedAt - a.requestedAt)
        .slice(offset, offset + limit),
    block: blocks.get,
    act: acts.get,
    saveUser: users.set,
    saveChat: (row) => {
      if (!chats.get(row.chatId)) for (const did of row.members) chatIdsOfUser.set(did, [...idsOf(did), row.chatId]);
      chats.set(row.chatId, row);
      chatIdsOfPair.set(combinedDid(...row.members), row.chatId);
    },
    deleteChat: ({ chatId, members }) => {
      chats.set(chatId, undefined);
      chatIdsOfPair.set(combinedDid(...members), undefined);
      for (const did of members)
        chatIdsOfUser.set(
          did,
          idsOf(did).filter((id) => id !== chatId),
        );
    },
    saveBlock: blocks.set,
    saveAct: acts.set,
  };

  return {
    read: (query) => new Promise((resolve) => resolve(query(rows))),
    write: (change) => new Promise((resolve) => resolve(wholeOrNot(undo, () => change(rows)))),
    close: () => undefined,
  };
}

function wholeOrNot<Result>(undo: (() => void)[], change: () => Result): Result {
  try {
    return change();
  } catch (error) {
    for (const step of undo.toReversed()) step();
    throw error;
  } finally {
    undo.length = 0;
  }
}

interface Table<Value> {
  readonly get: (key: string) => Value | undefined;
  readonly set: (key: string, value: Value | undefined) => void;
}

/** A map whose every change can be taken back. */
function createTable<Value>(undo: (() => void)[]): Table<Value> {
  const values = new Map<string, Value>();
  const put = (key: string, value: Value | undefined): void => {
    if (value === undefined) values.delete(key);
    else values.set(key, value);
  };
  return {
    get: (key) => values.get(key),
    set: (key, value) => {
      const before = values.get(key);
      undo.push(() => {
        put(key, before);
      });
      put(key, value);
    },
  };
}
