import { forwardRef, useMemo, useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { usePeer } from '../../hooks/usePeer.ts';
import { usePushChat } from '../../hooks/usePushChat.ts';
import { useThread } from '../../hooks/useThread.ts';
import type { ThreadItem } from '../../client/state.ts';
import type { Peer } from '../../protocol/peer.ts';
import { useAccount } from '../people/useAccount.ts';
import type { Undoable } from '../shared/UndoBar.tsx';
import { Placeholder } from '../shared/Placeholder.tsx';
import { ThemeFrame, type ThemeRootProps } from '../theme/ThemeRoot.tsx';
import { ChatWindowPanels } from './ChatWindowPanels.tsx';
import { ChatWindowContext, type ChatWindowPanel } from './chatWindowContext.ts';
import { useText } from '../text/useText.ts';

export interface ChatWindowRootProps extends ThemeRootProps {
  /** The other account: an address, `eip155:…` or CAIP-10. */
  readonly peer: string;
}

/** The frame of a conversation, and what its parts share. */
export const ChatWindowRoot = forwardRef<HTMLDivElement, ChatWindowRootProps>(function ChatWindowRoot(
  { peer, children, theme, ...props },
  ref,
) {
  const did = usePeer(peer);
  const { t } = useText();
  const [over, setOver] = useState<{ readonly did: Peer; readonly panel: ChatWindowPanel } | null>(null);
  const panel = over && over.did === did ? over.panel : null;
  return (
    <Root
      ref={ref}
      role="group"
      aria-label={t('window.label')}
      look={theme}
      {...props}
      partName="window"
      data-panel={panel?.kind}
    >
      {did ? (
        // Another peer is another window: nothing of the last one may be left in its parts.
        <Shared key={did} peer={did} panel={panel} setPanel={(next) => setOver(next && { did, panel: next })}>
          {children}
        </Shared>
      ) : (
        <Placeholder icon="alert" title={t('peer.unknown.title')} tone="warning" alert>
          <p>{t('peer.unknown.text')}</p>
        </Placeholder>
      )}
    </Root>
  );
});

interface SharedProps {
  readonly peer: Peer;
  readonly panel: ChatWindowPanel | null;
  readonly setPanel: (panel: ChatWindowPanel | null) => void;
  readonly children: ReactNode;
}

function Shared({ peer, panel, setPanel, children }: SharedProps) {
  const { store } = usePushChat();
  const { thread, loadOlder, reload, markRead } = useThread(peer);
  const [unread] = useState(() => store.get().chats.items.find((row) => row.peer === peer)?.unread ?? 0);
  const [replyTo, setReplyTo] = useState<ThreadItem | null>(null);
  const [done, setDone] = useState<Undoable | null>(null);
  const { name, picture } = useAccount(peer);
  const view = useMemo(
    () => ({
      ...{ peer, name, picture, thread, unread, loadOlder, reload, markRead },
      ...{ panel, setPanel, replyTo, setReplyTo, done, setDone },
    }),
    [peer, name, picture, thread, unread, loadOlder, reload, markRead, panel, setPanel, replyTo, done],
  );
  return (
    <ChatWindowContext.Provider value={view}>
      {children}
      <ChatWindowPanels />
    </ChatWindowContext.Provider>
  );
}

const Root = styled(ThemeFrame)`
  display: flex;
  flex-direction: column;
  position: relative;
  isolation: isolate;
  overflow: hidden;
  container-type: inline-size;
  height: 100%;
  min-height: 320px;
  border-radius: var(--pc-window-radius, var(--pc-radius-lg));
  background: var(--pc-color-surface);
  box-shadow: 0 0 0 1px var(--pc-color-line);

  /* While the panel asks, what lies under it can be neither seen nor reached. */
  &[data-panel] :is([data-pc-part='thread'], [data-pc-part='field']) {
    visibility: hidden;
  }

  @media (forced-colors: active) {
    border: 1px solid;
  }
`;
