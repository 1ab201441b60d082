// Real: PostgreSQL and Prisma's schema engine (its WebAssembly build).
import { readFile } from 'node:fs/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import { createTestDatabase } from '@tradewatch/testing';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { migrate, migrations } from './migrate.ts';

describe('migrations', () => {
  let url: string;
  beforeAll(async () => {
    url = await createTestDatabase();
  });

  it('are recorded the way Prisma records them and applied once, also by callers at the same time', async () => {
    expect(await Promise.all([migrate(url), migrate(url), migrate(url)])).toEqual([[], [], []]);
    const rows = await query(url, 'SELECT migration_name, length(checksum) AS checksum, applied_steps_count AS steps FROM _prisma_migrations ORDER BY 1');
    expect(rows).toEqual(migrations.map(({ name }) => ({ migration_name: name, checksum: 64, steps: 1 })));
  });

  it('leave the database as the Prisma schema describes it, partial indexes apart', async () => {
    const schema = await readFile(new URL('../prisma/schema.prisma', import.meta.url), 'utf8');
    const described = await createTestDatabase({ migrated: false });
    const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: described }));
    const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => undefined, adapter);
    const { stdout: script } = await engine.diff({
      from: { tag: 'empty' }, to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content: schema }] },
      script: true, exitCode: null, filters: { externalTables: [], externalEnums: [] },
    });
    await query(described, script ?? '');
    expect(await structure(url)).toEqual(await structure(described));
  });
});

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

async function structure(url: string): Promise<unknown> {
  return {
    columns: await query(url, `SELECT table_name, column_name, udt_name, is_nullable, column_default, datetime_precision FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' ORDER BY 1, 2`),
    indexes: await query(url, `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' AND indexname NOT LIKE '%\\_partial' ORDER BY 1`),
    constraints: await query(url, `SELECT conrelid::regclass::text AS table_name, pg_get_constraintdef(oid) AS definition FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> '_prisma_migrations' ORDER BY 1, 2`),
  };
}
