import { forwardRef, memo } from 'react';
import { css, keyframes, styled } from 'styled-components';
import type { ThreadItem } from '../../client/state.ts';
import { Icon } from '../shared/Icon.tsx';
import { VisuallyHidden } from '../shared/VisuallyHidden.tsx';
import { ThemeFrame, type ThemeRootProps } from '../theme/ThemeRoot.tsx';
import { BubbleContent } from './BubbleContent.tsx';
import type { BubbleProps, Overrides } from '../parts/overrides.ts';
import { BubbleReactions } from './BubbleReactions.tsx';
import { BubbleStatus } from './BubbleStatus.tsx';
import { explain } from './explain.ts';
import { useText } from '../text/useText.ts';

export interface ChatBubbleProps extends BubbleProps, Pick<ThemeRootProps, 'mode' | 'theme' | keyof Overrides> {}

/** Kinds that are said in small words, not in a bubble. */
const ASIDES: ReadonlySet<string> = new Set(['Reaction', 'Receipt', 'Meta', 'UserActivity', 'Intent']);

/**
 * One message: what it says, how far it can be trusted, and what became of it. `data-verification` and `data-from`
 * tell styles and tests the same.
 * @example <ChatBubble item={thread.items[0]} />
 */
export const ChatBubble = memo(
  forwardRef<HTMLDivElement, ChatBubbleProps>(function ChatBubble(
    {
      item,
      joined = 'only',
      quoted,
      guarded = false,
      onQuote,
      reactions,
      onReact,
      delivery,
      readers,
      sender,
      actions,
      onRetry,
      onEdit,
      onDiscard,
      theme,
      ...props
    },
    ref,
  ) {
    const { state, from } = item;
    const { t } = useText();
    const hidden = state === 'quarantined' || state === 'undecryptable';
    const plain = 'encrypted' in item && !item.encrypted;
    const ended = joined === 'last' || joined === 'only';
    return (
      <Root
        ref={ref}
        look={theme}
        {...props}
        partName="bubble"
        data-verification={state}
        data-from={from}
        data-joined={joined}
      >
        {sender ?? <VisuallyHidden>{t(from === 'me' ? 'bubble.fromMe' : 'bubble.fromPeer')}</VisuallyHidden>}
        <Beside>
          {hidden ? (
            <Hidden item={item} />
          ) : ASIDES.has(item.content.type) ? (
            <Aside>
              <BubbleContent content={item.content} quoted={quoted} guarded={guarded} onQuote={onQuote} />
            </Aside>
          ) : (
            <Bubble data-plain={plain || undefined} data-failed={state === 'failed' || undefined}>
              <BubbleContent content={item.content} quoted={quoted} guarded={guarded} onQuote={onQuote} />
            </Bubble>
          )}
          {actions}
        </Beside>
        {reactions && reactions.length > 0 && <BubbleReactions reactions={reactions} onReact={onReact} />}
        {ended || plain || state === 'failed' ? (
          <BubbleStatus {...{ item, delivery, readers, onRetry, onEdit, onDiscard }} />
        ) : (
          <VisuallyHidden>{state === 'verified' || state === 'signed' ? t(`bubble.${state}`) : ''}</VisuallyHidden>
        )}
      </Root>
    );
  }),
);

function Hidden({ item }: { readonly item: Extract<ThreadItem, { readonly reason: unknown }> }) {
  const { title, reason } = explain(item, useText().t);
  return (
    <Notice>
      <Icon name={item.state === 'quarantined' ? 'shieldAlert' : 'key'} size={16} />
      <span>
        <b>{title}</b>
        <VisuallyHidden> · </VisuallyHidden>
        <Reason>{reason}</Reason>
      </span>
    </Notice>
  );
}

const rise = keyframes`
  from { opacity: 0; transform: translateY(8px); }
`;

const Root = styled(ThemeFrame)`
  display: flex;
  flex-direction: column;
  align-items: flex-start;
  position: relative;

  &[data-from='me'] {
    align-items: flex-end;
  }
  &[data-verification='pending'] {
    animation: ${rise} var(--pc-slow) var(--pc-ease-enter);
  }
`;

/** The bubble, and what can be done with it on its inner side. */
const Beside = styled.div`
  display: flex;
  gap: 4px;
  max-width: 100%;

  [data-from='me'] > & {
    flex-direction: row-reverse;
  }
  & > :first-child {
    min-width: 0;
  }
`;

const shape = css`
  /* Where the user forces colours this is seen, and backgrounds are not. */
  outline: 1px solid transparent;
  max-width: min(78cqi, var(--pc-bubble-max));
  border-radius: var(--pc-bubble-radius);

  [data-from='peer']:is([data-joined='middle'], [data-joined='last']) > ${Beside} > & {
    border-start-start-radius: var(--pc-bubble-radius-join);
  }
  [data-from='peer'] > ${Beside} > & {
    border-end-start-radius: var(--pc-bubble-radius-join);
  }
  [data-from='me']:is([data-joined='middle'], [data-joined='last']) > ${Beside} > & {
    border-start-end-radius: var(--pc-bubble-radius-join);
  }
  [data-from='me'] > ${Beside} > & {
    border-end-end-radius: var(--pc-bubble-radius-join);
  }
`;

const Bubble = styled.div`
  ${shape}
  padding: 8px 13px;
  letter-spacing: -0.006em;
  overflow-wrap: anywhere;
  background: var(--pc-bubble-peer-bg);
  color: var(--pc-bubble-peer-text);

  [data-from='me'] > ${Beside} > & {
    background: var(--pc-bubble-me-bg);
    color: var(--pc-bubble-me-text);
  }
  [data-from] > ${Beside} > &[data-plain] {
    background: var(--pc-color-surface);
    color: var(--pc-color-text);
    border: 1.5px dashed var(--pc-color-line-strong);
    padding: 6.5px 11.5px;
  }
  [data-from='me'] > ${Beside} > &[data-plain] {
    border-color: var(--pc-color-accent-text);
  }
  [data-from] > ${Beside} > &[data-failed] {
    background: var(--pc-color-accent-soft);
    color: var(--pc-color-text);
  }
  [data-from] > ${Beside} > &:has(> img:only-child, > video:only-child, > audio:only-child) {
    padding: 4px;
  }
  /* Emoji alone need no bubble. */
  [data-from] > ${Beside} > &:has(> [data-emoji]:only-child) {
    background: none;
    border-color: transparent;
    padding: 2px;
  }
`;

const Notice = styled.div`
  ${shape}
  display: flex;
  gap: 10px;
  padding: 10px 14px 10px 12px;
  background: var(--pc-color-surface);
  box-shadow: inset 0 0 0 1px var(--pc-color-line);
  font-size: var(--pc-text-sm);
  line-height: 18px;

  & b {
    display: block;
    font-weight: 570;
  }
`;

const Reason = styled.span`
  color: var(--pc-color-text-muted);
`;

const Aside = styled.div`
  padding: 2px 5px;
  font-size: var(--pc-text-sm);
  color: var(--pc-color-text-muted);
  overflow-wrap: anywhere;
`;
