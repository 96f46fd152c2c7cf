import type { Role } from './groupState.ts';

/** A time in which an account was in a group, in one role. */
export interface Period {
  readonly role: Role;
  /** Milliseconds since the epoch, by the clock of the node that took the act. */
  readonly from: number;
  /** The moment from which it was not any more; null while it lasts. */
  readonly to: number | null;
}

interface Moment {
  readonly at: number;
  /** Undefined for any. */
  readonly role?: Role | undefined;
  /** How far clocks may be apart, in milliseconds. */
  readonly tolerance: number;
}

/** Whether an account was in a group at a moment. */
export const inPeriods = (periods: readonly Period[], { at, role, tolerance }: Moment): boolean =>
  periods.some(
    (period) =>
      (role ?? period.role) === period.role &&
      at >= period.from - tolerance &&
      at < (period.to ?? Infinity) + tolerance,
  );
