/**
 * How long unlocked keys stay on the device: as long as the page, as long as the browser session, or until the user locks
 * chat. The last two are sealed by a key that no script can export; script on the page can still use it.
 */
export type KeepUnlocked = 'memory' | 'session' | 'device';

/** Where a browser keeps texts for one session of it. */
export type SessionSecrets = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
