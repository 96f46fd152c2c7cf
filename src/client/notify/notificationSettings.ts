import type { QuietHours } from '../../protocol/push/quietHours.ts';

/** What the user wants to be notified of, and how. */
export interface NotificationChoices {
  /** Whether the browser shows notifications, where it may. */
  readonly shown: boolean;
  readonly sound: boolean;
  /** Whether a notification says what was written; whoever sees the screen can read it then. */
  readonly text: boolean;
  /** By the clock of the device. */
  readonly quiet: QuietHours | null;
  /** Whether this device is woken through its push service while no page is open. */
  readonly push: boolean;
}

/** Nothing is shown before the user says so, and no text before they say that too (security UI-17). */
export const DEFAULT_SETTINGS: NotificationChoices = {
  shown: false,
  sound: false,
  text: false,
  quiet: null,
  push: false,
};

/** As they are kept: each under its own name, so that what is changed before the others are read changes no other. */
export type KeptChoices = Readonly<Record<string, KeptChoice>>;
export type KeptChoice = NotificationChoices[keyof NotificationChoices];

const known = new WeakMap<KeptChoices, NotificationChoices>();

/** The same object for the same choices. */
export function settingsOf(kept: KeptChoices): NotificationChoices {
  const before = known.get(kept);
  if (before) return before;
  const settings: NotificationChoices = { ...DEFAULT_SETTINGS, ...kept };
  known.set(kept, settings);
  return settings;
}

/** @param now milliseconds since the epoch. @returns minutes since midnight, by the clock of the device */
export function minutesOfDay(now: number): number {
  const date = new Date(now);
  return date.getHours() * 60 + date.getMinutes();
}
