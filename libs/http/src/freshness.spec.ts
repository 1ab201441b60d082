import { describe, expect, it } from 'vitest';
import { freshnessOf } from './freshness.ts';

const now = Date.UTC(2026, 6, 1, 12, 0, 0);
const date = 'Wed, 01 Jul 2026 12:00:00 GMT';

describe('how long a response stays fresh', () => {
  it.each([
    [{ 'cache-control': 'max-age=600' }, 600_000],
    [{ 'cache-control': 'public, Max-Age="600", must-revalidate' }, 600_000],
    [{ 'cache-control': 'max-age=600', age: '500' }, 100_000],
    [{ 'cache-control': 'max-age=600', age: '900' }, 0],
    [{ 'cache-control': 's-maxage=600' }, 0],
    [{ 'cache-control': 'no-cache, max-age=600' }, 0],
    [{ 'cache-control': 'no-store' }, 0],
    [{ 'cache-control': 'max-age=-5' }, 0],
    [{ 'cache-control': 'max-age=99999999999999999999' }, 365 * 86_400_000],
    [{ 'cache-control': 'max-age=60', expires: 'Wed, 01 Jul 2026 18:00:00 GMT' }, 60_000],
    [{ expires: 'Wed, 01 Jul 2026 12:05:00 GMT', date }, 300_000],
    [{ expires: 'Wed, 01 Jul 2026 12:05:00 GMT' }, 300_000],
    [{ expires: 'Wed, 01 Jul 2026 11:00:00 GMT', date }, 0],
    [{ expires: '0' }, 0],
    [{ expires: '-1' }, 0],
    [{}, 0],
  ])('%j is %i ms', (headers, expected) => {
    expect(freshnessOf(headers as Record<string, string>, now)).toBe(expected);
  });
});
