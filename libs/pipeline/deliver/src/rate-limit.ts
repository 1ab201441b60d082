/**
 * How often a channel may be sent to. Slack takes about one message a second for each incoming webhook, with short bursts
 * (https://docs.slack.dev/apis/web-api/rate-limits/). The limit is GCRA, whose whole state is one time: when the allowance
 * is full again. Kept on the channel's row, it holds across replicas.
 */
export const rateLimit = {
  /** Milliseconds of allowance that one message uses. */
  intervalMs: 1_000,
  /** Messages that may go out back to back after a quiet time. */
  burst: 20,
} as const;

/** How far ahead of now the channel's time may lie for another message to be allowed. */
export const toleranceMs = (rateLimit.burst - 1) * rateLimit.intervalMs;

/** The channel's time that allows one message at `resumeAt` and then one each interval: what Retry-After asks for. */
export function timeThatHoldsUntil(resumeAt: Date): Date {
  return new Date(resumeAt.getTime() + toleranceMs);
}
