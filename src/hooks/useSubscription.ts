import { useCallback, useSyncExternalStore } from 'react';
import type { PushChatError } from '../errors.ts';
import type { Did } from '../protocol/did.ts';
import { useAction } from './useAction.ts';
import { usePushChat } from './usePushChat.ts';

/** Whether the account subscribes to a channel. */
export interface SubscriptionView {
  /** Undefined until it is known. */
  readonly subscribed: boolean | undefined;
  /** Both are signed by the chat key: no wallet is asked. */
  readonly optIn: () => Promise<void>;
  readonly optOut: () => Promise<void>;
  readonly pending: boolean;
  /** Why the last of them did not happen. */
  readonly error: PushChatError | undefined;
}

/** The subscription to a channel; known while notifications are listened to (`useNotifications`). */
export function useSubscription(channel: Did): SubscriptionView {
  const { channels } = usePushChat();
  const { store, optIn, optOut } = channels;
  const subscribed = useSyncExternalStore(store.subscribe, store.get, store.get).channels?.includes(channel);
  const change = useCallback((on: boolean) => (on ? optIn : optOut)(channel), [optIn, optOut, channel]);
  const [state, run] = useAction(change);
  return {
    subscribed,
    optIn: useCallback(() => run(true), [run]),
    optOut: useCallback(() => run(false), [run]),
    pending: state.status === 'pending',
    error: state.status === 'failed' ? state.error : undefined,
  };
}
