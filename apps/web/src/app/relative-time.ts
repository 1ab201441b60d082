/** Time as a reader thinks of it: near moments relative, far ones as dates. */

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Nearer than this (ms), before or after, a moment is now: clocks differ, and the page's own moves in steps. */
export const nowWithin = 45_000;

/**
 * Words for a moment seen from `now` (both ms since the epoch): "just now", "4 min ago", "in 2 h", "3 d ago", then a date.
 * Dates are written in the reader's time zone; the year is added when it is not this year.
 */
export function relativeTime(at: number, now: number, timeZone?: string): string {
  const distance = Math.abs(now - at);
  if (Number.isNaN(distance)) return 'unknown';
  const amount = distance < nowWithin ? '' : inWords(distance);
  if (amount === '') return 'just now';
  if (amount === null) return shortDate(at, now, timeZone);
  return at > now ? `in ${amount}` : `${amount} ago`;
}

function inWords(distance: number): string | null {
  if (distance < hour - minute / 2) return `${Math.max(1, Math.round(distance / minute))} min`;
  if (distance < day - hour / 2) return `${Math.max(1, Math.round(distance / hour))} h`;
  if (distance < 6.5 * day) return `${Math.max(1, Math.round(distance / day))} d`;
  return null;
}

/** "22 Nov", or "22 Nov 2025" in another year than `now`. */
export function shortDate(at: number, now: number, timeZone?: string): string {
  const year = new Intl.DateTimeFormat('en-GB', { year: 'numeric', timeZone });
  const isThisYear = year.format(at) === year.format(now);
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }), timeZone }).format(at);
}

/** The full moment with its zone, for a tooltip: "Sun 22 Nov 2026, 12:08 UTC". */
export function fullTime(at: number, timeZone?: string): string {
  if (Number.isNaN(at)) return 'unknown';
  const parts = new Intl.DateTimeFormat('en-GB', {
    weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short', timeZone,
  });
  return parts.format(at);
}
