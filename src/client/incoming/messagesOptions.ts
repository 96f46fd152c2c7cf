import type { Did } from '../../protocol/did.ts';
import type { MessageContent } from '../../protocol/messageContent.ts';
import type { IncomingState } from './incomingMessage.ts';

/** A stranger's request, as it is put to an accept policy. */
export interface IncomingRequest {
  readonly peer: Did;
  /** The newest message of it; undefined where it did not pass its checks. */
  readonly content: MessageContent | undefined;
  /** Its words. */
  readonly text: string;
}

/** Whose requests are accepted: everybody's, nobody's, those of some accounts, or as a function says. */
export type AcceptPolicy =
  'all' | 'none' | readonly string[] | ((request: IncomingRequest) => boolean | Promise<boolean>);

export interface MessagesOptions<State extends IncomingState = 'verified'> {
  /**
   * Where to begin when nothing is kept under `name`: with what comes from now on, with all that there is, at a time, or
   * after a message (its `cursor`, which counts more than what is kept). Requests that nobody has answered are new.
   * @default 'now'
   */
  readonly from?: 'now' | 'beginning' | Date | (string & {}) | undefined;
  /** @default 'none' */
  readonly accept?: AcceptPolicy | undefined;
  /** Whether messages of requests that are not accepted come too. @default false */
  readonly requests?: boolean | undefined;
  /** What comes at all. Who acts on messages wants those that a wallet vouches for. @default ['verified'] */
  readonly states?: readonly State[] | undefined;
  /**
   * Under which the client's `storage` keeps what was handled, so that the next run goes on there; `null` for nowhere.
   * Each loop of a program needs a name of its own.
   * @default 'bot'
   */
  readonly name?: string | null | undefined;
  /** Ends the loop where it waits. */
  readonly signal?: AbortSignal | undefined;
}
