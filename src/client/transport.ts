import type { Route } from '../protocol/routes.ts';
import type { Connection } from './state.ts';

export interface LiveListener {
  /** An untrusted payload of the `CHATS` event. */
  readonly event: (payload: unknown) => void;
  /** An untrusted payload of the `CHAT_GROUPS` event. */
  readonly groupEvent?: (payload: unknown) => void;
  readonly status: (connection: Exclude<Connection, 'idle'>) => void;
  /** Answers a node that asks who listens. @returns nothing where that cannot be answered */
  readonly prove?: (challenge: unknown) => Promise<string | undefined>;
}

export interface FeedListener extends Pick<LiveListener, 'status' | 'prove'> {
  /** An untrusted notification of a channel. */
  readonly notified: (box: 'inbox' | 'spam', payload: unknown) => void;
}

/** The way to one Push Node. */
export interface Transport {
  /** Name and port of the node, as it is called through this way: part of what an account signs to read there. */
  readonly host?: string;
  /**
   * @param token by which the node knows who reads, where it wants to
   * @returns the parsed, untrusted answer
   * @throws {PushChatError} `NetworkUnavailable`, `NetworkTimeout`, `NodeError`, or what the node says
   */
  readonly request: (route: Route, body?: object, token?: string) => Promise<unknown>;
  /** Listens for one account until the returned stop is called; reconnects by itself. */
  readonly subscribe: (did: string, listener: LiveListener) => () => void;
  /** The same for notifications of channels, where this way has any. */
  readonly subscribeFeeds?: (account: string, listener: FeedListener) => () => void;
}
