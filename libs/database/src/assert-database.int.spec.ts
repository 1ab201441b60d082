// Real: PostgreSQL, and a port where nothing listens.
import { ConfigurationError } from '@tradewatch/config';
import { createTestDatabase, freePort } from '@tradewatch/testing';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { assertDatabaseAnswers } from './assert-database.ts';

let url: string;
beforeAll(async () => {
  url = await createTestDatabase();
});

async function complaint(databaseUrl: string, needs?: { migrated: boolean }): Promise<string> {
  const error: unknown = await assertDatabaseAnswers(databaseUrl, needs).then(() => null, (thrown: unknown) => thrown);
  if (!(error instanceof ConfigurationError)) throw new Error(`expected a ConfigurationError, got ${String(error)}`);
  expect(error.lines).toHaveLength(1);
  return error.lines[0]!;
}

describe('a database that cannot be used is told in one line:', () => {
  it('one that is down, with its address and not its password', async () => {
    const port = await freePort();
    expect(await complaint(`postgresql://someone:secret-word@127.0.0.1:${port}/news`))
      .toBe(`PostgreSQL at 127.0.0.1:${port} does not answer (ECONNREFUSED): start it, or set DATABASE_URL to one that runs.`);
  });

  it('one whose host nobody knows', async () => {
    expect(await complaint('postgresql://someone@nowhere.invalid/news')).toMatch(/^PostgreSQL at nowhere\.invalid:5432 does not answer \(E[A-Z_]+\)/);
  });

  it('one that does not exist', async () => {
    const missing = new URL(url);
    missing.pathname = '/not-there';
    expect(await complaint(missing.href)).toBe(`there is no database "not-there" at ${missing.host}: create it, or set DATABASE_URL to one that is there.`);
  });

  it('one without tables, where they are needed', async () => {
    const empty = new URL(url);
    empty.pathname = '/template1';
    expect(await complaint(empty.href, { migrated: true })).toBe(`the database "template1" at ${empty.host} has no tables yet: run "tradewatch migrate" first.`);
    await expect(assertDatabaseAnswers(empty.href)).resolves.toBeUndefined();
  });

  it('one that refuses the password or the user', async () => {
    const admin = new pg.Client({ connectionString: url });
    await admin.connect();
    await admin.query('DROP ROLE IF EXISTS locked_out');
    await admin.query('CREATE ROLE locked_out NOLOGIN');
    await admin.end();
    const refused = new URL(url);
    refused.username = 'locked_out';
    refused.password = 'secret-word';
    const line = await complaint(refused.href);
    expect(line).toBe(`PostgreSQL at ${refused.host} refuses the user "locked_out": see name and password in DATABASE_URL.`);
  });
});

it('says nothing of a database that is fine', async () => {
  await expect(assertDatabaseAnswers(url, { migrated: true })).resolves.toBeUndefined();
});
