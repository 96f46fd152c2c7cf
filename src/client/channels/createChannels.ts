import type { ReadOnChain } from '../../protocol/notifications/openNotification.ts';
import type { ClientContext } from '../context.ts';
import type { ReadonlyStore, Store } from '../store.ts';
import type { ChatState } from '../state.ts';
import type { ChannelsClient } from './channelsClient.ts';
import type { ChannelsContext } from './channelsContext.ts';
import type { ChannelsState } from './channelsState.ts';
import { changeSubscription } from './changeSubscription.ts';
import { followFeeds } from './followFeeds.ts';
import { loadBox } from './loadBox.ts';
import { reduceChannels } from './reduceChannels.ts';

interface Parts {
  readonly store: Store<ChannelsState>;
  readonly chat: ReadonlyStore<ChatState>;
  readonly contextOf: () => ClientContext;
  readonly readOnChain: ReadOnChain | undefined;
}

/** Follows whichever account is unlocked; what was known of another is forgotten. */
export function createChannels({ store, chat, contextOf, readOnChain }: Parts): ChannelsClient {
  let follows = 0;
  let current: { readonly client: ClientContext; readonly stop: (() => void) | undefined } | undefined;

  const contextFor = (client: ClientContext): ChannelsContext => ({
    client,
    get: store.get,
    dispatch: (event) => {
      if (!client.hasEnded()) store.set(reduceChannels(store.get(), event));
    },
    readOnChain,
  });
  const settle = (): void => {
    const client = contextOf();
    const isWanted = follows > 0 && client.account !== undefined;
    if (current && (!isWanted || current.client !== client)) {
      current.stop?.();
      current = undefined;
    }
    if (!client.account) store.set(reduceChannels(store.get(), { type: 'forgotten' }));
    if (isWanted && !current) current = { client, stop: followFeeds(contextFor(client)) };
  };
  chat.subscribe(settle);

  return {
    store,
    follow: () => {
      follows += 1;
      settle();
      let isFollowing = true;
      return () => {
        if (!isFollowing) return;
        isFollowing = false;
        follows -= 1;
        // A remount in the same turn, as React's StrictMode makes, keeps the one connection.
        queueMicrotask(settle);
      };
    },
    load: (box) => loadBox(contextFor(contextOf()), box),
    optIn: (channel) => changeSubscription(contextFor(contextOf()), 'Subscribe', channel),
    optOut: (channel) => changeSubscription(contextFor(contextOf()), 'Unsubscribe', channel),
  };
}
