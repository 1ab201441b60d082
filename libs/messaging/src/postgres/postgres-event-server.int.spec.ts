// Real: Nest, PostgreSQL.
import { Module, type INestMicroservice, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Database } from '@tradewatch/database';
import { createTestDatabase, waitFor } from '@tradewatch/testing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeadLettersStore } from './dead-letters.store.ts';
import { describeEventServer, TickedV1 } from '../event-server.contract.ts';
import { EventLog } from '../event-log.ts';
import { EventCursorStore } from './event-cursor.store.ts';
import { PostgresEventServer } from './postgres-event-server.ts';

let database: Database;
let url: string;
const log = new EventLog();

beforeAll(async () => {
  url = await createTestDatabase();
  database = new Database({ url });
});
afterAll(() => database.$disconnect());

async function start(controller: Type): Promise<INestMicroservice> {
  @Module({ controllers: [controller] })
  class Host {}
  const strategy = new PostgresEventServer(database, new EventCursorStore(database), new DeadLettersStore(database));
  const app = await NestFactory.createMicroservice(Host, { strategy, logger: false, abortOnError: false });
  await app.listen();
  return app;
}

describeEventServer('PostgreSQL', () => ({
  start,
  publish: (events) => log.append(database, TickedV1, events),
  publishInvalid: async (id, key, json) => {
    await log.append(database, { ...TickedV1, key: () => key }, [{ id, data: JSON.parse(json) as never }]);
  },
  deadLetters: () => new DeadLettersStore(database),
}));

describe('the event log', () => {
  it('loses no event to a reader when transactions commit in another order than they began', async () => {
    const topic = TickedV1.topic;
    const store = new EventCursorStore(database);
    const seen: string[] = [];
    let writing = true;
    const partitions = [0, 1, 2, 3, 4, 5, 6, 7];
    const positions = new Map(partitions.map((partition) => [partition, 0n]));
    const before = new Set((await store.fetch(topic, positions, 100_000)).map(({ id }) => id));
    const reader = (async () => {
      for (let last = false; ; ) {
        const events = await store.fetch(topic, positions, 1_000);
        for (const { partition, offset, id } of events) {
          positions.set(partition, offset);
          if (!before.has(id!)) seen.push(id!);
        }
        if (last && events.length === 0) return;
        last = !writing;
      }
    })();
    const clients = await Promise.all(Array.from({ length: 12 }, async () => {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      return client;
    }));
    // Each transaction does its own work first, for a random while, and sometimes rolls back after appending.
    const kept = (await Promise.all(clients.map(async (client, writer) => {
      const ids: string[] = [];
      for (let n = 0; n < 60; n++) {
        const id = `${writer}-${n}`;
        await client.query('BEGIN');
        await client.query('SELECT pg_sleep(random() / 300)');
        await client.query(`SELECT append_events($1, ARRAY[$2], ARRAY[$2], ARRAY[$3]::smallint[], ARRAY[now()], ARRAY[NULL]::text[], ARRAY['{}'])`, [topic, id, writer % 8]);
        await client.query('SELECT pg_sleep(random() / 500)');
        const commit = n % 5 !== 0;
        await client.query(commit ? 'COMMIT' : 'ROLLBACK');
        if (commit) ids.push(id);
      }
      await client.end();
      return ids;
    }))).flat();
    writing = false;
    await reader;
    expect(seen.toSorted()).toEqual(kept.toSorted());
  });

  it('adds nothing when an event is appended again', async () => {
    const count = (): Promise<number> => database.eventLogEntry.count({ where: { eventId: 'twice' } });
    const event = { id: 'twice', data: { line: 'a', number: 1 } };
    await log.append(database, TickedV1, [event]);
    await log.append(database, TickedV1, [event, event]);
    expect(await count()).toBe(1);
  });

  it('appends in the transaction of the caller, or not at all', async () => {
    await expect(database.$transaction(async (tx) => {
      await log.append(tx, TickedV1, [{ id: 'rolled-back', data: { line: 'a', number: 1 } }]);
      throw new Error('the effect failed');
    })).rejects.toThrow('the effect failed');
    expect(await database.eventLogEntry.count({ where: { eventId: 'rolled-back' } })).toBe(0);
  });

  it('goes on reading after its connections are cut', async () => {
    const [cut] = await database.$queryRaw<{ count: bigint }[]>`SELECT count(pg_terminate_backend(pid)) AS count FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`;
    expect(Number(cut!.count)).toBeGreaterThan(0);
    await waitFor('a new connection', () => database.eventLogEntry.count().then(() => true));
  });
});
