import { forwardRef, type HTMLAttributes } from 'react';
import { styled } from 'styled-components';
import { useConnectionStatus } from '../../hooks/useConnectionStatus.ts';
import { useSession } from '../../hooks/useSession.ts';
import { usePart, useSlots } from '../parts/usePart.ts';
import { Icon } from '../shared/Icon.tsx';
import { UndoBar } from '../shared/UndoBar.tsx';
import { UnlockPanel } from '../UnlockPanel/UnlockPanel.tsx';
import { useChatWindow } from './chatWindowContext.ts';
import { ThreadLog } from './ThreadLog.tsx';
import { useText } from '../text/useText.ts';

export type ChatWindowThreadProps = HTMLAttributes<HTMLDivElement>;

/** The messages; before they can be read, the way to unlock them. */
export const ChatWindowThread = forwardRef<HTMLDivElement, ChatWindowThreadProps>(
  function ChatWindowThread(props, ref) {
    const { session } = useSession();
    const { t } = useText();
    const part = usePart('thread', props);
    const { unlock: Unlock = UnlockPanel } = useSlots();
    const { done, setDone } = useChatWindow();
    const connection = useConnectionStatus();
    return (
      <Root ref={ref} {...part}>
        {connection === 'offline' && (
          <Banner role="status">
            <Icon name="offline" size={16} />
            <span>
              <b>{t('offline.title')}</b> {t('offline.text')}
            </span>
          </Banner>
        )}
        <Area>{session.status === 'ready' ? <ThreadLog /> : <Unlock />}</Area>
        <UndoBar done={done} close={() => setDone(null)} />
      </Root>
    );
  },
);

const Root = styled.div`
  /* As high as this where the page gives the window no height, and as high as there is room where it does. */
  flex: 1 1 420px;
  min-height: 0;
  display: flex;
  flex-direction: column;
`;

const Area = styled(Root)`
  position: relative;
`;

const Banner = styled.div`
  flex: none;
  display: flex;
  align-items: center;
  gap: 8px;
  padding: 8px 16px;
  border-bottom: 1px solid var(--pc-color-line);
  background: var(--pc-color-surface-sunken);
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-sm);
  line-height: 18px;

  & b {
    color: var(--pc-color-text);
    font-weight: 550;
  }
`;
