import { DEFAULT_SETTINGS, type NotificationChoices } from './notificationSettings.ts';

/** As they are kept: each under its own name, so that what is changed before the others are read changes no other. */
export type KeptChoices = Readonly<Record<string, KeptChoice>>;
export type KeptChoice = NotificationChoices[keyof NotificationChoices];

export const settingsOf = (kept: KeptChoices): NotificationChoices => ({ ...DEFAULT_SETTINGS, ...kept });

/** @param now milliseconds since the epoch. @returns minutes since midnight, by the clock of the device */
export function minutesOfDay(now: number): number {
  const date = new Date(now);
  return date.getHours() * 60 + date.getMinutes();
}
