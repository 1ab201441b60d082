/** When an alert goes out: at once, after the quiet hours, or with the next digest. Local times follow the zone's own rules, summer time included. */
import { DateTime } from 'luxon';
import { z } from 'zod';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A subscription's delivery mode, as the match step stores it. */
export const modeSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('instant') }),
  z.object({ type: z.literal('digest'), at: z.string(), days: z.array(z.enum(weekdays)).optional(), timeZone: z.string() }),
]);
export type Mode = z.infer<typeof modeSchema>;

/** Local hours in which instant alerts wait; `from` later than `to` spans midnight. */
export const quietHoursSchema = z.object({ from: z.string(), to: z.string(), timeZone: z.string() });
export type QuietHours = z.infer<typeof quietHoursSchema>;

/** @returns the time an alert raised at `now` is due, and whether it goes into a digest. */
export function dueTime(now: Date, mode: Mode, quietHours: QuietHours | null): { dueAt: Date; digest: boolean } {
  if (mode.type === 'digest') return { dueAt: nextDigest(now, mode), digest: true };
  return { dueAt: quietHours ? endOfQuietHours(now, quietHours) : now, digest: false };
}

/** The first local `at` after `now` on a day the mode allows. A time that summer time skips that day moves on with the clock. */
export function nextDigest(now: Date, { at, days, timeZone }: Extract<Mode, { type: 'digest' }>): Date {
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  for (let ahead = 0; ahead <= 7; ahead++) {
    const candidate = atTimeOfDay(local.plus({ days: ahead }), at);
    const allowed = !days || days.length === 0 || days.includes(weekdays[candidate.weekday - 1]!);
    if (allowed && candidate > local) return candidate.toJSDate();
  }
  throw new RangeError(`A digest at ${at} on ${days?.join(', ')} in ${timeZone} never comes`);
}

/** `now` itself outside the quiet hours (the hour they end is outside). */
export function endOfQuietHours(now: Date, { from, to, timeZone }: QuietHours): Date {
  const local = DateTime.fromJSDate(now, { zone: timeZone });
  const minute = local.hour * 60 + local.minute;
  const [start, end] = [minutesOf(from), minutesOf(to)];
  const quiet = start < end ? minute >= start && minute < end : minute >= start || minute < end;
  if (!quiet) return now;
  const today = atTimeOfDay(local, to);
  return (today > local ? today : atTimeOfDay(local.plus({ days: 1 }), to)).toJSDate();
}

function atTimeOfDay(day: DateTime, time: string): DateTime {
  const minutes = minutesOf(time);
  return day.set({ hour: Math.floor(minutes / 60), minute: minutes % 60, second: 0, millisecond: 0 });
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}
