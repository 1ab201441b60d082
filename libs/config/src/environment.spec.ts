import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ConfigurationError, flag, port, readEnvironment, url } from './environment.ts';

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
});
