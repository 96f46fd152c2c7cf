/**
 * How long unlocked keys stay on the device: as long as the page, as long as the browser session, until the user locks
 * chat, or as the user says when unlocking. Kept keys are sealed by a key that no script can export; script on the page
 * can still use it.
 */
export type KeepUnlocked = 'memory' | 'session' | 'device' | 'ask';

export interface UnlockOptions {
  /** Where the host leaves it to the user (`keepUnlocked: 'ask'`): keeps the keys until chat is locked. @default false */
  readonly keep?: boolean | undefined;
}

/** Where a browser keeps texts for one session of it. */
export type SessionSecrets = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
