// Real: PostgreSQL.
import { createTestDatabase } from '@tradewatch/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Database } from './database.ts';

let database: Database;
const setting = async (pool: Database['pool']): Promise<unknown> => (await pool.query<{ synchronous_commit: string }>('SHOW synchronous_commit')).rows[0]?.synchronous_commit;

beforeAll(async () => {
  database = new Database({ url: await createTestDatabase(), relaxedEffects: true });
  await database.pool.query('CREATE TABLE noted (line text)');
});
afterAll(() => database.onApplicationShutdown());

describe('the database', () => {
  it('lets effects of events commit without waiting for the disk where that was asked for, and nothing else', async () => {
    const strict = new Database({ url: database.url });
    expect([await setting(database.effects), await setting(database.pool), await setting(strict.effects)]).toEqual(['off', 'on', 'on']);
    expect(await database.$queryRaw`SELECT current_setting('synchronous_commit') AS value`).toEqual([{ value: 'on' }]);
    await strict.onApplicationShutdown();
  });

  it('keeps nothing of a transaction that fails, and its connection serves the next', async () => {
    await expect(database.inTransaction(async (connection) => {
      await connection.query("INSERT INTO noted VALUES ('lost')");
      await connection.query('SELECT 1 / 0');
    })).rejects.toThrow('division by zero');
    await database.inTransaction(async (connection) => void (await connection.query("INSERT INTO noted VALUES ('kept')")));
    expect((await database.pool.query('SELECT line FROM noted')).rows).toEqual([{ line: 'kept' }]);
  });

  it('survives a connection that is cut in mid-transaction', async () => {
    await expect(database.inTransaction((connection) => connection.query('SELECT pg_terminate_backend(pg_backend_pid())'))).rejects.toThrow(/terminat|Connection/);
    expect(await database.inTransaction(async (connection) => (await connection.query<{ one: number }>('SELECT 1 AS one')).rows)).toEqual([{ one: 1 }]);
  });
});
