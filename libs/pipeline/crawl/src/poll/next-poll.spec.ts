import { describe, expect, it } from 'vitest';
import { noSchedule } from '../feed/feed-result.ts';
import { nextPollAfter, nextPollAfterFailure, type Failure, type Success } from './next-poll.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
/** A Wednesday. */
const at = new Date('2026-07-01T12:00:00Z');
const after = (changes: Partial<Success> = {}, random = 0) => nextPollAfter({ at, intervalSeconds: 900, ...changes }, () => random).getTime() - at.getTime();
const afterFailure = (changes: Partial<Failure> = {}, random = 0) =>
  nextPollAfterFailure({ at, intervalSeconds: 900, consecutiveFailures: 1, errorCode: 'timeout', ...changes }, () => random).getTime() - at.getTime();

describe('the next poll', () => {
  it('after a success comes after the interval and a little more', () => {
    expect(after()).toBe(15 * minute);
    expect(after({}, 0.999)).toBeLessThan(16 * minute);
    expect(after({ intervalSeconds: 86_400 }, 0.999)).toBeLessThan(day + minute);
  });

  it.each([
    ['sooner, down to half, where entries come faster than the interval', { intervalSeconds: 7200, usualGapSeconds: 600, longestGapSeconds: 9000 }, hour],
    ['in step with entries between half the interval and the whole', { intervalSeconds: 7200, usualGapSeconds: 5400, longestGapSeconds: 9000 }, 90 * minute],
    ['never sooner than every 15 minutes for that', { intervalSeconds: 1200, usualGapSeconds: 60, longestGapSeconds: 9000 }, 15 * minute],
    ['as always where a person wants it sooner than that', { intervalSeconds: 60, usualGapSeconds: 5, longestGapSeconds: 9000 }, minute],
    ['as always where entries are rare', { usualGapSeconds: 86_400, longestGapSeconds: 3 * 86_400, newestEntryAt: new Date(at.getTime() - 8 * day) }, 15 * minute],
    ['after two intervals where the feed sleeps', { usualGapSeconds: 3600, longestGapSeconds: 86_400, newestEntryAt: new Date(at.getTime() - 15 * day) }, 30 * minute],
    ['at most a day later where it sleeps', { intervalSeconds: 7 * 86_400, usualGapSeconds: 3600, longestGapSeconds: 86_400, newestEntryAt: new Date(at.getTime() - 15 * day) }, 8 * day],
  ])('comes %s', (_what, changes, expected) => {
    expect(after(changes)).toBe(expected);
  });

  it.each([
    ['the response is fresh', { freshMs: 40 * minute }, 40 * minute],
    ['the response is fresh, a day at most', { freshMs: 400 * day }, day],
    ['its ttl lasts', { schedule: { ...noSchedule, ttlMinutes: 180 } }, 3 * hour],
    ['the longer of both lasts', { freshMs: 40 * minute, schedule: { ...noSchedule, ttlMinutes: 30 } }, 40 * minute],
    ['hours it skips last', { schedule: { ...noSchedule, skipHours: [12, 13] } }, 2 * hour],
    ['days it skips last', { schedule: { ...noSchedule, skipDays: ['Wednesday', 'thursday'] } }, 36 * hour],
  ])('comes no sooner than %s', (_what, changes, expected) => {
    expect(after(changes)).toBe(expected);
  });

  it('comes as always where what the site says is shorter than the interval, or skips everything', () => {
    expect(after({ freshMs: minute, schedule: { ...noSchedule, ttlMinutes: 1 } })).toBe(15 * minute);
    expect(after({ schedule: { ...noSchedule, skipHours: Array.from({ length: 24 }, (_, hours) => hours) } })).toBe(15 * minute);
  });
});

describe('the next poll after a failure', () => {
  it('comes after twice the interval, then four times, up to a day and never later', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 50, 5000].map((consecutiveFailures) => afterFailure({ consecutiveFailures }) / minute);
    expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1440, 1440, 1440]);
    expect(afterFailure({ consecutiveFailures: 7 }, 0.999)).toBe(day);
  });

  it('differs from source to source', () => {
    expect(afterFailure({}, 0.5)).toBeCloseTo(33 * minute);
  });

  it('comes no sooner than the server asked for, up to a day', () => {
    expect(afterFailure({ retryAfterMs: 5 * hour })).toBe(5 * hour);
    expect(afterFailure({ retryAfterMs: 1000 })).toBe(30 * minute);
    expect(afterFailure({ retryAfterMs: 365 * day })).toBe(day);
  });

  it('is never sooner than the interval of a source that is asked once a week', () => {
    expect(afterFailure({ intervalSeconds: 7 * 86_400 })).toBe(7 * day);
  });

  it('comes at the interval as long as a gazette has no edition for the day', () => {
    expect(afterFailure({ errorCode: 'gap', consecutiveFailures: 40 })).toBe(15 * minute);
  });

  it('comes soon while our own network is away, so that news comes soon after it is back', () => {
    expect(afterFailure({ errorCode: 'dns-failure', consecutiveFailures: 20 })).toBe(15 * minute);
  });
});
