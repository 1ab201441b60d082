import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ConfigurationError, databaseEnvironment, readEnvironment } from '@tradewatch/config';
import { assertDatabaseAnswers, Database, EmbeddedPostgres, holdDatabase, migrate } from '@tradewatch/database';
import { z } from 'zod';
import { quietTransport } from './quiet-transport.ts';

const environment = z.object({ DATABASE_URL: databaseEnvironment.DATABASE_URL.optional(), TRADEWATCH_DATA_DIR: z.string().default('.data') });

/** What a command may want to know of the database it works on. */
export interface DatabaseUse {
  /** Nothing of the product can be running on it: the server was started for this command. */
  readonly alone: boolean;
}

type Use = (database: Database, use: DatabaseUse) => Promise<number>;

/**
 * Runs a command on the database of DATABASE_URL, else on that of `npm start` in TRADEWATCH_DATA_DIR: while that runs beside it, else
 * started for as long as the command takes. @throws ConfigurationError naming what to set where there is neither.
 */
export async function withDatabase(use: Use): Promise<number> {
  quietTransport();
  const { DATABASE_URL, TRADEWATCH_DATA_DIR } = readEnvironment(environment);
  if (DATABASE_URL) {
    await assertDatabaseAnswers(DATABASE_URL, { migrated: true });
    return useOf(DATABASE_URL, use, { alone: false });
  }
  const folder = join(resolve(TRADEWATCH_DATA_DIR), 'postgres');
  if (!existsSync(join(folder, 'cluster/PG_VERSION'))) {
    throw new ConfigurationError([`there is no data in ${resolve(TRADEWATCH_DATA_DIR)}: run npm start first, set TRADEWATCH_DATA_DIR to its folder, or DATABASE_URL.`]);
  }
  const server = await EmbeddedPostgres.start({ folder });
  // Refused while the product works on it: then the server is not ours to stop.
  const letGo = await holdDatabase(server.url).catch((error: unknown) => {
    if (error instanceof ConfigurationError) return null;
    throw error;
  });
  if (!letGo) return useOf(server.url, use, { alone: false });
  try {
    await migrate(server.url);
    return await useOf(server.url, use, { alone: true });
  } finally {
    await letGo();
    await server.stop();
  }
}

async function useOf(url: string, use: Use, how: DatabaseUse): Promise<number> {
  const database = new Database({ url, poolSize: 3 });
  return use(database, how).finally(async () => {
    await database.$disconnect();
    // Prisma ends the pool only where it has used it itself; an idle connection would hold the process for ten seconds.
    if (!database.pool.ending) await database.pool.end();
  });
}
