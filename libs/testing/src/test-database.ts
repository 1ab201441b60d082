import { randomBytes } from 'node:crypto';
import { migrate } from '@tradewatch/database';
import pg from 'pg';
import { afterAll, inject } from 'vitest';

/** A database of the calling test file's own, migrated and dropped after it. Real PostgreSQL, nothing faked. @returns its URL. */
export async function createTestDatabase({ migrated = true } = {}): Promise<string> {
  const serverUrl = inject('postgresUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await withServer(serverUrl, (client) => client.query(`CREATE DATABASE ${name}`));
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  if (migrated) await migrate(url.href);
  afterAll(() => withServer(serverUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)));
  return url.href;
}

async function withServer(serverUrl: string, use: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
