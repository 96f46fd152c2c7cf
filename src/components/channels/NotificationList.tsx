import { forwardRef, useId, useState, type KeyboardEvent, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { NotificationBox } from '../../client/channels/channelsState.ts';
import { useNotifications } from '../../hooks/useNotifications.ts';
import { useSession } from '../../hooks/useSession.ts';
import { useSlots } from '../parts/usePart.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Placeholder } from '../shared/Placeholder.tsx';
import { Skeleton } from '../shared/Skeleton.tsx';
import { useLateText } from '../text/useLateText.ts';
import { useText } from '../text/useText.ts';
import { ThemeFrame, type ThemeRootProps } from '../theme/ThemeRoot.tsx';
import { UnlockPanel } from '../UnlockPanel/UnlockPanel.tsx';
import { NotificationItem } from './NotificationItem.tsx';

export interface NotificationListProps extends Omit<ThemeRootProps, 'children'> {
  /** What is shown at first. @default 'inbox' */
  readonly defaultBox?: NotificationBox | undefined;
}

const BOXES = ['inbox', 'spam'] as const;

/**
 * What channels sent the account: of those that it subscribes to, and, apart, of others.
 * @example <NotificationList />
 */
export const NotificationList = forwardRef<HTMLDivElement, NotificationListProps>(function NotificationList(
  { defaultBox = 'inbox', theme, ...props },
  ref,
) {
  const { session } = useSession();
  const t = useLateText();
  const { unlock: Unlock = UnlockPanel } = useSlots(props);
  const [box, setBox] = useState<NotificationBox>(defaultBox);
  const id = useId();
  const turn = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    const next = box === 'inbox' ? 'spam' : 'inbox';
    setBox(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-box='${next}']`)?.focus();
  };
  return (
    <Root ref={ref} role="group" aria-label={t('notify.title')} look={theme} {...props} partName="notifications">
      {session.status === 'ready' ? (
        <>
          <Tabs role="tablist" aria-label={t('notify.title')} onKeyDown={turn}>
            {BOXES.map((name) => (
              <Tab
                key={name}
                type="button"
                role="tab"
                id={`${id}-${name}`}
                data-box={name}
                aria-selected={box === name}
                aria-controls={`${id}-panel`}
                tabIndex={box === name ? 0 : -1}
                onClick={() => setBox(name)}
              >
                {t(`feed.${name}`)}
              </Tab>
            ))}
          </Tabs>
          <Panel role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${box}`} tabIndex={0}>
            <Rows key={box} box={box} />
          </Panel>
        </>
      ) : (
        <Unlock />
      )}
    </Root>
  );
});

function Rows({ box }: { readonly box: NotificationBox }): ReactNode {
  const { items, loading, hasMore, loadMore } = useNotifications(box);
  const { t } = useText();
  const late = useLateText();
  if (items.length === 0) {
    if (loading.status === 'failed') {
      return (
        <Placeholder icon="alert" title={late('feed.failed')} tone="warning" alert>
          <ErrorText error={loading.error} />
          <Button onClick={() => void loadMore()}>{t('action.tryAgain')}</Button>
        </Placeholder>
      );
    }
    if (loading.status !== 'loaded') return <Skeleton label={late('feed.loading')} shape="rows" />;
    return (
      <Placeholder icon="bell" title={late('feed.empty')}>
        <p>{late(`feed.empty.${box}`)}</p>
      </Placeholder>
    );
  }
  return (
    <>
      <List>
        {items.map((item) => (
          <li key={item.id}>
            <NotificationItem item={item} box={box} />
          </li>
        ))}
      </List>
      {loading.status === 'failed' && <ErrorNote error={loading.error} />}
      {(hasMore || loading.status === 'failed') && (
        <More>
          <Button size="small" onClick={() => void loadMore()}>
            {loading.status === 'failed' ? t('action.tryAgain') : late('feed.more')}
          </Button>
        </More>
      )}
    </>
  );
}

const Root = styled(ThemeFrame)`
  display: flex;
  flex-direction: column;
  height: 100%;
  min-height: 0;
  overflow: hidden;
  container-type: inline-size;
  background: var(--pc-color-surface);
`;

const Tabs = styled.div`
  flex: none;
  display: flex;
  margin: 12px 12px 4px;
  padding: 3px;
  border-radius: calc(11px * var(--pc-roundness));
  background: var(--pc-color-fill);

  @media (forced-colors: active) {
    border: 1px solid;
  }
`;

const Tab = styled.button`
  flex: 1;
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
  overflow: hidden auto;

  &:focus-visible {
    outline-offset: -2px;
  }
`;

const List = styled.ul`
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
