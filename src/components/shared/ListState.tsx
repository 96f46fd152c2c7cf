import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { ChatSummaries } from '../../hooks/useChatSummaries.ts';
import { Button } from './Button.tsx';
import { ErrorNote } from './ErrorNote.tsx';
import { Placeholder } from './Placeholder.tsx';
import { Skeleton } from './Skeleton.tsx';

export interface ListStateProps {
  readonly list: ChatSummaries;
  /** What the list holds, in the plural: chats. */
  readonly noun: string;
  /** What stands there when it holds nothing. */
  readonly empty: ReactNode;
}

/** What a list says besides its rows: that it is being read, that it is empty, that it failed, that there is more. */
export function ListState({
  list: { items, loading, hasMore, loadMore, reload },
  noun,
  empty,
}: ListStateProps): ReactNode {
  if (loading.status === 'failed') {
    return items.length === 0 ? (
      <Placeholder icon="alert" title={`Your ${noun} could not be loaded`} tone="warning" alert>
        <p>{loading.error.message}</p>
        <Button onClick={() => void reload()}>Try again</Button>
      </Placeholder>
    ) : (
      <Foot>
        <ErrorNote error={loading.error} />
        <Button size="small" onClick={() => void reload()}>
          Try again
        </Button>
      </Foot>
    );
  }
  if (items.length === 0)
    return loading.status === 'loaded' ? empty : <Skeleton label={`Loading ${noun}…`} shape="rows" />;
  if (!hasMore && loading.status !== 'loading') return null;
  return (
    <Foot>
      <Button size="small" busy={loading.status === 'loading'} onClick={() => void loadMore()}>
        Load more {noun}
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
