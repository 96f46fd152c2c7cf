import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { Thread, ThreadItem } from '../../client/state.ts';
import { useTellRead } from '../../hooks/useReadReceipts.ts';
import { useShownThread } from '../../hooks/useShownThread.ts';
import { useStickToEnd } from '../../hooks/useStickToEnd.ts';
import { useStore } from '../../hooks/useStore.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { LateGroupReading } from '../groups/lateGroups.tsx';
import { usePart } from '../parts/usePart.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Icon } from '../shared/Icon.tsx';
import { Placeholder } from '../shared/Placeholder.tsx';
import { Skeleton } from '../shared/Skeleton.tsx';
import { useChatWindow } from './chatWindowContext.ts';
import { findUnread, type UnreadFrom } from './arrangeItems.ts';
import { NewMessages } from './NewMessages.tsx';
import { OlderMessages } from './OlderMessages.tsx';
import { ThreadRows } from './ThreadRows.tsx';
import { useText } from '../text/useText.ts';

/** Rows that are drawn on demand keep the place themselves when older ones come in above. */
const LAID_OUT = { keepsPlace: typeof ResizeObserver === 'undefined' };
const NONE: readonly ThreadItem[] = [];
/** Within this many pixels of the beginning, older messages are loaded unasked. */
const NEAR = 120;

/** The messages of the thread, oldest first, ending at the newest. */
export function ThreadLog(): ReactNode {
  const { peer, name, thread, loadOlder, markRead } = useChatWindow();
  const { t } = useText();
  const items = thread?.items ?? NONE;
  const { viewport, follow, atEnd, newCount, jumpToEnd } = useStickToEnd(items, LAID_OUT);
  const unread = useUnread(thread);
  const top = useRef<HTMLDivElement>(null);
  const [above, setAbove] = useState(0);
  useLayoutEffect(() => {
    setAbove(top.current?.offsetHeight ?? 0);
  }, [thread?.older, thread?.loadingOlder]);
  const hasLines = useStore(({ groups }) => isGroupId(peer) && (groups[peer]?.lines.length ?? 0) > 0);
  const newest = items.at(-1)?.id;

  useEffect(() => {
    if (atEnd && newest !== undefined) markRead();
  }, [atEnd, newest, markRead]);

  useTellRead(thread, peer, atEnd);
  useShownThread(peer, viewport);

  const scroll = (): void => {
    follow();
    const near = (viewport.current?.scrollTop ?? Infinity) < NEAR;
    // After a failure only the button loads: scrolling must not ask again and again.
    if (near && thread?.older != null && /^(idle|loaded)$/.test(thread.loadingOlder.status)) void loadOlder();
  };

  const log = usePart('log', {
    role: 'log',
    // What comes is read out by itself; what is scrolled into sight is not.
    'aria-live': 'off' as const,
    // A scrolled area must be within reach of the arrow keys.
    tabIndex: 0,
    onScroll: scroll,
  });

  return (
    <>
      <Viewport
        ref={viewport}
        aria-label={t('thread.label', { name })}
        aria-busy={isLoading(thread) || thread?.loadingOlder.status === 'loading'}
        {...log}
      >
        <Content>
          <Top ref={top}>
            {thread?.older != null && <OlderMessages loading={thread.loadingOlder} load={loadOlder} />}
          </Top>
          {thread && (items.length > 0 || hasLines) ? (
            <ThreadRows thread={thread} unread={unread} viewport={viewport} above={above} />
          ) : (
            <NoMessages />
          )}
        </Content>
      </Viewport>
      <NewMessages thread={thread} />
      {!atEnd && (
        <Pill
          type="button"
          aria-label={newCount > 0 ? t('thread.jumpNew', { count: newCount }) : t('thread.jump')}
          onClick={jumpToEnd}
        >
          <Icon name="arrowDown" size={16} />
          {newCount > 0 && t('thread.newCount', { count: newCount })}
        </Pill>
      )}
    </>
  );
}

/** Where the unread begins, as it was when the window was opened. */
function useUnread(thread: Thread | undefined): UnreadFrom | undefined {
  const { unread } = useChatWindow();
  const [found, setFound] = useState<UnreadFrom | null>();
  if (thread?.loading.status === 'loaded' && found === undefined) setFound(findUnread(thread.items, unread) ?? null);
  return found ?? undefined;
}

const isLoading = (thread: Thread | undefined): boolean =>
  thread === undefined || thread.loading.status === 'idle' || thread.loading.status === 'loading';

/** What stands where messages would: the outline of them, why there are none, or an invitation. */
function NoMessages(): ReactNode {
  const { peer, name, thread, reload } = useChatWindow();
  const { t, rich } = useText();
  if (thread?.loading.status === 'failed') {
    return (
      <Placeholder icon="alert" title={t('thread.failed')} tone="warning" alert>
        <ErrorText error={thread.loading.error} />
        <Button onClick={() => void reload()}>{t('action.tryAgain')}</Button>
      </Placeholder>
    );
  }
  if (isLoading(thread)) {
    return (
      <>
        <Skeleton label={t('thread.loading')} shape="bubbles" />
        {isGroupId(peer) && <LateGroupReading chatId={peer} />}
      </>
    );
  }
  return (
    <Placeholder icon="chat" title={t('thread.empty.title')}>
      {canWrite(thread) && <p>{rich('thread.empty.hello', { name })}</p>}
    </Placeholder>
  );
}

const canWrite = (thread: Thread | undefined): boolean =>
  thread?.relation !== 'blocked' && /^(?:verified|missing|public)$/.test(thread?.peerKey ?? '');

const Viewport = styled.div`
  flex: 1;
  min-height: 0;
  overflow: hidden auto;
  /* useStickToEnd keeps the place. */
  overflow-anchor: none;
  overscroll-behavior: contain;

  &:focus-visible {
    outline-offset: -2px;
  }
`;

const Content = styled.div`
  display: flex;
  flex-direction: column;
  justify-content: flex-end;
  min-height: 100%;
  padding: 0 16px 10px;
`;

const Top = styled.div`
  flex: none;
  padding-top: 12px;
`;

const Pill = styled.button`
  position: absolute;
  z-index: 4;
  inset-inline-end: 16px;
  inset-block-end: 12px;
  display: flex;
  align-items: center;
  gap: 6px;
  height: var(--pc-target);
  min-width: var(--pc-target);
  margin: 0;
  padding: 0 10px;
  border: 0;
  border-radius: 22px;
  background: var(--pc-color-surface-raised);
  color: var(--pc-color-text);
  box-shadow: var(--pc-shadow-2);
  font: inherit;
  font-size: var(--pc-text-sm);
  font-weight: 600;
  cursor: pointer;

  & > svg {
    color: var(--pc-color-accent-text);
  }
`;
