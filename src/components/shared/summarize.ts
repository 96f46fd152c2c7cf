import type { ThreadItem } from '../../client/state.ts';
import type { MessageContent } from '../../protocol/messageContent.ts';
import { wordsOf } from '../ChatBubble/parseMarks.ts';
import { plainLine } from './plainLine.ts';
import type { Translate } from '../text/useText.ts';

/** How much of a text a preview shows at most. */
const LONGEST = 240;

const EVENTS = ['ACCEPT_INTENT', 'REJECT_INTENT', 'JOIN_GROUP', 'LEAVE_GROUP'] as const;

/** What a message says, as one inert line: no link, no picture, no line break. */
export function summarizeContent(content: MessageContent, t: Translate): string {
  switch (content.type) {
    case 'Text':
      return plainLine(wordsOf(content.content.slice(0, LONGEST * 4 + 1)), LONGEST);
    case 'Reaction':
      return t('said.reacted', { emoji: plainLine(content.content, 16) });
    case 'Receipt':
      return t('said.read');
    case 'Reply':
      return summarizeContent(content.content, t);
    case 'Composite':
      return plainLine(
        content.content
          .slice(0, 8)
          .map((part) => summarizeContent(part, t))
          .join(' · '),
        LONGEST,
      );
    case 'Meta':
    case 'UserActivity':
    case 'Intent':
      return describeEvent(content.content, t);
    default:
      return t(`kind.${content.type}`);
  }
}

function describeEvent(name: string, t: Translate): string {
  const known = EVENTS.find((event) => event === name);
  if (known) return t(`said.${known}`);
  return name === '' ? t('said.answered') : sentence(name);
}

/** ADD_MEMBER to Add member. */
function sentence(name: string): string {
  const words = name.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The words of a message, as written; undefined where it has none. */
export function textOf(content: MessageContent): string | undefined {
  if (content.type === 'Text') return content.content;
  if (content.type === 'Reply') return textOf(content.content);
  return content.type === 'MediaEmbed' && !content.content.startsWith('data:') ? content.content : undefined;
}

/** The same for whatever became of a message; a hidden one never shows its text. */
export function summarizeItem(item: ThreadItem, t: Translate): string {
  if (item.state === 'quarantined') return t('hidden.title');
  if (item.state === 'undecryptable') return t('unopened.title');
  return summarizeContent(item.content, t);
}
