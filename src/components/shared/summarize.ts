import type { ThreadItem } from '../../client/state.ts';
import type { MessageContent } from '../../protocol/messageContent.ts';
import { plainLine } from './plainLine.ts';

/** How much of a text a preview shows at most. */
const LONGEST = 240;

const NOUNS = {
  Image: 'Picture',
  Audio: 'Voice message',
  Video: 'Video',
  File: 'File',
  MediaEmbed: 'Link',
  GIF: 'GIF',
} as const;

const EVENTS: Readonly<Record<string, string>> = {
  ACCEPT_INTENT: 'Accepted the request',
  REJECT_INTENT: 'Rejected the request',
  JOIN_GROUP: 'Joined the group',
  LEAVE_GROUP: 'Left the group',
};

/** What a message says, as one inert line: no link, no picture, no line break. */
export function summarizeContent(content: MessageContent): string {
  switch (content.type) {
    case 'Text':
      return plainLine(content.content, LONGEST);
    case 'Reaction':
      return `Reacted ${plainLine(content.content, 16)}`;
    case 'Receipt':
      return 'Read';
    case 'Reply':
      return summarizeContent(content.content);
    case 'Composite':
      return plainLine(content.content.slice(0, 8).map(summarizeContent).join(' · '), LONGEST);
    case 'Meta':
    case 'UserActivity':
    case 'Intent':
      return EVENTS[content.content] ?? sentence(content.content || 'Answered');
    default:
      return NOUNS[content.type];
  }
}

/** ADD_MEMBER to Add member. */
function sentence(name: string): string {
  const words = name.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The same for whatever became of a message; a hidden one never shows its text. */
export function summarizeItem(item: ThreadItem): string {
  if (item.state === 'quarantined') return 'Message hidden';
  if (item.state === 'undecryptable') return 'Can’t be opened here';
  return summarizeContent(item.content);
}
