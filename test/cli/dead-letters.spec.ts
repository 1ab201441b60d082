// Real: the built command line, PostgreSQL. The same commands on Kafka are part of the compose test.
import { Database } from '@tradewatch/database';
import { DeadLettersStore } from '@tradewatch/messaging';
import { createTestDatabase } from '@tradewatch/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli, type CliRun } from './run-cli.ts';

const topic = 'tradewatch.article-published.v1';
let url: string;
let database: Database;
const tradewatch = (...args: string[]): Promise<CliRun> => runCli(args, { env: { DATABASE_URL: url, KAFKA_BROKERS: '' } });

beforeAll(async () => {
  url = await createTestDatabase();
  database = new Database({ url, poolSize: 1 });
  const event = { id: 'event-1', topic, partition: 3, offset: 41n, key: 'source-1', payload: '{"title":"Añejo"}', occurredAt: new Date() };
  await new DeadLettersStore(database).write('classify', [{ event, code: 'INVALID_EVENT', message: 'url must be given', stack: 'at parse', attempts: 1 }]);
});
afterAll(() => database.$disconnect());

describe('tradewatch dead-letters', () => {
  it('lists what was given up on, a line each, without payload and stack', async () => {
    const { code, lines } = await tradewatch('dead-letters', 'list');
    expect(code).toBe(0);
    expect(lines).toEqual([{
      id: expect.any(String), group: 'classify', topic, partition: 3, offset: '41', eventId: 'event-1', key: 'source-1',
      errorCode: 'INVALID_EVENT', errorMessage: 'url must be given', attempts: 1, createdAt: expect.any(String), replayedAt: null,
    }]);
  });

  it('shows one in full', async () => {
    const { id } = (await tradewatch('dead-letters', 'list')).lines[0]!;
    const { code, lines } = await tradewatch('dead-letters', 'show', String(id));
    expect(code).toBe(0);
    expect(lines).toMatchObject([{ id, payload: { title: 'Añejo' }, stack: 'at parse' }]);
  });

  it('replays what is there, names what is not, and ends with 1 for that', async () => {
    const { id } = (await tradewatch('dead-letters', 'list')).lines[0]!;
    const { code, lines } = await tradewatch('dead-letters', 'replay', 'no-such-id', String(id));
    expect(code).toBe(1);
    expect(lines).toEqual([{ id: 'no-such-id', error: { code: 'NOT_FOUND', message: 'there is no such dead letter' } }, { id, replayed: true }]);
    const [{ data }] = await database.$queryRaw<{ data: unknown }[]>`SELECT data FROM event_log WHERE topic = ${topic}` as [{ data: unknown }];
    expect(data).toEqual({ title: 'Añejo' });
    expect((await tradewatch('dead-letters', 'list')).lines[0]!['replayedAt']).toEqual(expect.any(String));
  });

  it('says what to set where neither substrate is named', async () => {
    const { code, stdout, stderr } = await runCli(['dead-letters', 'list'], { env: { DATABASE_URL: '', KAFKA_BROKERS: '' } });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('set KAFKA_BROKERS or DATABASE_URL');
  });

  it('says which brokers do not answer instead of waiting for them', async () => {
    const { code, stderr } = await runCli(['dead-letters', 'list'], { env: { DATABASE_URL: url, KAFKA_BROKERS: '127.0.0.1:1,127.0.0.1:2' } });
    expect(code).toBe(1);
    expect(stderr).toContain('no broker of KAFKA_BROKERS answers: 127.0.0.1:1, 127.0.0.1:2');
  });
});

describe('tradewatch migrate', () => {
  it('brings an empty database to the newest migration, once', async () => {
    const empty = await createTestDatabase({ migrated: false });
    const env = { DATABASE_URL: empty, KAFKA_BROKERS: '' };
    const first = await runCli(['migrate'], { env });
    expect(first.lines).toEqual([{ migrations: expect.arrayContaining([expect.stringMatching(/_initial$/)]), topics: [] }]);
    expect((await runCli(['migrate'], { env })).lines).toEqual([{ migrations: [], topics: [] }]);
  });

  it('names a variable that is missing', async () => {
    const { code, stderr } = await runCli(['migrate'], { env: { DATABASE_URL: '', KAFKA_BROKERS: '' } });
    expect(code).toBe(1);
    expect(stderr).toContain('DATABASE_URL');
  });
});
