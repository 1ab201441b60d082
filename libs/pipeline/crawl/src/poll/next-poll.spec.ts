import { describe, expect, it } from 'vitest';
import { waitAfterFailure, waitAfterSuccess } from './next-poll.ts';

const minute = 60_000;
const day = 1440 * minute;
const failure = (changes: Partial<Parameters<typeof waitAfterFailure>[0]>) => ({ intervalSeconds: 900, consecutiveFailures: 1, errorCode: 'timeout', ...changes });

describe('the wait for the next poll', () => {
  it('after a success is the interval and a little more', () => {
    expect(waitAfterSuccess(900, () => 0)).toBe(15 * minute);
    expect(waitAfterSuccess(900, () => 0.999)).toBeLessThan(16 * minute);
    expect(waitAfterSuccess(86_400, () => 0.999)).toBeLessThan(day + minute);
  });

  it('after failures doubles up to a day, and never passes it', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 50, 5000].map((consecutiveFailures) => waitAfterFailure(failure({ consecutiveFailures }), () => 0) / minute);
    expect(waits).toEqual([30, 60, 120, 240, 480, 960, 1440, 1440, 1440]);
    expect(waitAfterFailure(failure({ consecutiveFailures: 7 }), () => 0.999)).toBe(day);
  });

  it('after a failure differs from source to source', () => {
    expect(waitAfterFailure(failure({}), () => 0.5)).toBeCloseTo(33 * minute);
  });

  it('is at least what the server asked for, up to a day', () => {
    expect(waitAfterFailure(failure({ retryAfterMs: 5 * 60 * minute }), () => 0)).toBe(300 * minute);
    expect(waitAfterFailure(failure({ retryAfterMs: 1000 }), () => 0)).toBe(30 * minute);
    expect(waitAfterFailure(failure({ retryAfterMs: 365 * day }), () => 0)).toBe(day);
  });

  it('is never shorter than the interval of a source that is asked once a week', () => {
    expect(waitAfterFailure(failure({ intervalSeconds: 7 * 86_400 }), () => 0)).toBe(7 * day);
  });

  it('is the interval as long as a gazette has no edition for the day', () => {
    expect(waitAfterFailure(failure({ errorCode: 'gap', consecutiveFailures: 40 }), () => 0)).toBe(15 * minute);
  });

  it('stays short while our own network is away, so that news comes soon after it is back', () => {
    expect(waitAfterFailure(failure({ errorCode: 'dns-failure', consecutiveFailures: 20 }), () => 0)).toBe(15 * minute);
  });
});
