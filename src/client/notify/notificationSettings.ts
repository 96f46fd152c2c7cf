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
