import { useCallback, useEffect, useSyncExternalStore } from 'react';
import type { NotificationBox, ChannelNotification } from '../client/channels/channelsState.ts';
import type { Loading } from '../client/state.ts';
import { useAction } from './useAction.ts';
import { usePushChat } from './usePushChat.ts';

/** Notifications of channels, newest first, each one checked. */
export interface NotificationsView {
  readonly items: readonly ChannelNotification[];
  readonly loading: Loading;
  readonly hasMore: boolean;
  readonly loadMore: () => Promise<void>;
}

/**
 * What channels sent the unlocked account: those that it subscribes to, or others. Listens while mounted.
 * @param box `spam` for what nobody asked for. @default 'inbox'
 * @example const { items } = useNotifications();
 */
export function useNotifications(box: NotificationBox = 'inbox'): NotificationsView {
  const { channels } = usePushChat();
  const { store, follow, load } = channels;
  const state = useSyncExternalStore(store.subscribe, store.get, store.get)[box];
  useEffect(() => follow(), [follow]);
  const [, loadMore] = useAction(useCallback(() => load(box), [load, box]));
  const { items, loading, nextPage } = state;
  return { items, loading, hasMore: loading.status === 'loaded' && nextPage !== null, loadMore };
}
