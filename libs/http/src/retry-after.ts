const longestWaitMs = 7 * 24 * 3_600_000;

/**
 * Milliseconds to wait according to a Retry-After field (RFC 9110, 10.2.3): seconds or an HTTP date, at most a week, never negative.
 * Undefined where the field is missing or says neither.
 */
export function parseRetryAfter(value: string | undefined, now: number = Date.now()): number | undefined {
  const text = value?.trim() ?? '';
  if (text === '' || text.length > 100) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Math.ceil(Number(text) * 1000), longestWaitMs);
  if (!/[a-z]/i.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.min(Math.max(at - now, 0), longestWaitMs);
}
