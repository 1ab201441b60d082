import { describe, expect, it } from 'vitest';
import { judge, retryPolicy } from './retry-policy.ts';
import type { SendResult } from './send-result.ts';

const failed: SendResult = { outcome: 'retry', errorCode: 'http-500', message: 'It failed.', httpStatus: 500 };
const limited = (retryAfterMs?: number): SendResult => ({ outcome: 'retry', errorCode: 'rate-limited', message: 'Slower.', httpStatus: 429, retryAfterMs });

describe('the retry policy', () => {
  it('ends with success and with what trying again cannot mend', () => {
    expect(judge({ outcome: 'sent', httpStatus: 200 }, 1, 0.5)).toEqual({ state: 'sent' });
    expect(judge({ outcome: 'dead', errorCode: 'no_service', message: '', httpStatus: 404 }, 1, 0.5)).toEqual({ state: 'dead' });
  });

  it('waits twice as long after each failure, up to an hour, for about a day', () => {
    const delays: number[] = [];
    for (let attempt = 1; ; attempt++) {
      const verdict = judge(failed, attempt, 0.5);
      if (verdict.state !== 'pending') break;
      delays.push(verdict.delayMs);
    }
    expect(delays.slice(0, 4)).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(delays.at(-1)).toBe(retryPolicy.longestDelayMs);
    const hours = delays.reduce((sum, each) => sum + each, 0) / 3_600_000;
    expect(hours).toBeGreaterThan(20);
    expect(hours).toBeLessThan(26);
  });

  it('spreads retries around their time', () => {
    expect(judge(failed, 1, 0)).toMatchObject({ delayMs: 1_600 });
    expect(judge(failed, 1, 1)).toMatchObject({ delayMs: 2_400 });
  });

  it('waits exactly as long as a 429 asks, and so does the whole channel', () => {
    expect(judge(limited(7_000), 1, 0.9)).toEqual({ state: 'pending', delayMs: 7_000, holdMs: 7_000 });
    expect(judge(limited(), 1, 0.9)).toMatchObject({ delayMs: retryPolicy.rateLimitedDelayMs });
    expect(judge(limited(10 ** 9), 1, 0.9)).toMatchObject({ delayMs: retryPolicy.longestDelayMs });
  });

  it('asks a receiver that keeps saying 429 less often after a while', () => {
    expect(judge(limited(1_000), 8, 0.5)).toEqual({ state: 'pending', delayMs: 256_000, holdMs: 1_000 });
  });

  it('leaves a failing receiver alone for a minute at most on account of one delivery', () => {
    expect(judge(failed, 10, 0.5)).toMatchObject({ holdMs: retryPolicy.longestHoldMs });
  });
});
