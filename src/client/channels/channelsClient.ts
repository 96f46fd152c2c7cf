import type { ReadonlyStore } from '../store.ts';
import type { NotificationBox, ChannelsState } from './channelsState.ts';

/** The notifications of an account, and the channels that send them. `channel` is any spelling of an account. */
export interface ChannelsClient {
  readonly store: ReadonlyStore<ChannelsState>;
  /**
   * Reads both boxes and the subscriptions of the unlocked account and listens for more, until every caller has called the
   * returned stop. The state says how it goes.
   */
  readonly follow: () => () => void;
  /** Reads the next page of a box; its first again after a failure. */
  readonly load: (box: NotificationBox) => Promise<void>;
  /**
   * Subscribes to a channel, signed by the chat key: no wallet is asked.
   * @throws {PushChatError} `SessionLocked`, `InvalidAddress`, `NotPermitted`, and what the node or network says
   */
  readonly optIn: (channel: string) => Promise<void>;
  /** Ends a subscription. @throws {PushChatError} as `optIn` */
  readonly optOut: (channel: string) => Promise<void>;
}
