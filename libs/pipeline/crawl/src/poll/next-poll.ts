// When to ask a source again: at its interval while it answers, ever later while it does not.

const longestWaitMs = 24 * 3600_000;
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

/** Milliseconds to the next poll after a success: the interval and up to a minute more, so that sources spread out. */
export function waitAfterSuccess(intervalSeconds: number, random: () => number = Math.random): number {
  const intervalMs = intervalSeconds * 1000;
  return intervalMs + random() * Math.min(60_000, intervalMs * 0.05);
}

export interface Failure {
  readonly intervalSeconds: number;
  /** Failures in a row, this one included. */
  readonly consecutiveFailures: number;
  readonly errorCode: string;
  /** What the server asked for (Retry-After). */
  readonly retryAfterMs?: number | undefined;
}

/**
 * Milliseconds to the next poll after a failure: twice the interval, then four times and so on, with up to a fifth more at
 * random, at least what the server asked for and at most 24 hours (or the interval itself where that is longer).
 */
export function waitAfterFailure(failure: Failure, random: () => number = Math.random): number {
  // The host answers well; the edition it has not got yet may come at any time.
  if (failure.errorCode === 'gap') return waitAfterSuccess(failure.intervalSeconds, random);
  const intervalMs = failure.intervalSeconds * 1000;
  const ceiling = Math.max(intervalMs, isOwnNetworkFailure(failure.errorCode) ? longestOwnNetworkWaitMs : longestWaitMs);
  const doubled = intervalMs * 2 ** Math.min(failure.consecutiveFailures, 20);
  const wait = Math.min(ceiling, doubled * (1 + random() * 0.2));
  return Math.max(wait, Math.min(failure.retryAfterMs ?? 0, Math.max(intervalMs, longestWaitMs)));
}
