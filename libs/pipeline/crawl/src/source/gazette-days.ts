// Which days of a daily gazette a poll asks for. A day that came empty may be filled later: it is remembered and asked for again.
import { DateTime } from 'luxon';

/** In the address of a gazette, stands for the day that is asked for. */
export const dayPlaceholder = '{DD-MM-YYYY}';

const zone = 'America/Mexico_City';
/** Days that a gap is remembered for; after them it was a day without an edition. */
const longestMemoryDays = 10;
/** Days before today that the first poll reads, so that a source added on a Sunday brings something. */
const firstLookDays = 4;
/** A gap older than this is asked for four times a day, no longer at every poll. */
const freshGapDays = 2;
const quarterDayMs = 6 * 3600_000;

export interface GazetteProgress {
  readonly lastPolledAt: Date | null;
  readonly lastSucceededAt: Date | null;
  /** ISO days. */
  readonly gaps: readonly string[];
}

export interface DayPlan {
  /** ISO days in the order they are asked for, today first. */
  readonly ask: readonly string[];
  /** Gaps that wait for a later poll. */
  readonly leave: readonly string[];
}

/** Today, every day since the last success (its own day again, for the evening's editions), and the gaps before it. */
export function planDays({ lastPolledAt, lastSucceededAt, gaps }: GazetteProgress, now: Date): DayPlan {
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  const oldest = today.minus({ days: longestMemoryDays });
  const lastRead = lastSucceededAt === null ? today.minus({ days: firstLookDays }) : DateTime.fromJSDate(lastSucceededAt, { zone }).startOf('day');
  const ask: string[] = [];
  for (let day = today; day >= lastRead && day >= oldest; day = day.minus({ days: 1 })) ask.push(day.toISODate()!);
  const isNewQuarter = lastPolledAt === null || Math.floor(lastPolledAt.getTime() / quarterDayMs) !== Math.floor(now.getTime() / quarterDayMs);
  const freshest = today.minus({ days: freshGapDays }).toISODate()!;
  const kept = [...new Set(gaps)].filter((day) => day >= oldest.toISODate()! && !ask.includes(day)).sort().reverse();
  return { ask: [...ask, ...kept.filter((day) => isNewQuarter || day >= freshest)], leave: kept.filter((day) => !isNewQuarter && day < freshest) };
}

/** The address of one day's index. @param day ISO. */
export function dayAddress(address: string, day: string): string {
  return address.replaceAll(dayPlaceholder, day.split('-').reverse().join('-'));
}

/** ISO days in words, newest first: "22 November 2026 and 2 days before it". @param days at least one. */
export function dayWords([newest, ...earlier]: readonly string[]): string {
  const day = DateTime.fromISO(newest ?? '', { zone, locale: 'en' }).toFormat('d MMMM yyyy');
  return earlier.length === 0 ? day : `${day} and ${earlier.length === 1 ? 'one day before it' : `${earlier.length} days before it`}`;
}
