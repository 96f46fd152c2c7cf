/** A part of the day; from 22:00 to 7:00 goes over midnight. */
export interface QuietHours {
  /** Minutes since midnight. */
  readonly from: number;
  /** Minutes since midnight; the first that is not quiet. */
  readonly to: number;
}

/** @param minutes since midnight. Equal ends are no hours at all. */
export function isQuiet(quiet: QuietHours | null, minutes: number): boolean {
  if (!quiet || quiet.from === quiet.to) return false;
  const { from, to } = quiet;
  return from < to ? minutes >= from && minutes < to : minutes >= from || minutes < to;
}
