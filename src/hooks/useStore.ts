import { useSyncExternalStore } from 'react';
import type { ChatState } from '../client/state.ts';
import { usePushChat } from './usePushChat.ts';

/**
 * A part of the client's state. `select` must return something that the state already holds, never a fresh object.
 * @example const unread = useStore((state) => state.chats.items[0]?.unread);
 */
export function useStore<Selected>(select: (state: ChatState) => Selected): Selected {
  const { store } = usePushChat();
  const snapshot = (): Selected => select(store.get());
  return useSyncExternalStore(store.subscribe, snapshot, snapshot);
}
