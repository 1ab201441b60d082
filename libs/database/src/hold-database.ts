import { ConfigurationError } from '@tradewatch/config';
import pg from 'pg';

/** Key of the session lock that says "an all-in-one process works on this database". */
const lockKey = 0x7472_6477;

/**
 * Makes sure that no other all-in-one process uses the database, for as long as this one lives: two would read the event
 * log with the same cursors. The lock goes with its connection, so that a kill -9 leaves nothing behind.
 * @returns what lets go of it.
 * @throws ConfigurationError when another process holds it.
 */
export async function holdDatabase(databaseUrl: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'tradewatch-hold', keepAlive: true });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [lockKey]);
  if (!rows[0]?.held) {
    await client.end();
    throw new ConfigurationError(['another tradewatch works on this data: stop it, or set TRADEWATCH_DATA_DIR (or DATABASE_URL) to data of its own.']);
  }
  return () => client.end();
}
