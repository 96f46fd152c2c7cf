import type { TextView } from '../text/useText.ts';

const DAY = 86_400_000;

/** A node may send any number as a time; dates end here (ECMAScript 21.4.1.1). */
const LAST = 8_640_000_000_000_000;

/** A moment that exists, nearest to a stranger's number. */
export const dateOf = (time: number): Date => new Date(Math.min(Math.max(time, 0), LAST) || 0);

const startOfDay = (time: number): number => dateOf(time).setHours(0, 0, 0, 0);
const daysBetween = (earlier: number, later: number): number =>
  Math.round((startOfDay(later) - startOfDay(earlier)) / DAY);

/** How a language writes a moment; without a tag, as the browser does. */
type Format = (time: number, tag?: string) => string;

const format = (options: Intl.DateTimeFormatOptions): Format => {
  // Making a formatter is slow and every row needs one, so each is made once, on first use.
  const formatters = new Map<string | undefined, Intl.DateTimeFormat>();
  return (time, tag) => {
    const formatter = formatters.get(tag) ?? new Intl.DateTimeFormat(tag, options);
    formatters.set(tag, formatter);
    return formatter.format(dateOf(time));
  };
};

const clock = format({ hour: '2-digit', minute: '2-digit' });
const weekday = format({ weekday: 'long' });
const shortWeekday = format({ weekday: 'short' });
const shortDate = format({ day: 'numeric', month: 'short' });
const fullDate = format({ day: 'numeric', month: 'long', year: 'numeric' });

/** Day and time: 3 March 2026 at 10:42. */
export const formatFull: Format = format({ dateStyle: 'long', timeStyle: 'short' });

/** The time of day: 10:42. */
export const formatClock: Format = clock;

/** A day as people say it: Today, Yesterday, Friday, 3 March 2026. */
export function formatDay(time: number, now: number, { t, tag }: Pick<TextView, 't' | 'tag'>): string {
  const days = daysBetween(time, now);
  if (days === 0) return t('day.today');
  if (days === 1) return t('day.yesterday');
  return days > 1 && days < 7 ? weekday(time, tag) : fullDate(time, tag);
}

/** As short as a list row needs: 10:42, Yesterday, Mon, 3 Mar. */
export function formatShort(time: number, now: number, { t, tag }: Pick<TextView, 't' | 'tag'>): string {
  const days = daysBetween(time, now);
  if (days === 0) return clock(time, tag);
  if (days === 1) return t('day.yesterday');
  return days > 1 && days < 7 ? shortWeekday(time, tag) : shortDate(time, tag);
}

/** Whether two moments fall on the same day here. */
export const sameDay = (a: number, b: number): boolean => startOfDay(a) === startOfDay(b);
