import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigurationError, duration, flag, port, readEnvironment, url } from './environment.ts';

const schema = z.object({
  TRADEWATCH_PORT: port.default(3000),
  DATABASE_URL: url('postgresql', 'postgres').optional(),
  TRADEWATCH_ALLOW_PRIVATE_NETWORKS: flag.default(false),
});

describe('the environment', () => {
  it('is typed, with defaults for what is absent or empty', () => {
    expect(readEnvironment(schema, { TRADEWATCH_PORT: '', DATABASE_URL: 'postgres://h/db' }))
      .toEqual({ TRADEWATCH_PORT: 3000, DATABASE_URL: 'postgres://h/db', TRADEWATCH_ALLOW_PRIVATE_NETWORKS: false });
  });

  it('is refused with one line for each variable at fault', () => {
    const attempt = (): unknown => readEnvironment(schema, { TRADEWATCH_PORT: '70000', TRADEWATCH_ALLOW_PRIVATE_NETWORKS: 'yes', DATABASE_URL: 'mysql://u:secret@h/db' });
    expect(attempt).toThrow(ConfigurationError);
    expect(attempt).toThrow([
      'TRADEWATCH_PORT must be a port number from 1 to 65535 (it is "70000")',
      'DATABASE_URL must be a URL that begins with postgresql:// or postgres://',
      'TRADEWATCH_ALLOW_PRIVATE_NETWORKS must be true or false (it is "yes")',
    ].join('\n'));
  });

  it('takes times as a number with a unit', () => {
    const times = z.object({ EVENT_LOG_RETENTION: duration.prefault('7d') });
    const ms = (value?: string): number => readEnvironment(times, { EVENT_LOG_RETENTION: value }).EVENT_LOG_RETENTION;
    expect([ms(), ms('90s'), ms('15m'), ms('12h'), ms('30d')]).toEqual([604_800_000, 90_000, 900_000, 43_200_000, 2_592_000_000]);
    for (const wrong of ['0d', '7', 'week', '-1d', '1.5h', '7 d']) {
      expect(() => ms(wrong)).toThrow(`EVENT_LOG_RETENTION must be a number of seconds, minutes, hours or days: 90s, 15m, 12h or 7d (it is "${wrong}")`);
    }
  });
});
