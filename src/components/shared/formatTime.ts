const DAY = 86_400_000;

/** A node may send any number as a time; dates end here (ECMAScript 21.4.1.1). */
const LAST = 8_640_000_000_000_000;

/** A moment that exists, nearest to a stranger's number. */
export const dateOf = (time: number): Date => new Date(Math.min(Math.max(time, 0), LAST) || 0);

const startOfDay = (time: number): number => dateOf(time).setHours(0, 0, 0, 0);
const daysBetween = (earlier: number, later: number): number =>
  Math.round((startOfDay(later) - startOfDay(earlier)) / DAY);

const format = (options: Intl.DateTimeFormatOptions): ((time: number) => string) => {
  // Making a formatter is slow and every row needs one, so each is made once, on first use.
  let formatter: Intl.DateTimeFormat | undefined;
  return (time) => (formatter ??= new Intl.DateTimeFormat(undefined, options)).format(dateOf(time));
};

const clock = format({ hour: '2-digit', minute: '2-digit' });
const weekday = format({ weekday: 'long' });
const shortWeekday = format({ weekday: 'short' });
const shortDate = format({ day: 'numeric', month: 'short' });
const fullDate = format({ day: 'numeric', month: 'long', year: 'numeric' });

/** The time of day: 10:42. */
export const formatClock = (time: number): string => clock(time);

/** A day as people say it: Today, Yesterday, Friday, 3 March 2026. */
export function formatDay(time: number, now: number): string {
  const days = daysBetween(time, now);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return days > 1 && days < 7 ? weekday(time) : fullDate(time);
}

/** As short as a list row needs: 10:42, Yesterday, Mon, 3 Mar. */
export function formatShort(time: number, now: number): string {
  const days = daysBetween(time, now);
  if (days === 0) return clock(time);
  if (days === 1) return 'Yesterday';
  return days > 1 && days < 7 ? shortWeekday(time) : shortDate(time);
}

/** Whether two moments fall on the same day here. */
export const sameDay = (a: number, b: number): boolean => startOfDay(a) === startOfDay(b);
