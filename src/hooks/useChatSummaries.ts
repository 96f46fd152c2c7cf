import { useCallback } from 'react';
import type { ChatSummary, Loading } from '../client/state.ts';
import { useAction } from './useAction.ts';
import { usePushChat } from './usePushChat.ts';
import { useStore } from './useStore.ts';

/** A list of chats or requests, newest first. */
export interface ChatSummaries {
  readonly items: readonly ChatSummary[];
  readonly loading: Loading;
  readonly hasMore: boolean;
  readonly loadMore: () => Promise<void>;
  /** Reads everything anew, as after a failure. */
  readonly reload: () => Promise<void>;
}

/** One of the two lists; the client reads their first pages by itself once it is unlocked. */
export function useChatSummaries(list: 'chats' | 'requests'): ChatSummaries {
  const client = usePushChat();
  const { items, loading, nextPage } = useStore((state) => state[list]);
  const [, loadMore] = useAction(
    useCallback(() => (list === 'chats' ? client.loadChats() : client.loadRequests()), [client, list]),
  );
  const [, reload] = useAction(client.refresh);
  return { items, loading, hasMore: loading.status === 'loaded' && nextPage !== null, loadMore, reload };
}
