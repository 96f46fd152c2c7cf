import { forwardRef } from 'react';
import { styled } from 'styled-components';
import { useChats } from '../../hooks/useChats.ts';
import { useListNavigation } from '../../hooks/useListNavigation.ts';
import { useSession } from '../../hooks/useSession.ts';
import { samePeer, type Peer } from '../../protocol/peer.ts';
import { useSlots } from '../parts/usePart.ts';
import { Button } from '../shared/Button.tsx';
import { ListState } from '../shared/ListState.tsx';
import { Placeholder } from '../shared/Placeholder.tsx';
import { ThemeFrame, type ThemeRootProps } from '../theme/ThemeRoot.tsx';
import { UnlockPanel } from '../UnlockPanel/UnlockPanel.tsx';
import { ChatListItem } from './ChatListItem.tsx';
import { RowWithMenu } from './RowWithMenu.tsx';
import { useSearch } from './useSearch.ts';
import { useText } from '../text/useText.ts';

export interface ChatListProps extends Omit<ThemeRootProps, 'children' | 'onSelect'> {
  /** The account whose chat is open, in any spelling. */
  readonly selected?: string | null | undefined;
  /** Shows only chats whose name, address or newest message has these words. */
  readonly search?: string | undefined;
  /** The user wants to write to somebody new; without it an empty list offers nothing. */
  readonly onNewChat?: (() => void) | undefined;
  /** The user chose a chat. */
  readonly onSelect?: ((peer: Peer) => void) | undefined;
}

/**
 * The accepted chats, newest first. Arrow keys, Home and End move between them.
 * @example <ChatList selected={peer} onSelect={setPeer} />
 */
export const ChatList = forwardRef<HTMLDivElement, ChatListProps>(function ChatList(
  { selected, search = '', onNewChat, onSelect, theme, ...props },
  ref,
) {
  const { session } = useSession();
  const { t } = useText();
  const list = useChats();
  const ready = session.status === 'ready';
  const shown = useSearch(list.items, search);
  const { getListProps } = useListNavigation();
  const { chatItem: Item = ChatListItem, unlock: Unlock = UnlockPanel } = useSlots(props);
  return (
    <Root ref={ref} role="group" aria-label={t('chats.title')} look={theme} {...props} partName="chats">
      {!ready && <Unlock />}
      {shown.length > 0 && (
        <Rows {...getListProps()}>
          {shown.map((row) => (
            <RowWithMenu key={row.peer} chat={row}>
              <Item chat={row} selected={selected != null && samePeer(selected, row.peer)} onSelect={onSelect} />
            </RowWithMenu>
          ))}
        </Rows>
      )}
      {ready && search !== '' && list.items.length > 0 && shown.length === 0 && (
        <Placeholder icon="search" title={t('search.nothing')} tone="plain">
          <p>{t('chats.nothing', { text: search })}</p>
        </Placeholder>
      )}
      {ready && (search === '' || list.items.length === 0) && (
        <ListState
          list={list}
          of="chats"
          empty={
            <Placeholder icon="chat" title={t('chats.empty.title')}>
              <p>{t('chats.empty.text')}</p>
              {onNewChat && (
                <Button tone="primary" onClick={onNewChat}>
                  {t('new.title')}
                </Button>
              )}
            </Placeholder>
          }
        />
      )}
    </Root>
  );
});

const Root = styled(ThemeFrame)`
  display: flex;
  flex-direction: column;
  height: 100%;
  min-height: 0;
  overflow: hidden auto;
  background: var(--pc-color-surface);
`;

const Rows = styled.ul`
  margin: 0;
  padding: 8px;
  list-style: none;
`;
