import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { ThreadItem } from '../../client/state.ts';
import type { MessageContent, PlainContent } from '../../protocol/messageContent.ts';
import { summarizeContent, summarizeItem } from '../shared/summarize.ts';
import { VisuallyHidden } from '../shared/VisuallyHidden.tsx';
import { BubbleMedia } from './BubbleMedia.tsx';
import { BubbleText } from './BubbleText.tsx';
import { useText } from '../text/useText.ts';

export interface BubbleContentProps {
  readonly content: MessageContent;
  /** The message that a reply answers, where it is at hand. */
  readonly quoted: ThreadItem | undefined;
  /** Words only: no link, no picture, no file. */
  readonly guarded: boolean;
  readonly onQuote: ((id: string) => void) | undefined;
}

/** More parts than anybody reads, and few enough to draw at once. */
const MOST_PARTS = 50;

/** Everything that a message may say. */
export function BubbleContent({ content, quoted, guarded, onQuote }: BubbleContentProps): ReactNode {
  const { t } = useText();
  switch (content.type) {
    case 'Reply':
      return (
        <>
          <Quoted item={quoted} onQuote={onQuote} />
          <Plain content={content.content} guarded={guarded} />
        </>
      );
    case 'Composite':
      return (
        <Parts>
          {content.content.slice(0, MOST_PARTS).map((part, index) => (
            <Plain key={index} content={part} guarded={guarded} />
          ))}
          {content.content.length > MOST_PARTS && (
            <span>{t('bubble.moreParts', { count: content.content.length - MOST_PARTS })}</span>
          )}
        </Parts>
      );
    case 'Reaction':
    case 'Receipt':
    case 'Meta':
    case 'UserActivity':
    case 'Intent':
      return summarizeContent(content, t);
    default:
      return <Plain content={content} guarded={guarded} />;
  }
}

function Quoted({ item, onQuote }: { readonly item: ThreadItem | undefined } & Pick<BubbleContentProps, 'onQuote'>) {
  const { t } = useText();
  if (!item) return <Quote>{t('bubble.quotedUnknown')}</Quote>;
  const text = summarizeItem(item, t);
  if (!onQuote) return <Quote>{text}</Quote>;
  return (
    <Quote as="button" type="button" onClick={() => onQuote(item.id)}>
      <VisuallyHidden>{t('bubble.quoted')}</VisuallyHidden> {text}
    </Quote>
  );
}

function Plain({ content, guarded }: { readonly content: PlainContent; readonly guarded: boolean }): ReactNode {
  const { t } = useText();
  // An embed or GIF names an address on the network, or holds a picture; the address is only ever a link.
  const words =
    content.type === 'Text' || (/^(MediaEmbed|GIF)$/.test(content.type) && !content.content.startsWith('data:'));
  if (words) return <BubbleText text={content.content} links={!guarded} />;
  return guarded ? summarizeContent(content, t) : <BubbleMedia content={content} />;
}

const Quote = styled.span`
  display: block;
  max-width: calc(100% + 10px);
  margin: 0 -5px 6px;
  border: 0;
  font: inherit;
  text-align: start;
  padding: 5px 10px 6px 9px;
  border-inline-start: 3px solid currentColor;
  border-radius: calc(6px * var(--pc-roundness));
  font-size: var(--pc-text-sm);
  line-height: 17px;
  white-space: nowrap;
  overflow: hidden;
  text-overflow: ellipsis;
  unicode-bidi: isolate;

  button& {
    cursor: pointer;
  }
  [data-from='me'] & {
    background: var(--pc-color-accent-pressed);
    color: var(--pc-color-on-accent);
  }
  [data-from='peer'] & {
    background: var(--pc-color-surface);
    color: var(--pc-color-text-muted);
    border-color: var(--pc-color-accent-text);
  }
`;

const Parts = styled.span`
  display: grid;
  gap: 6px;
`;
