// When to ask a source again: in its own rhythm around its interval while it answers, ever later while it does not.
import type { FeedSchedule } from '../feed/feed-result.ts';

const hourMs = 3600_000;
const dayMs = 24 * hourMs;
const longestWaitMs = dayMs;
/** No source is asked more often for its rhythm than every 15 minutes: what a catalog's operators were promised. */
const shortestAdaptedMs = 15 * 60_000;
/** A feed that has had nothing for so long, and for ten times its longest pause, sleeps. */
const sleepsAfterMs = 14 * dayMs;
/**
 * What a machine without network shows (macOS says of every name that it does not exist): no request leaves, so asking again costs
 * nobody anything, and it passes for all sources at once.
 */
const ownNetworkCodes: ReadonlySet<string> = new Set(['dns-failure', 'host-not-found', 'unreachable']);
const longestOwnNetworkWaitMs = 15 * 60_000;

/** Whether a poll may have failed because this machine has no network. */
export function isOwnNetworkFailure(errorCode: string): boolean {
  return ownNetworkCodes.has(errorCode);
}

export interface Success {
  readonly at: Date;
  readonly intervalSeconds: number;
  readonly usualGapSeconds?: number | null;
  readonly longestGapSeconds?: number | null;
  readonly newestEntryAt?: Date | null;
  /** What the feed says of when to ask. */
  readonly schedule?: FeedSchedule | null;
  /** How long the response stays fresh (Cache-Control, Expires), milliseconds. */
  readonly freshMs?: number;
}

/**
 * The time of the next poll after a success. The source's interval, adapted to the feed's rhythm: down to half of it (but never under
 * 15 minutes) where entries come faster than the interval, up to twice (at most a day more) where the feed sleeps, as it is otherwise;
 * up to a minute more, so that sources spread out. Not before what the site says (freshness, ttl, sy:updatePeriod: each at most a day),
 * and not within hours and days the feed says to skip.
 */
export function nextPollAfter(success: Success, random: () => number = Math.random): Date {
  const adaptedMs = adaptedIntervalMs(success);
  const spreadMs = random() * Math.min(60_000, adaptedMs * 0.05);
  const askedForMs = Math.max(success.freshMs ?? 0, (success.schedule?.ttlMinutes ?? 0) * 60_000);
  const waitMs = Math.max(adaptedMs, Math.min(askedForMs, longestWaitMs)) + spreadMs;
  return afterSkipped(new Date(success.at.getTime() + waitMs), success.schedule);
}

function adaptedIntervalMs({ at, intervalSeconds, usualGapSeconds, longestGapSeconds, newestEntryAt }: Success): number {
  const intervalMs = intervalSeconds * 1000;
  if (!usualGapSeconds || !longestGapSeconds) return intervalMs;
  const quietMs = newestEntryAt ? at.getTime() - newestEntryAt.getTime() : 0;
  if (quietMs > Math.max(sleepsAfterMs, 10 * longestGapSeconds * 1000)) return Math.min(2 * intervalMs, intervalMs + dayMs);
  const shortestMs = Math.max(intervalMs / 2, Math.min(intervalMs, shortestAdaptedMs));
  return Math.min(intervalMs, Math.max(usualGapSeconds * 1000, shortestMs));
}

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The first moment from `time` on that is in no hour or day to skip (RSS 2.0: hours and days of GMT); a feed that skips all skips none. */
function afterSkipped(time: Date, schedule: FeedSchedule | null | undefined): Date {
  if (!schedule || (schedule.skipHours.length === 0 && schedule.skipDays.length === 0)) return time;
  const skipDays = new Set(schedule.skipDays.map((day) => day.toLowerCase()));
  const isSkipped = (at: Date): boolean => schedule.skipHours.includes(at.getUTCHours()) || skipDays.has(weekdays[at.getUTCDay()]!);
  let candidate = time;
  for (let hours = 0; hours < 7 * 24; hours += 1) {
    if (!isSkipped(candidate)) return candidate;
    candidate = new Date((Math.floor(candidate.getTime() / hourMs) + 1) * hourMs + (time.getTime() % 60_000));
  }
  return time;
}

export interface Failure {
  readonly at: Date;
  readonly intervalSeconds: number;
  /** Failures in a row, this one included. */
  readonly consecutiveFailures: number;
  readonly errorCode: string;
  /** What the server asked for (Retry-After). */
  readonly retryAfterMs?: number | undefined;
}

/**
 * The time of the next poll after a failure: after twice the interval, then four times and so on, with up to a fifth more at
 * random, at least what the server asked for and at most 24 hours (or the interval itself where that is longer).
 */
export function nextPollAfterFailure(failure: Failure, random: () => number = Math.random): Date {
  // The host answers well; the edition it has not got yet may come at any time.
  if (failure.errorCode === 'gap') return nextPollAfter(failure, random);
  const intervalMs = failure.intervalSeconds * 1000;
  const ceiling = Math.max(intervalMs, isOwnNetworkFailure(failure.errorCode) ? longestOwnNetworkWaitMs : longestWaitMs);
  const doubled = intervalMs * 2 ** Math.min(failure.consecutiveFailures, 20);
  const wait = Math.min(ceiling, doubled * (1 + random() * 0.2));
  return new Date(failure.at.getTime() + Math.max(wait, Math.min(failure.retryAfterMs ?? 0, Math.max(intervalMs, longestWaitMs))));
}
