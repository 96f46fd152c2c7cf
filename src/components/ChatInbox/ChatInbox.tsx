import { forwardRef, useState } from 'react';
import { styled } from 'styled-components';
import { useSession } from '../../hooks/useSession.ts';
import type { Peer } from '../../protocol/peer.ts';
import { ChatWindowRoot } from '../ChatWindow/ChatWindowRoot.tsx';
import { Conversation as ConversationParts } from '../ChatWindow/Conversation.tsx';
import { useSlots } from '../parts/usePart.ts';
import { IconButton } from '../shared/IconButton.tsx';
import { Placeholder } from '../shared/Placeholder.tsx';
import { ThemeFrame, type ThemeRootProps } from '../theme/ThemeRoot.tsx';
import { UnlockPanel } from '../UnlockPanel/UnlockPanel.tsx';
import { InboxLists } from './InboxLists.tsx';
import { useText } from '../text/useText.ts';

export interface ChatInboxProps extends Omit<ThemeRootProps, 'children'> {
  /** The account whose chat is open, in any spelling, or null; leave it out to let the inbox keep it. */
  readonly peer?: string | null | undefined;
  /** The chat that is open at first. @default null */
  readonly defaultPeer?: string | null | undefined;
  /** The user opened another chat, or closed it on a narrow screen. */
  readonly onPeerChange?: ((peer: Peer | null) => void) | undefined;
  /** Whether the tab of requests says how many there are. A request notifies in no other way. @default true */
  readonly requestCount?: boolean | undefined;
}

/**
 * Chats, requests and the open conversation, side by side or, in a narrow place, one after the other.
 * @example <ChatInbox />
 */
export const ChatInbox = forwardRef<HTMLDivElement, ChatInboxProps>(function ChatInbox(
  { peer: given, defaultPeer = null, onPeerChange, requestCount = true, theme, ...props },
  ref,
) {
  const { session } = useSession();
  const { t } = useText();
  const { unlock: Unlock = UnlockPanel } = useSlots(props);
  const [own, setOwn] = useState(defaultPeer);
  const peer = given === undefined ? own : given;
  const open = (next: Peer | null): void => {
    setOwn(next);
    onPeerChange?.(next);
  };
  return (
    <Root
      ref={ref}
      role="group"
      aria-label={t('inbox.label')}
      look={theme}
      {...props}
      partName="inbox"
      data-open={peer !== null || undefined}
    >
      {session.status === 'ready' ? (
        <Panes>
          <InboxLists peer={peer} open={open} requestCount={requestCount} />
          <Conversation>
            {peer === null ? (
              <Placeholder icon="chat" title={t('inbox.choose.title')}>
                <p>{t('inbox.choose.text')}</p>
              </Placeholder>
            ) : (
              <ChatWindowRoot peer={peer}>
                <ConversationParts
                  start={<Back icon="arrowLeft" label={t('inbox.back')} onClick={() => open(null)} />}
                />
              </ChatWindowRoot>
            )}
          </Conversation>
        </Panes>
      ) : (
        <Unlock />
      )}
    </Root>
  );
});

const Root = styled(ThemeFrame)`
  display: flex;
  flex-direction: column;
  height: 100%;
  min-height: 320px;
  overflow: hidden;
  container: pc-inbox / inline-size;
  border-radius: var(--pc-window-radius, var(--pc-radius-lg));
  background: var(--pc-color-surface);
  box-shadow: 0 0 0 1px var(--pc-color-line);

  @media (forced-colors: active) {
    border: 1px solid;
  }
`;

const Conversation = styled.div`
  display: flex;
  flex-direction: column;
  min-width: 0;
  min-height: 0;
  --pc-window-radius: 0;
`;

const Back = styled(IconButton)``;

const Panes = styled.div`
  flex: 1;
  min-height: 0;
  display: grid;
  grid-template: minmax(0, 1fr) / minmax(240px, 340px) minmax(0, 1fr);

  @container pc-inbox (min-width: 640px) {
    & ${Back} {
      display: none;
    }
  }
  @container pc-inbox (max-width: 639.98px) {
    grid-template-columns: minmax(0, 1fr);

    [data-open] > & > :first-child,
    :not([data-open]) > & > ${Conversation} {
      display: none;
    }
  }
`;
