import type { KeptStore } from '../keptStore.ts';
import type { ReadonlyStore } from '../store.ts';
import { settingsOf, type KeptChoice, type NotificationChoices } from './notificationSettings.ts';

/** The settings of the account that is unlocked; those of a new user for any other. */
export const settingsStore = ({ store }: KeptStore<KeptChoice>): ReadonlyStore<NotificationChoices> => ({
  get: () => settingsOf(store.get()),
  subscribe: store.subscribe,
});

export function changeSettings({ set }: KeptStore<KeptChoice>, changes: Partial<NotificationChoices>): void {
  for (const [name, choice] of Object.entries(changes)) set(name, choice);
}
