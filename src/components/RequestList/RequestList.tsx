import { forwardRef, useState } from 'react';
import { styled } from 'styled-components';
import { useRequests } from '../../hooks/useRequests.ts';
import { useSession } from '../../hooks/useSession.ts';
import type { Peer } from '../../protocol/peer.ts';
import { useSlots } from '../parts/usePart.ts';
import { Button } from '../shared/Button.tsx';
import { Icon } from '../shared/Icon.tsx';
import { late } from '../shared/late.tsx';
import { ListState } from '../shared/ListState.tsx';
import { Placeholder } from '../shared/Placeholder.tsx';
import { UndoBar } from '../shared/UndoBar.tsx';
import { ThemeFrame, type ThemeRootProps } from '../theme/ThemeRoot.tsx';
import { UnlockPanel } from '../UnlockPanel/UnlockPanel.tsx';
import { RequestItem } from './RequestItem.tsx';
import { useBlockUndo } from './useBlockUndo.ts';
import { useText } from '../text/useText.ts';

const RejectAll = /* @__PURE__ */ late(async () => (await import('../ChatWindow/onDemand.ts')).RejectAll, true);

export interface RequestListProps extends Omit<ThemeRootProps, 'children' | 'onSelect'> {
  /** The user wants to read the request whole. */
  readonly onSelect?: ((peer: Peer) => void) | undefined;
}

/** Rows that are drawn at once: strangers may send thousands (security GR-11). */
const STEP = 30;

/**
 * The strangers who wrote: who they are, the beginning of what they say as inert words, and the three answers.
 * @example <RequestList onSelect={setPeer} />
 */
export const RequestList = forwardRef<HTMLDivElement, RequestListProps>(function RequestList(
  { onSelect, theme, ...props },
  ref,
) {
  const { session } = useSession();
  const { t } = useText();
  const [shown, setShown] = useState(STEP);
  const list = useRequests();
  const { requestItem: Item = RequestItem, unlock: Unlock = UnlockPanel } = useSlots(props);
  const [done, close] = useBlockUndo(list.items);
  const ready = session.status === 'ready';
  return (
    <Root ref={ref} role="group" aria-label={t('requests.title')} look={theme} {...props} partName="requests">
      {!ready && <Unlock />}
      {list.items.length > 0 && (
        <>
          <Note>
            <Icon name="shield" size={16} />
            <span>{t('request.note')}</span>
          </Note>
          <Rows>
            {list.items.slice(0, shown).map((row) => (
              <li key={row.peer}>
                <Item request={row} onSelect={onSelect} />
              </li>
            ))}
          </Rows>
          {list.items.length > shown && (
            <More>
              <Button size="small" onClick={() => setShown(shown + STEP)}>
                {t('requests.showMore', { count: list.items.length - shown })}
              </Button>
            </More>
          )}
          {list.items.length > 1 && <RejectAll requests={list.items} />}
        </>
      )}
      <UndoBar done={done} close={close} />
      {ready && list.items.length <= shown && (
        <ListState
          list={list}
          of="requests"
          empty={
            <Placeholder icon="shield" title={t('requests.empty.title')}>
              <p>{t('requests.empty.text')}</p>
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
  container-type: inline-size;
  background: var(--pc-color-surface);
`;

const Note = styled.p`
  flex: none;
  display: flex;
  gap: 10px;
  margin: 12px 12px 4px;
  padding: 10px 14px;
  border-radius: var(--pc-radius-md);
  background: var(--pc-color-surface-sunken);
  box-shadow: inset 0 0 0 1px var(--pc-color-line);
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-sm);
  line-height: 17px;

  @media (forced-colors: active) {
    border: 1px solid;
  }
`;

const Rows = styled.ul`
  margin: 0;
  padding: 0;
  list-style: none;

  & > li + li {
    border-top: 1px solid var(--pc-color-line);
  }
`;

const More = styled.div`
  display: grid;
  justify-items: center;
  padding: 12px;
`;
