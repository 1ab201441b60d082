import type { SendResult } from './send-result.ts';

/**
 * How long a delivery is tried: 2 s after the first failure, then twice as long each time up to an hour; 34 attempts are about
 * a day, longer than receivers are usually out.
 */
export const retryPolicy = {
  firstDelayMs: 2_000,
  longestDelayMs: 3_600_000,
  mostAttempts: 34,
  /** What a 429 without Retry-After is taken to ask for. */
  rateLimitedDelayMs: 30_000,
  /** A receiver that fails is left alone this long at most before another delivery tries it. */
  longestHoldMs: 60_000,
} as const;

export type Verdict =
  | { readonly state: 'sent' }
  | { readonly state: 'dead' }
  /** `holdMs`: how long the whole channel waits. */
  | { readonly state: 'pending'; readonly delayMs: number; readonly holdMs: number };

/**
 * @param attempt the number of the attempt just made, from 1.
 * @param random in 0..1; spreads the retries of many deliveries over ±20 %.
 */
export function judge(result: SendResult, attempt: number, random: number): Verdict {
  if (result.outcome !== 'retry') return { state: result.outcome };
  if (attempt >= retryPolicy.mostAttempts) return { state: 'dead' };
  const backoff = Math.round(Math.min(retryPolicy.firstDelayMs * 2 ** (attempt - 1), retryPolicy.longestDelayMs) * (0.8 + 0.4 * random));
  if (result.httpStatus === 429) {
    const asked = Math.min(result.retryAfterMs ?? retryPolicy.rateLimitedDelayMs, retryPolicy.longestDelayMs);
    // A receiver that keeps asking for a second is asked less often after a while; it must not use up the attempts.
    const delayMs = attempt <= 5 ? asked : Math.max(asked, backoff);
    return { state: 'pending', delayMs, holdMs: asked };
  }
  const delayMs = Math.min(Math.max(backoff, result.retryAfterMs ?? 0), retryPolicy.longestDelayMs);
  return { state: 'pending', delayMs, holdMs: Math.min(delayMs, retryPolicy.longestHoldMs) };
}
