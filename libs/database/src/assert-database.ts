import { ConfigurationError } from '@tradewatch/config';
import pg from 'pg';

const timeoutMs = 5_000;

/**
 * Makes sure that the database can be used before anything is built on it.
 * @param needs `migrated`: its tables must be there.
 * @throws ConfigurationError, one line with the address and what to do; the password is not repeated.
 */
export async function assertDatabaseAnswers(databaseUrl: string, needs: { readonly migrated?: boolean } = {}): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'tradewatch-start', connectionTimeoutMillis: timeoutMs, query_timeout: timeoutMs });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ there: boolean }>(`SELECT to_regclass('event_log') IS NOT NULL AS there`);
    if (needs.migrated && !rows[0]?.there) throw new ConfigurationError([`the database ${placeOf(client)} has no tables yet: run "tradewatch migrate" first.`]);
  } catch (cause) {
    throw cause instanceof ConfigurationError ? cause : new ConfigurationError([complaint(client, cause)], { cause });
  } finally {
    await client.end().catch(() => undefined);
  }
}

function placeOf({ database, host, port }: pg.Client): string {
  return `"${database}" at ${host}:${port}`;
}

function complaint(client: pg.Client, error: unknown): string {
  const { code, message } = error as { code?: string; message: string };
  const address = `${client.host}:${client.port}`;
  if (code === '28P01' || code === '28000') return `PostgreSQL at ${address} refuses the user "${client.user}": see name and password in DATABASE_URL.`;
  if (code === '3D000') return `there is no database "${client.database}" at ${address}: create it, or set DATABASE_URL to one that is there.`;
  if (code === '57P03') return `PostgreSQL at ${address} is starting or stopping: try again shortly.`;
  const silent = code === undefined ? /timeout|terminated/i.test(message) : /^(E[A-Z_]+|57P0[12]|08\w{3})$/.test(code);
  if (silent) return `PostgreSQL at ${address} does not answer (${code ?? `${timeoutMs / 1_000} s`}): start it, or set DATABASE_URL to one that runs.`;
  return `the database ${placeOf(client)} cannot be used (${message.split('\n')[0]}): see DATABASE_URL.`;
}
