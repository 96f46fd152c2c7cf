/** What this device told its node about itself. */
export interface KeptPush {
  readonly endpoint: string;
  /** Milliseconds since the epoch. */
  readonly told: number;
  /** What was said of mutes and hours, as text. */
  readonly said: string;
}

/** The one name under which it is kept. */
export const PUSH_NAME = 'device';
