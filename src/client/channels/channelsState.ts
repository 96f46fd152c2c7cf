import type { ErrorCode } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import type { Notification } from '../../protocol/notifications/notification.ts';
import type { Loading } from '../state.ts';

/** What an account asked for, and what it did not. */
export type NotificationBox = 'inbox' | 'spam';

interface ItemBase {
  readonly id: string;
  /** Who sent it. */
  readonly channel: Did;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
}

/** A notification that was checked as messages are; only what passed says anything. */
export type ChannelNotification = ItemBase &
  (
    | {
        readonly state: 'verified' | 'signed';
        readonly content: Notification;
        /** Names the signed act. */
        readonly digest: string;
        /** Who vouches for it: the channel's wallet, its chat key, or a blockchain. */
        readonly signedBy: 'wallet' | 'key' | 'chain';
      }
    | { readonly state: 'quarantined'; readonly reason: ErrorCode }
    /** Only a blockchain could tell, and none was asked. */
    | { readonly state: 'unchecked' }
  );

export interface BoxState {
  /** Newest first. */
  readonly items: readonly ChannelNotification[];
  readonly loading: Loading;
  /** Next page to load; null when all are here. */
  readonly nextPage: number | null;
}

export interface ChannelsState {
  readonly inbox: BoxState;
  readonly spam: BoxState;
  /** The channels that the account subscribes to; undefined until they were read. */
  readonly channels: readonly Did[] | undefined;
}

const EMPTY_BOX: BoxState = { items: [], loading: { status: 'idle' }, nextPage: 1 };

export const NO_CHANNELS: ChannelsState = { inbox: EMPTY_BOX, spam: EMPTY_BOX, channels: undefined };
