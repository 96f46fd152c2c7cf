import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { useDraft } from '../../hooks/useDraft.ts';
import { useListNavigation } from '../../hooks/useListNavigation.ts';
import { useMuted } from '../../hooks/useMuted.ts';
import { useRemoved } from '../../hooks/useRemoved.ts';
import { useAccount } from '../people/useAccount.ts';
import { plainLine } from '../shared/plainLine.ts';
import { Avatar } from '../shared/Avatar.tsx';
import { Badge } from '../shared/Badge.tsx';
import { Icon } from '../shared/Icon.tsx';
import { summarizeItem } from '../shared/summarize.ts';
import { Time } from '../shared/Time.tsx';
import { VisuallyHidden } from '../shared/VisuallyHidden.tsx';
import type { ChatListItemProps } from '../parts/overrides.ts';
import { usePart } from '../parts/usePart.ts';
import { useText } from '../text/useText.ts';

/** One chat: with whom, what was said last and when, and how much of it is unread. */
export function ChatListItem({ chat, selected, onSelect }: ChatListItemProps): ReactNode {
  const { peer, last, timestamp, unread } = chat;
  const { name, picture } = useAccount(peer);
  const [draft] = useDraft(peer);
  const { t } = useText();
  const { getItemProps } = useListNavigation();
  const part = usePart('chatItem', {
    ...getItemProps({ selected }),
    'data-unread': unread > 0 || undefined,
    onClick: () => onSelect?.(peer),
  });
  const { muted } = useMuted(peer);
  const isRemoved = useRemoved();
  const words = last && !isRemoved(last) ? summarizeItem(last, t) : undefined;
  return (
    <Row {...part}>
      <Avatar did={peer} picture={picture} size={44} />
      <Body>
        <Line>
          <Name title={peer}>
            <bdi>{name}</bdi>
          </Name>
          <Time value={timestamp} style="short" />
        </Line>
        <Line>
          <Preview>
            {draft !== '' ? (
              <>
                <Draft>{t('chats.draft')}</Draft> <bdi>{plainLine(draft, 120)}</bdi>
              </>
            ) : (
              words !== undefined && <bdi>{last?.from === 'me' ? t('chats.you', { text: words }) : words}</bdi>
            )}
          </Preview>
          {muted && (
            <Muted title={t('peer.muted')}>
              <Icon name="bellOff" size={14} />
              <VisuallyHidden>{t('peer.muted')}</VisuallyHidden>
            </Muted>
          )}
          {unread > 0 && (
            <Badge data-count="">
              <span aria-hidden="true">{unread}</span>
              <VisuallyHidden>{t('chats.unread', { count: unread })}</VisuallyHidden>
            </Badge>
          )}
        </Line>
      </Body>
    </Row>
  );
}

const Muted = styled.span`
  flex: none;
  display: inline-flex;
  color: var(--pc-color-text-muted);
`;

const Row = styled.button`
  display: flex;
  align-items: center;
  gap: 12px;
  width: 100%;
  height: var(--pc-list-row-height);
  margin: 0;
  padding: 0 12px;
  border: 0;
  border-radius: var(--pc-radius-md);
  background: none;
  color: var(--pc-color-text);
  font: inherit;
  text-align: start;
  cursor: pointer;

  &:hover {
    background: var(--pc-color-fill);
  }
  &[aria-current] {
    background: var(--pc-color-accent-soft);
  }
  &:focus-visible {
    outline-offset: -2px;
  }

  @media (forced-colors: active) {
    &[aria-current] {
      border: 2px solid Highlight;
    }
  }
`;

const Body = styled.span`
  flex: 1;
  min-width: 0;
`;

const Line = styled.span`
  display: flex;
  align-items: center;
  gap: 8px;
  min-height: 20px;

  & > time {
    color: var(--pc-color-text-muted);
    font-size: var(--pc-text-xs);
  }
  [data-unread] & > time {
    color: var(--pc-color-accent-text);
    font-weight: 600;
  }
`;

const Name = styled.span`
  flex: 1;
  min-width: 0;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
  font-weight: 590;
  letter-spacing: -0.01em;
`;

const Preview = styled.span`
  flex: 1;
  min-width: 0;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-base);

  [data-unread] & {
    color: var(--pc-color-text);
  }
`;

const Draft = styled.span`
  color: var(--pc-color-accent-text);
  font-weight: 600;
`;
