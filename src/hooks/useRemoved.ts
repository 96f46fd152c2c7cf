import { useCallback, useSyncExternalStore } from 'react';
import { isRemoved } from '../client/removed.ts';
import type { ThreadItem } from '../client/state.ts';
import { usePushChat } from './usePushChat.ts';

/** Tells whether the user took a message out of sight. */
export type IsRemoved = (item: Pick<ThreadItem, 'id' | 'digest'>) => boolean;

/**
 * Which messages the user has taken out of sight on this device; `removeMessage` of the client does so, and undoes it.
 * @example const shown = thread.items.filter((item) => !isRemoved(item));
 */
export function useRemoved(): IsRemoved {
  const { removed } = usePushChat();
  const names = useSyncExternalStore(removed.subscribe, removed.get, removed.get);
  return useCallback((item) => isRemoved(names, item), [names]);
}
