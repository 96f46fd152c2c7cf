/** A part of the day, by the clock of the device; from 22:00 to 7:00 goes over midnight. */
export interface QuietHours {
  /** Minutes since midnight. */
  readonly from: number;
  /** Minutes since midnight; the first that is not quiet. */
  readonly to: number;
}

/** What the user wants to be notified of, and how. */
export interface NotificationChoices {
  /** Whether the browser shows notifications, where it may. */
  readonly shown: boolean;
  readonly sound: boolean;
  /** Whether a notification says what was written; whoever sees the screen can read it then. */
  readonly text: boolean;
  readonly quiet: QuietHours | null;
}

/** Nothing is shown before the user says so, and no text before they say that too (security UI-17). */
export const DEFAULT_SETTINGS: NotificationChoices = { shown: false, sound: false, text: false, quiet: null };

/** The one name under which they are kept. */
export const SETTINGS_NAME = 'all';

export const settingsOf = (kept: Readonly<Record<string, NotificationChoices>>): NotificationChoices =>
  kept[SETTINGS_NAME] ?? DEFAULT_SETTINGS;

/** @param minutes since midnight. Equal ends are no hours at all. */
export function isQuiet(quiet: QuietHours | null, minutes: number): boolean {
  if (!quiet || quiet.from === quiet.to) return false;
  const { from, to } = quiet;
  return from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
}

/** @param now milliseconds since the epoch. @returns minutes since midnight, by the clock of the device */
export function minutesOfDay(now: number): number {
  const date = new Date(now);
  return date.getHours() * 60 + date.getMinutes();
}
