import type { Did } from '../protocol/did.ts';
import type { MessageBody, WireUser } from '../protocol/payload.ts';

/** What a message's CID names: the body as its sender posted it, and what the node adds (protocol 3.8). */
export interface Block extends MessageBody {
  readonly timestamp: number;
  /** CID of the message before; null for the first of a chat. */
  readonly link: string | null;
}

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

export interface StoreReader {
  readonly user: (did: Did) => WireUser | undefined;
  readonly chat: (chatId: string) => ChatRow | undefined;
  readonly chatBetween: (a: Did, b: Did) => ChatRow | undefined;
  /** Chats that the account accepted, or those that wait for its answer; the newest request first. */
  readonly chatsOf: (did: Did, accepted: boolean, page: Page) => readonly ChatRow[];
  readonly block: (cid: string) => Block | undefined;
  /** What a signed act made when it was done: an id, or an empty text; undefined when it was never done. */
  readonly act: (digest: string) => string | undefined;
}

export interface StoreWriter extends StoreReader {
  readonly saveUser: (did: Did, user: WireUser) => void;
  readonly saveChat: (chat: ChatRow) => void;
  /** Forgets the chat but not its blocks, which stay what their CIDs name. */
  readonly deleteChat: (chat: ChatRow) => void;
  readonly saveBlock: (cid: string, block: Block) => void;
  readonly saveAct: (digest: string, made: string) => void;
}

/**
 * Everything a Push Node remembers. Queries and changes are synchronous functions, so that nothing can come between
 * what one reads and what it writes: a thread's head is compared and set simply by reading it first.
 */
export interface NodeStore {
  readonly read: <Result>(query: (rows: StoreReader) => Result) => Promise<Result>;
  /** One transaction: alone, whole or not at all, and durable before it resolves. Transactions resolve in their order. */
  readonly write: <Result>(change: (rows: StoreWriter) => Result) => Promise<Result>;
  readonly close: () => void;
}
