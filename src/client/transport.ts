import type { Route } from '../protocol/routes.ts';
import type { Connection } from './state.ts';

export interface LiveListener {
  /** An untrusted payload of the `CHATS` event. */
  readonly event: (payload: unknown) => void;
  readonly status: (connection: Exclude<Connection, 'idle'>) => void;
}

/** The way to one Push Node. */
export interface Transport {
  /**
   * @returns the parsed, untrusted answer
   * @throws {PushChatError} `NetworkUnavailable`, `NetworkTimeout`, `NodeError`, or what the node says
   */
  readonly request: (route: Route, body?: object) => Promise<unknown>;
  /** Listens for one account until the returned stop is called; reconnects by itself. */
  readonly subscribe: (did: string, listener: LiveListener) => () => void;
}
