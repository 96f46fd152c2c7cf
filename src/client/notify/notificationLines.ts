import type { MessageContent } from '../../protocol/messageContent.ts';
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
  /** A name that the host vouches for; never what an account calls itself. */
  readonly name?: string | null;
  /** @default English */
  readonly texts?: NotificationTexts;
}

/**
 * The lines of a notification. Without the user's word for it they hold nothing of the message; with it, its words as one
 * bounded line without control, invisible or bidirectional characters (security UI-17).
 */
export function notificationLines(
  { peer, item, unread, settings }: Pick<MessageNotification, 'peer' | 'item' | 'unread' | 'settings'>,
  { name, texts = ENGLISH_TEXTS }: NotificationWords = {},
): NotificationLines {
  const shown = plainLine(name ?? '', LONGEST_NAME) || shortName(peer);
  if (!settings.text) return { title: texts.from(shown, unread), body: '' };
  return { title: shown, body: plainLine(wordsIn(item.content) ?? '', LONGEST_TEXT) || texts.other };
}

function wordsIn(content: MessageContent): string | undefined {
  if (content.type === 'Text') return content.content;
  return content.type === 'Reply' ? wordsIn(content.content) : undefined;
}
