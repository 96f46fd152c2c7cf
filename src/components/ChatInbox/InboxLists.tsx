import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { useChats } from '../../hooks/useChats.ts';
import { useSession } from '../../hooks/useSession.ts';
import { useRequests } from '../../hooks/useRequests.ts';
import type { Peer } from '../../protocol/peer.ts';
import { ChatList } from '../ChatList/ChatList.tsx';
import { RequestList } from '../RequestList/RequestList.tsx';
import { Badge } from '../shared/Badge.tsx';
import { IconButton } from '../shared/IconButton.tsx';
import { TextField } from '../shared/TextField.tsx';
import { useText } from '../text/useText.ts';
import { LateCreateGroup } from '../groups/lateGroups.tsx';
import { AccountBar } from './AccountBar.tsx';
import { BlockList } from './BlockList.tsx';
import { LogOut } from './LogOut.tsx';
import { NewChat } from './NewChat.tsx';
import { SidePanel } from './SidePanel.tsx';
import { NotificationsPanel } from './NotificationsPanel.tsx';

export interface InboxListsProps {
  readonly peer: string | null;
  readonly open: (peer: Peer) => void;
  readonly requestCount: boolean;
}

type Tab = 'chats' | 'requests';

/** The two lists of the inbox, one at a time. */
export function InboxLists({ peer, open, requestCount }: InboxListsProps): ReactNode {
  const [tab, setTab] = useState<Tab>('chats');
  const unread = useChats().items.filter((row) => row.unread > 0).length;
  const requests = useRequests().items.length;
  const id = useId();
  const { t } = useText();
  const tabs = [
    { name: 'chats', title: t('chats.title'), count: unread, hint: 'inbox.unread' },
    { name: 'requests', title: t('inbox.requests'), count: requestCount ? requests : 0, hint: 'inbox.waiting' },
  ] as const;

  const turn = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const next = tab === 'chats' ? 'requests' : 'chats';
    setTab(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab='${next}']`)?.focus();
  };

  const [search, setSearch] = useState('');
  const [view, setView] = useState<'lists' | 'new' | 'group' | 'blocked' | 'logout' | 'notifications'>('lists');
  const { session } = useSession();
  const back = (): void => setView('lists');
  if (view === 'new') {
    return (
      <NewChat
        close={back}
        open={(did) => {
          back();
          open(did);
        }}
      />
    );
  }
  if (view === 'group') {
    return (
      <SidePanel title={t('new.group')} close={back}>
        <LateCreateGroup
          onCreate={(chatId) => {
            back();
            open(chatId);
          }}
        />
      </SidePanel>
    );
  }
  if (view === 'blocked') return <BlockList close={back} />;
  if (view === 'notifications') return <NotificationsPanel close={back} />;
  if (view === 'logout') return <LogOut close={back} />;

  return (
    <Root>
      <Head>
        <Title>{t('inbox.title')}</Title>
        <span>
          <IconButton icon="people" label={t('new.group')} onClick={() => setView('group')} />
          <IconButton icon="plus" label={t('new.title')} onClick={() => setView('new')} />
        </span>
      </Head>
      <Search>
        <TextField
          icon="search"
          type="search"
          label={t('chats.search')}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
      </Search>
      <Tabs role="tablist" aria-label={t('inbox.title')} onKeyDown={turn}>
        {tabs.map(({ name, title, count, hint }) => (
          <TabButton
            key={name}
            type="button"
            role="tab"
            id={`${id}-${name}`}
            data-tab={name}
            aria-selected={tab === name}
            aria-controls={`${id}-panel`}
            tabIndex={tab === name ? 0 : -1}
            onClick={() => setTab(name)}
          >
            {title}
            {count > 0 && (
              <Badge data-soft="" title={t(hint, { count })}>
                {count}
              </Badge>
            )}
          </TabButton>
        ))}
      </Tabs>
      <Panel role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${tab}`}>
        {tab === 'chats' ? (
          <ChatList selected={peer} search={search} onNewChat={() => setView('new')} onSelect={open} />
        ) : (
          <RequestList onSelect={open} />
        )}
      </Panel>
      {session.status === 'ready' && <AccountBar did={session.did} show={setView} />}
    </Root>
  );
}

const Root = styled.div`
  display: flex;
  flex-direction: column;
  min-width: 0;
  min-height: 0;
  border-inline-end: 1px solid var(--pc-color-line);
`;

const Head = styled.div`
  flex: none;
  display: flex;
  align-items: center;
  justify-content: space-between;
  height: var(--pc-header-height);
  padding-inline: 20px calc(12px + var(--pc-header-end, 0px));
`;

const Search = styled.div`
  flex: none;
  margin: 0 12px 8px;
`;

const Title = styled.strong`
  font-size: var(--pc-text-xl);
  font-weight: 660;
  letter-spacing: -0.02em;
`;

const Tabs = styled.div`
  flex: none;
  display: flex;
  margin: 0 12px 4px;
  padding: 3px;
  border-radius: calc(11px * var(--pc-roundness));
  background: var(--pc-color-fill);

  @media (forced-colors: active) {
    border: 1px solid;
  }
`;

const TabButton = styled.button`
  flex: 1;
  display: flex;
  align-items: center;
  justify-content: center;
  gap: 7px;
  height: max(32px, calc(var(--pc-target) - 4px));
  margin: 0;
  padding: 0;
  border: 0;
  border-radius: calc(9px * var(--pc-roundness));
  background: none;
  color: var(--pc-color-text-muted);
  font: inherit;
  font-size: var(--pc-text-base);
  font-weight: 550;
  cursor: pointer;

  &[aria-selected='true'] {
    background: var(--pc-color-surface-raised);
    color: var(--pc-color-text);
    box-shadow: var(--pc-shadow-1);
  }

  @media (forced-colors: active) {
    &[aria-selected='true'] {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;

const Panel = styled.div`
  flex: 1;
  min-height: 0;
`;
