import type { KeptStore } from '../keptStore.ts';
import type { ReadonlyStore } from '../store.ts';
import { settingsOf, type NotificationChoices } from './notificationSettings.ts';

/** The settings of the account that is unlocked; those of a new user for any other. */
export const settingsStore = ({ store }: KeptStore<NotificationChoices>): ReadonlyStore<NotificationChoices> => ({
  get: () => settingsOf(store.get()),
  subscribe: store.subscribe,
});
