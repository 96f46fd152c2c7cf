import { forwardRef, type KeyboardEvent } from 'react';
import { styled } from 'styled-components';
import { useChats } from '../../hooks/useChats.ts';
import { useSession } from '../../hooks/useSession.ts';
import { sameDid, type Did } from '../../protocol/did.ts';
import { ListState } from '../shared/ListState.tsx';
import { Placeholder } from '../shared/Placeholder.tsx';
import { ThemeFrame, type ThemeRootProps } from '../theme/ThemeRoot.tsx';
import { UnlockPanel } from '../UnlockPanel/UnlockPanel.tsx';
import { ChatListItem } from './ChatListItem.tsx';
import { moveFocus } from './moveFocus.ts';
import { useText } from '../text/useText.ts';

export interface ChatListProps extends Omit<ThemeRootProps, 'children' | 'onSelect'> {
  /** The account whose chat is open, in any spelling. */
  readonly selected?: string | null | undefined;
  /** The user chose a chat. */
  readonly onSelect?: ((peer: Did) => void) | undefined;
}

/**
 * The accepted chats, newest first. Arrow keys, Home and End move between them.
 * @example <ChatList selected={peer} onSelect={setPeer} />
 */
export const ChatList = forwardRef<HTMLDivElement, ChatListProps>(function ChatList(
  { selected, onSelect, theme, ...props },
  ref,
) {
  const { session } = useSession();
  const { t } = useText();
  const list = useChats();
  const ready = session.status === 'ready';
  const move = (event: KeyboardEvent<HTMLUListElement>): void => moveFocus(event, event.currentTarget);
  return (
    <Root ref={ref} role="group" aria-label={t('chats.title')} look={theme} {...props} data-pc-part="chats">
      {!ready && <UnlockPanel />}
      {list.items.length > 0 && (
        <Rows onKeyDown={move}>
          {list.items.map((row) => (
            <ChatListItem
              key={row.peer}
              chat={row}
              selected={selected != null && sameDid(selected, row.peer)}
              onSelect={onSelect}
            />
          ))}
        </Rows>
      )}
      {ready && (
        <ListState
          list={list}
          of="chats"
          empty={
            <Placeholder icon="chat" title={t('chats.empty.title')}>
              <p>{t('chats.empty.text')}</p>
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
