import { NO_CHANNELS, type ChannelsState } from './channels/channelsState.ts';
import { DEFAULT_SETTINGS, type NotificationChoices } from './notify/notificationSettings.ts';
import { INITIAL_STATE, type ChatState } from './state.ts';
import { createStore, type Store } from './store.ts';

type Kept<Value> = Store<Readonly<Record<string, Value>>>;

/** What a client shows and what its user leaves on this device: there before the rest of the client is. */
export interface ClientStores {
  readonly store: Store<ChatState>;
  readonly drafts: Kept<string>;
  readonly removed: Kept<true>;
  readonly untold: Kept<true>;
  readonly muted: Kept<true>;
  readonly choices: Store<NotificationChoices>;
  readonly channels: Store<ChannelsState>;
}

export const createStores = (): ClientStores => ({
  store: createStore<ChatState>(INITIAL_STATE),
  drafts: createStore({}),
  removed: createStore({}),
  untold: createStore({}),
  muted: createStore({}),
  choices: createStore(DEFAULT_SETTINGS),
  channels: createStore<ChannelsState>(NO_CHANNELS),
});
