import type { ComponentType, HTMLAttributes, ReactNode } from 'react';
import type { ThreadNotice } from '../../client/notices.ts';
import type { ChatSummary, FailedItem, ThreadItem } from '../../client/state.ts';
import type { Peer } from '../../protocol/peer.ts';

/**
 * Parts that a page may dress. One name each, everywhere: `data-pc-part` in the markup, and the key of `classNames`,
 * `slotProps` and `slots`.
 */
export type PartName =
  | 'account'
  | 'bubble'
  | 'chatItem'
  | 'chats'
  | 'composer'
  | 'createGroup'
  | 'day'
  | 'field'
  | 'groupLine'
  | 'header'
  | 'inbox'
  | 'launcher'
  | 'launcherButton'
  | 'log'
  | 'notice'
  | 'notification'
  | 'notificationSettings'
  | 'notifications'
  | 'panel'
  | 'popover'
  | 'requestItem'
  | 'requests'
  | 'send'
  | 'text'
  | 'thread'
  | 'unlock'
  | 'window';

/** Attributes, styles and handlers for a part. A handler is called before ours, which `preventDefault()` then leaves out. */
export type PartProps = Omit<HTMLAttributes<HTMLElement>, 'children' | 'dangerouslySetInnerHTML'> &
  Readonly<Record<`data-${string}`, string | undefined>>;

/** What a page may put in the place of a part, and what it is given there. */
export interface Slots {
  /** An account's picture. Nothing of a stranger is given here. */
  readonly avatar: ComponentType<AvatarProps>;
  /** One message of the thread. Pass what you do not use on to a `ChatBubble`: focus and keys depend on it. */
  readonly bubble: ComponentType<BubbleProps>;
  /** One row of the chat list, inside its `li`. Draw one button. */
  readonly chatItem: ComponentType<ChatListItemProps>;
  /** What stands below the thread: the field, or what stands before it. */
  readonly composer: ComponentType<HTMLAttributes<HTMLDivElement>>;
  /** A day between messages. */
  readonly day: ComponentType<DayProps>;
  readonly header: ComponentType<HeaderProps>;
  /** A card about the thread, such as that a key changed or that messages may be missing. */
  readonly notice: ComponentType<NoticeProps>;
  /** One stranger's request, inside its `li`. */
  readonly requestItem: ComponentType<RequestItemProps>;
  /** What stands in the place of everything until the chat is unlocked. */
  readonly unlock: ComponentType;
}

export interface AvatarProps {
  /** The account or group. */
  readonly did: Peer;
  /** A `data:` picture from the profile instead of the pattern. */
  readonly picture?: string | null | undefined;
  /** Pixels. @default 36 */
  readonly size?: number;
}

/** What was said to a message by one emoji. */
export interface BubbleReaction {
  readonly emoji: string;
  readonly mine: boolean;
  readonly theirs: boolean;
}

/** What a user can do about a message of theirs that was not sent. */
export interface FailedMessageCallbacks {
  /** Sends the failed message again. */
  readonly onRetry?: ((id: string) => void) | undefined;
  /** Takes a failed text back into the composer. */
  readonly onEdit?: ((item: FailedItem) => void) | undefined;
  /** Throws the failed message away. */
  readonly onDiscard?: ((id: string) => void) | undefined;
}

export interface BubbleProps extends HTMLAttributes<HTMLDivElement>, FailedMessageCallbacks {
  readonly item: ThreadItem;
  /** Its place among messages of one sender that stand together. @default 'only' */
  readonly joined?: 'only' | 'first' | 'middle' | 'last' | undefined;
  /** The message that this one answers. */
  readonly quoted?: ThreadItem | undefined;
  /** Goes to the message that a reply answers. */
  readonly onQuote?: ((id: string) => void) | undefined;
  /** What was said to it by emoji. */
  readonly reactions?: readonly BubbleReaction[] | undefined;
  /** The user wants to say the same. */
  readonly onReact?: ((emoji: string) => void) | undefined;
  /** Who wrote it, where that has to be said: in a group. */
  readonly sender?: ReactNode;
  /** What became of an own message that a node has. */
  readonly delivery?: 'sent' | 'read' | undefined;
  /** The same in a group, in its place: who says to have read it. */
  readonly readers?: ReactNode;
  /** Stands beside it, such as a menu. */
  readonly actions?: ReactNode;
  /** Draws words only, no link, picture or file: for strangers. @default false */
  readonly guarded?: boolean | undefined;
}

export interface ChatListItemProps {
  readonly chat: ChatSummary;
  readonly selected: boolean;
  /** The user chose it. */
  readonly onSelect: ((peer: Peer) => void) | undefined;
}

export interface DayProps {
  /** Milliseconds since the epoch, at any time of the day. */
  readonly timestamp: number;
}

export interface HeaderProps extends HTMLAttributes<HTMLDivElement> {
  /** Stands before the avatar, such as a way back. */
  readonly start?: ReactNode;
}

export interface NoticeProps {
  readonly code: ShownNotice;
  /** How many messages are missing, where that is known. */
  readonly missing?: number | undefined;
}

/** Two people who wrote at once is no news to either. */
export type ShownNotice = Exclude<ThreadNotice['code'], 'ChainFork'> | 'EncryptedFromHere';

export interface RequestItemProps {
  readonly request: ChatSummary;
  /** The user wants to read it whole. */
  readonly onSelect: ((peer: Peer) => void) | undefined;
}

/** How a page changes parts, from the weakest to the strongest; theme tokens come before, headless hooks after. */
export interface Overrides {
  /** Classes beside ours. */
  readonly classNames?: Readonly<Partial<Record<PartName, string>>> | undefined;
  /** Attributes, styles and handlers beside ours. */
  readonly slotProps?: Readonly<Partial<Record<PartName, PartProps>>> | undefined;
  /** Components in the place of ours; define them outside of render, so that they keep their state. */
  readonly slots?: Readonly<Partial<Slots>> | undefined;
}
