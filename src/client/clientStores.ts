import type { PushChatError } from '../errors.ts';
import { NO_CHANNELS, type ChannelsState } from './channels/channelsState.ts';
import { createKeptStore, type KeptStore } from './keptStore.ts';
import { createListeners, type Listeners } from './notify/listeners.ts';
import type { MessageNotification } from './notify/messageNotification.ts';
import type { KeptChoice } from './notify/notificationSettings.ts';
import { createViews, type Views } from './notify/views.ts';
import { INITIAL_STATE, type ChatState } from './state.ts';
import { createStore, type Store } from './store.ts';

/** What a client shows and what its user leaves on this device: there before the rest of the client is. */
export interface ClientStores {
  readonly store: Store<ChatState>;
  readonly drafts: KeptStore<string>;
  readonly removed: KeptStore<true>;
  readonly untold: KeptStore<true>;
  readonly muted: KeptStore<true>;
  readonly notifying: KeptStore<KeptChoice>;
  readonly notifications: Listeners<MessageNotification>;
  readonly views: Views;
  readonly channels: Store<ChannelsState>;
}

/** @param warn hears of what could not be kept */
export const createStores = (warn: (error: PushChatError) => void): ClientStores => ({
  store: createStore<ChatState>(INITIAL_STATE),
  drafts: createKeptStore<string>('draft', warn),
  removed: createKeptStore<true>('removed', warn),
  untold: createKeptStore<true>('untold', warn),
  muted: createKeptStore<true>('muted', warn),
  notifying: createKeptStore<KeptChoice>('notifying', warn),
  notifications: createListeners<MessageNotification>(),
  views: createViews(),
  channels: createStore<ChannelsState>(NO_CHANNELS),
});
