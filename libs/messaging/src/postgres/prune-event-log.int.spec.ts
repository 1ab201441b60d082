// Real: PostgreSQL.
import { Database } from '@tradewatch/database';
import { defineEvent } from '@tradewatch/events';
import { createTestDatabase } from '@tradewatch/testing';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { register } from 'prom-client';
import { z } from 'zod';
import { EventLog, logPartitions } from '../event-log.ts';
import { DeadLettersStore } from './dead-letters.store.ts';
import { EventCursorStore } from './event-cursor.store.ts';
import { EventRetentionStore, type LogReader } from './event-retention.store.ts';
import { PruneEventLog } from './prune-event-log.ts';

const AgedV1 = defineEvent('aged', 1, z.object({ line: z.string(), number: z.int() }), ({ line }) => line);
const { topic } = AgedV1;
const day = 24 * 3_600_000;
const reader = (group: string): LogReader => ({ group, topic });

let database: Database;
let cursors: EventCursorStore;
const log = new EventLog();

beforeAll(async () => {
  database = new Database({ url: await createTestDatabase() });
  cursors = new EventCursorStore(database);
});
afterAll(() => database.$disconnect());
beforeEach(async () => {
  await database.eventLogEntry.deleteMany();
  await database.eventCursor.deleteMany();
});

function pruning(declared: readonly LogReader[], retentionMs = 7 * day): PruneEventLog {
  return new PruneEventLog(new EventRetentionStore(database), () => declared, retentionMs);
}

/** Events on every partition, this old. */
async function append(count: number, ageDays: number, prefix: string): Promise<void> {
  await log.append(database, AgedV1, Array.from({ length: count }, (_, number) => ({ id: `${prefix}-${number}`, data: { line: `${number}`, number } })));
  await database.$executeRaw`UPDATE event_log SET occurred_at = now() - ${ageDays} * interval '1 day' WHERE event_id LIKE ${`${prefix}-%`}`;
}

/** Moves a group past the first `events` of the log. */
async function read(group: string, events = Number.MAX_SAFE_INTEGER): Promise<void> {
  const rows = (await database.eventLogEntry.findMany({ where: { topic }, orderBy: { seq: 'asc' } })).slice(0, events);
  await cursors.commit(group, topic, new Map(rows.map(({ partition, seq }) => [partition, seq])));
}

const ids = async (): Promise<string[]> => (await database.eventLogEntry.findMany({ orderBy: { seq: 'asc' } })).map(({ eventId }) => eventId);

it('deletes what is older than the time it is kept, on every partition, and nothing younger', async () => {
  await append(100, 8, 'old');
  await append(10, 6, 'young');
  await read('archive');
  expect(new Set((await database.eventLogEntry.findMany({ where: { eventId: { startsWith: 'old' } } })).map(({ partition }) => partition)).size).toBe(logPartitions);
  expect(await pruning([reader('archive')]).run()).toBe(100);
  expect(await ids()).toEqual(Array.from({ length: 10 }, (_, n) => `young-${n}`));
});

it('deletes in chunks until nothing is left to delete', async () => {
  await append(5_000, 30, 'old');
  await read('archive');
  expect(await pruning([reader('archive')]).run()).toBe(5_000);
});

it('keeps what the slowest group has not read, however old', async () => {
  await append(40, 30, 'old');
  await read('archive');
  await read('match', 25);
  expect(await pruning([reader('archive'), reader('match')]).run()).toBe(25);
  expect((await ids())[0]).toBe('old-25');
});

it('keeps everything for a group that is declared and has never read', async () => {
  await append(40, 30, 'old');
  await read('archive');
  expect(await pruning([reader('archive'), reader('match')]).run()).toBe(0);
  expect(await ids()).toHaveLength(40);
});

it('keeps everything for a group that this process does not have, and that has read some partitions only', async () => {
  await append(40, 30, 'old');
  await read('archive');
  const { partition, seq } = await database.eventLogEntry.findFirstOrThrow({ orderBy: { seq: 'desc' } });
  await cursors.commit('elsewhere', topic, new Map([[partition, seq]]));
  const left = await database.eventLogEntry.count({ where: { partition: { not: partition } } });
  expect(await pruning([reader('archive')]).run()).toBe(40 - left);
});

it('keeps a topic that nobody reads, and does nothing where it does not know who reads', async () => {
  await append(10, 30, 'old');
  expect(await pruning([{ group: 'archive', topic: 'tradewatch.other.v1' }]).run()).toBe(0);
  await read('archive');
  expect(await pruning([]).run()).toBe(0);
  expect(await ids()).toHaveLength(10);
});

it('runs in one process at a time', async () => {
  await append(10, 30, 'old');
  await read('archive');
  await new EventRetentionStore(database).alone(async () => {
    expect(await pruning([reader('archive')]).run()).toBeNull();
  });
  expect(await pruning([reader('archive')]).run()).toBe(10);
});

it('hands the lock on when its connection is cut', async () => {
  await append(10, 30, 'old');
  await read('archive');
  await expect(new EventRetentionStore(database).alone(async (connection) => {
    await connection.query('SELECT pg_terminate_backend(pg_backend_pid())');
  })).rejects.toThrow(/terminat/);
  expect(await pruning([reader('archive')]).run()).toBe(10);
});

it('leaves readers where they are: what is appended later is read, what was is not read again', async () => {
  await append(20, 30, 'old');
  await read('archive');
  await pruning([reader('archive')]).run();
  await append(5, 0, 'new');
  expect(await cursors.lag('archive', topic)).toBe(5);
  const positions = await cursors.positions('archive', topic);
  for (let partition = 0; partition < logPartitions; partition++) if (!positions.has(partition)) positions.set(partition, 0n);
  expect((await cursors.fetch(topic, positions, 100)).map(({ id }) => id).toSorted()).toEqual(['new-0', 'new-1', 'new-2', 'new-3', 'new-4']);
});

it('leaves dead letters alone, and they can be replayed after their event is gone from the log', async () => {
  const letters = new DeadLettersStore(database);
  await append(1, 30, 'old');
  const event = { topic, partition: 0, offset: 1n, id: 'old-0', key: '0', occurredAt: new Date(), payload: '{"line":"0","number":0}' };
  await letters.write('archive', [{ event, code: 'broken', message: 'it was', stack: undefined, attempts: 3 }]);
  await read('archive');
  expect(await pruning([reader('archive')]).run()).toBe(1);
  const [letter] = await letters.list(1);
  expect(await letters.replay(letter!.id)).toBe(true);
  expect((await ids())[0]).toMatch(/^old-0#replayed-/);
});

it('tells how many it deleted and how old the oldest event is', async () => {
  const deleted = async (): Promise<number> => (await register.getSingleMetric('tradewatch_event_log_pruned_total')!.get()).values.find(({ labels }) => labels['topic'] === topic)?.value ?? 0;
  const before = await deleted();
  await append(3, 8, 'old');
  await append(1, 2, 'young');
  await read('archive');
  await pruning([reader('archive')]).run();
  expect(await deleted() - before).toBe(3);
  const [oldest] = (await register.getSingleMetric('tradewatch_event_log_oldest_timestamp_seconds')!.get()).values;
  expect(Date.now() / 1_000 - oldest!.value).toBeCloseTo(2 * 86_400, -2);
});

it('counts a backlog up to a limit', async () => {
  await append(50, 1, 'behind');
  expect(await cursors.lag('archive', topic)).toBe(50);
  expect(await cursors.lag('archive', topic, 20)).toBe(20);
  await read('archive', 30);
  expect(await cursors.lag('archive', topic)).toBe(20);
});
