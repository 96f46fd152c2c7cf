import type { Peer } from '../../protocol/peer.ts';
import type { OpenedItem } from '../state.ts';
import type { NotificationChoices } from './notificationSettings.ts';

/** A verified message that the user is to hear of, in this tab and no other. */
export interface MessageNotification {
  readonly peer: Peer;
  /** Of a group, its name as one of its admins signed it; absent where nobody’s signature is known. */
  readonly groupName?: string;
  readonly item: OpenedItem;
  /** Unread messages of this chat. */
  readonly unread: number;
  /** Names the chat and says nothing of it: a later notification of the same tag takes the place of an earlier one. */
  readonly tag: string;
  readonly settings: NotificationChoices;
}
