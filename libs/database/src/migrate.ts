// Applies the migrations at start, the way `prisma migrate deploy` does (which needs an engine download): in Prisma's own
// folder layout, recorded in Prisma's own table, so that either tool can go on where the other stopped.
import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';

const files = import.meta.glob<string>('../prisma/migrations/*/migration.sql', { query: '?raw', import: 'default', eager: true });

/** Name and SQL of every migration, in the order they apply. */
export const migrations: readonly { name: string; sql: string }[] = Object.entries(files)
  .map(([path, sql]) => ({ name: path.split('/').at(-2)!, sql }))
  .sort((a, b) => a.name.localeCompare(b.name));

/** Prisma's own lock for migrations (schema engine, `ADVISORY_LOCK_KEY`): both tools exclude each other. */
const lockKey = 72_707_369;

// The columns are Prisma's, so that its CLI reads and writes the same table.
const createTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ, "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT, "rolled_back_at" TIMESTAMPTZ, "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;

/**
 * Brings the database to the newest migration, each in a transaction of its own; concurrent callers wait for one another.
 * @returns the names applied now.
 * @throws Error naming the migration when one fails, was changed after it was applied, or was left half done.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [lockKey]);
    await client.query(createTable);
    const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
      'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" WHERE rolled_back_at IS NULL',
    );
    const recorded = new Map(rows.map((row) => [row.migration_name, row]));
    const applied: string[] = [];
    for (const { name, sql } of migrations) {
      const checksum = createHash('sha256').update(sql).digest('hex');
      const earlier = recorded.get(name);
      if (earlier && !earlier.finished_at) throw new Error(`Migration ${name} was left half done by another tool: see "prisma migrate resolve".`);
      if (earlier && earlier.checksum !== checksum) throw new Error(`Migration ${name} was changed after it was applied.`);
      if (earlier) continue;
      await apply(client, name, sql, checksum);
      applied.push(name);
    }
    return applied;
  } finally {
    await client.end();
  }
}

async function apply(client: pg.Client, name: string, sql: string, checksum: string): Promise<void> {
  try {
    await client.query('BEGIN');
    await client.query(sql);
    await client.query(
      'INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), now(), 1)',
      [randomUUID(), checksum, name],
    );
    await client.query('COMMIT');
  } catch (cause) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new Error(`Migration ${name} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
