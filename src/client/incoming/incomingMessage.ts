import type { ErrorCode } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import type { MessageContent, PlainContent } from '../../protocol/messageContent.ts';
import type { Peer } from '../../protocol/peer.ts';
import type { SendOptions } from '../sendOptions.ts';
import type { OpenedItem, QuarantinedItem, UndecryptableItem } from '../state.ts';

/** How far a message that is handed out can be trusted; the words of a thread's items. */
export type IncomingState = 'verified' | 'signed' | 'undecryptable' | 'quarantined';

interface IncomingBase {
  /** Under which the node stored it. */
  readonly id: string;
  /** The chat that it came in, and that is answered: an account, or a group by its chat id. */
  readonly peer: Peer;
  readonly isGroup: boolean;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  /** Whether the peer still waits for an answer to their request. */
  readonly isRequest: boolean;
  /**
   * Where to go on after this message: pass it as `from` to a later call. For programs that keep it in a database of
   * theirs, in one transaction with what the message made them do. Read it before the next message is asked for.
   */
  readonly cursor: string;
  /**
   * Answers this message. Under a durable `storage`, and while messages are kept under a `name`, the nth answer to a
   * message is sent once, ever: after a crash the same call gives the id of what was sent before it.
   * @param answer words, or what `defineContent` made
   * @returns the id under which the node stored it
   * @throws {PushChatError} as `sendMessage`: in a private group `MembersUnconfirmed`, with `concerns`, until `acceptMembers`
   *   agrees to each by name; `NotMember` for who is out of it by now
   */
  readonly reply: (answer: string | PlainContent, options?: SendOptions) => Promise<string>;
  /** Says one of the nine emoji to it; sent once, as `reply`. */
  readonly react: (emoji: string) => Promise<string>;
  /** Writes to any account or group because of this message; sent once, as `reply`. */
  readonly send: (peer: string, content: MessageContent, options?: SendOptions) => Promise<string>;
  /** Accepts the peer's request. @throws {PushChatError} `NotFound` for a message of a group */
  readonly accept: () => Promise<void>;
  /** @throws {PushChatError} `NotFound` for a message of a group */
  readonly reject: () => Promise<void>;
  /** Says that it is handled, before the next one is asked for: it does not come again, whatever happens from now on. */
  readonly done: () => Promise<void>;
}

/** A message that passed its checks. */
export interface ReadableMessage<State extends 'verified' | 'signed' = 'verified' | 'signed'> extends IncomingBase {
  readonly state: State;
  /** Who wrote it: in a group one of its members. */
  readonly sender: Did;
  readonly content: MessageContent;
  /** Its words, those of a reply too; empty for pictures, files, reactions and the like. */
  readonly text: string;
  readonly encrypted: boolean;
  readonly item: OpenedItem;
}

/** A message that did not, and why. */
export interface UnreadableMessage<
  State extends 'undecryptable' | 'quarantined' = 'undecryptable' | 'quarantined',
> extends IncomingBase {
  readonly state: State;
  /** Who signed it, where that is known. */
  readonly sender: Did | null;
  readonly reason: ErrorCode;
  readonly item: UndecryptableItem | QuarantinedItem;
}

export type IncomingMessage<State extends IncomingState = IncomingState> = State extends 'verified' | 'signed'
  ? ReadableMessage<State>
  : State extends 'undecryptable' | 'quarantined'
    ? UnreadableMessage<State>
    : never;

/** What a message says in words. */
export function wordsOf(content: MessageContent): string {
  if (content.type === 'Text') return content.content;
  return content.type === 'Reply' && content.content.type === 'Text' ? content.content.content : '';
}
