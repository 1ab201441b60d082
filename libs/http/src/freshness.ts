const longestMs = 365 * 24 * 3_600_000;

/**
 * Milliseconds for which a response says it will not change (RFC 9111, 4.2.1, as a private cache reads it): Cache-Control max-age
 * less Age, else Expires less Date. 0 where it says nothing, or not to keep it.
 */
export function freshnessOf(headers: Readonly<Record<string, string>>, now: number = Date.now()): number {
  const cacheControl = (headers['cache-control'] ?? '').slice(0, 1000).toLowerCase();
  const directives = new Map(cacheControl.split(',').map((directive) => {
    const [name = '', value = ''] = directive.split('=', 2);
    return [name.trim(), value.trim().replaceAll('"', '')];
  }));
  if (directives.has('no-store') || directives.has('no-cache')) return 0;
  const maxAge = directives.get('max-age');
  if (maxAge !== undefined) {
    if (!/^\d+$/.test(maxAge)) return 0;
    const age = /^\d{1,10}$/.test(headers['age']?.trim() ?? '') ? Number(headers['age']) : 0;
    return Math.min(Math.max(Number(maxAge) - age, 0) * 1000, longestMs);
  }
  const expires = httpDate(headers['expires']);
  if (expires === undefined) return 0;
  return Math.min(Math.max(expires - (httpDate(headers['date']) ?? now), 0), longestMs);
}

function httpDate(value: string | undefined): number | undefined {
  if (value === undefined || value.length > 100 || !/[a-z]/i.test(value)) return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}
