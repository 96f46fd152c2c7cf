import type { MessageContent } from '../../protocol/messageContent.ts';
import { isGroupId, type Peer } from '../../protocol/peer.ts';
import { plainLine } from '../../protocol/plainLine.ts';
import { shortName } from './shortName.ts';
import type { MessageNotification } from './messageNotification.ts';

/** What a notification says, in the language of the page. */
export interface NotificationTexts {
  /** Such as “New message from 0x8f3C…b2A1”. */
  readonly from: (name: string, unread: number) => string;
  /** For a message without words, such as a picture. */
  readonly other: string;
}

/** In English, for those who have no other. */
export const ENGLISH_TEXTS: NotificationTexts = {
  from: (name, unread) => (unread > 1 ? `${unread} new messages from ${name}` : `New message from ${name}`),
  other: 'New message',
};

/** What the system shows: two lines that are nothing but characters. */
export interface NotificationLines {
  readonly title: string;
  readonly body: string;
}

const LONGEST_NAME = 48;
const LONGEST_TEXT = 160;

/** Who wrote, and the words around it. */
export interface NotificationWords {
  /** A name of the chat that the host vouches for; never what an account calls itself. */
  readonly name?: string | null;
  /** In a group: such a name of who wrote. */
  readonly senderName?: string | null;
  /** @default English */
  readonly texts?: NotificationTexts;
}

/**
 * The lines of a notification. Without the user's word for it they hold nothing of the message; with it, its words as one
 * bounded line without control, invisible or bidirectional characters (security UI-17).
 */
export function notificationLines(
  { peer, groupName, item, unread, settings }: Omit<MessageNotification, 'tag'>,
  { name, senderName, texts = ENGLISH_TEXTS }: NotificationWords = {},
): NotificationLines {
  const { sender } = item;
  const chat = chatName(peer, name ?? groupName);
  const writer = isGroupId(peer) && sender ? plainLine(senderName ?? '', LONGEST_NAME) || shortName(sender) : undefined;
  // Who wrote stands first, so that no group's name passes for somebody's.
  const shown = writer === undefined ? chat : `${writer} · ${chat}`;
  if (!settings.text) return { title: texts.from(unread > 1 ? chat : shown, unread), body: '' };
  return { title: shown, body: plainLine(wordsIn(item.content) ?? '', LONGEST_TEXT) || texts.other };
}

/** What a notification calls a chat: a name as one bounded line, or who or what it is with. */
export const chatName = (peer: Peer, name: string | null | undefined): string =>
  plainLine(name ?? '', LONGEST_NAME) || shortName(peer);

function wordsIn(content: MessageContent): string | undefined {
  if (content.type === 'Text') return content.content;
  return content.type === 'Reply' ? wordsIn(content.content) : undefined;
}
