import { z } from 'zod';
import { cleanText, filterSchema } from './filter.ts';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as "08:00"');
const timeZone = z.string().refine(isTimeZone, { error: ({ input }) => `there is no time zone ${JSON.stringify(input)}; use an IANA name such as "America/Mexico_City"` });

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** When a subscription's alerts go out: at once, or together at a local time (every day, or on the days given). */
export const modeSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('instant') }),
  z.strictObject({ type: z.literal('digest'), at: timeOfDay, days: z.array(z.enum(weekdays)).min(1, 'must name at least one day').max(7).optional(), timeZone }),
]);

/** Local hours in which instant alerts wait; `from` later than `to` spans midnight. */
export const quietHoursSchema = z.strictObject({ from: timeOfDay, to: timeOfDay, timeZone })
  .refine(({ from, to }) => from !== to, { error: 'must differ from "from"', path: ['to'] });

export const subscriptionSchema = z.strictObject({
  name: cleanText(200),
  filter: filterSchema,
  channelIds: z.array(z.uuid('is not a channel id')).min(1, 'must name at least one channel').max(20)
    .transform((ids) => [...new Set(ids.map((id) => id.toLowerCase()))]),
  mode: modeSchema,
  quietHours: quietHoursSchema.nullish().transform((hours) => hours ?? null),
  enabled: z.boolean().default(true),
});

/** A subscription as its owner writes it. */
export type SubscriptionDraft = z.output<typeof subscriptionSchema>;

export interface Subscription extends SubscriptionDraft {
  readonly id: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

function isTimeZone(name: string): boolean {
  // Offsets such as "+05:00" are accepted by Intl, but are no place and know no summer time.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
