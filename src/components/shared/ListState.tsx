import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { ChatSummaries } from '../../hooks/useChatSummaries.ts';
import { Button } from './Button.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import { ErrorText } from './ErrorText.tsx';
import { Placeholder } from './Placeholder.tsx';
import { Skeleton } from './Skeleton.tsx';
import { useText } from '../text/useText.ts';

export interface ListStateProps {
  readonly list: ChatSummaries;
  /** What the list holds. */
  readonly of: 'chats' | 'requests';
  /** What stands there when it holds nothing. */
  readonly empty: ReactNode;
}

/** What a list says besides its rows: that it is being read, that it is empty, that it failed, that there is more. */
export function ListState({
  list: { items, loading, hasMore, loadMore, reload },
  of,
  empty,
}: ListStateProps): ReactNode {
  const { t } = useText();
  if (loading.status === 'failed') {
    return items.length === 0 ? (
      <Placeholder icon="alert" title={t(`${of}.failed`)} tone="warning" alert>
        <ErrorText error={loading.error} />
        <Button onClick={() => void reload()}>{t('action.tryAgain')}</Button>
      </Placeholder>
    ) : (
      <Foot>
        <ErrorNote error={loading.error} />
        <Button size="small" onClick={() => void reload()}>
          {t('action.tryAgain')}
        </Button>
      </Foot>
    );
  }
  if (items.length === 0)
    return loading.status === 'loaded' ? empty : <Skeleton label={t(`${of}.loading`)} shape="rows" />;
  if (!hasMore && loading.status !== 'loading') return null;
  return (
    <Foot>
      <Button size="small" busy={loading.status === 'loading'} onClick={() => void loadMore()}>
        {t(`${of}.more`)}
      </Button>
    </Foot>
  );
}

const Foot = styled.div`
  display: grid;
  justify-items: center;
  gap: 8px;
  padding: 12px;
`;
