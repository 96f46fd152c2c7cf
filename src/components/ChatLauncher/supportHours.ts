/** When somebody answers, in the time of one place. */
export interface SupportHours {
  /** IANA name, such as `Europe/Zurich`. */
  readonly timeZone: string;
  /** 0 is Sunday, 6 is Saturday. @default Monday to Friday */
  readonly days?: readonly number[] | undefined;
  /** `09:00` */
  readonly from: string;
  /** `17:30`; after midnight where it is not after `from` */
  readonly to: string;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const WORKDAYS = [1, 2, 3, 4, 5];

/**
 * Whether somebody answers now.
 * @param now milliseconds since the epoch
 * @returns undefined while somebody does; otherwise when they are back, in milliseconds since the epoch
 */
export function closedUntil({ timeZone, days = WORKDAYS, from, to }: SupportHours, now: number): number | undefined {
  for (let offset = -1; offset < 8; offset += 1) {
    const day = dateIn(timeZone, now + offset * DAY);
    if (!days.includes(day.getUTCDay())) continue;
    const opens = instantOf(timeZone, day, from);
    const closes = instantOf(timeZone, to > from ? day : new Date(day.getTime() + DAY), to);
    if (now >= closes) continue;
    return now >= opens ? undefined : opens;
  }
  // No day at all: nobody ever answers, and nothing is promised.
  return undefined;
}

/** The calendar day there, as midnight UTC. */
function dateIn(timeZone: string, at: number): Date {
  const there = wallClock(timeZone, at);
  return new Date(Math.floor(there / DAY) * DAY);
}

/** What clocks show there, read as if it were UTC. */
function wallClock(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
}

/** When clocks there show this time of that day. */
function instantOf(timeZone: string, day: Date, time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const shown = day.getTime() + (hours * 60 + minutes) * MINUTE;
  // Twice: where a change of the clock lies between the guess and the time, the first is an hour off.
  const guess = shown - (wallClock(timeZone, shown) - shown);
  return guess - (wallClock(timeZone, guess) - shown);
}
