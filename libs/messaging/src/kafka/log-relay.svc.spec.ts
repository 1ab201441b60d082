// Real: Apache Kafka, PostgreSQL.
import { randomUUID } from 'node:crypto';
import { Database } from '@tradewatch/database';
import { defineEvent } from '@tradewatch/events';
import { createTestDatabase, waitFor } from '@tradewatch/testing';
import pg from 'pg';
import type { Consumer } from 'kafkajs';
import { register } from 'prom-client';
import { afterAll, beforeAll, beforeEach, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { EventLog } from '../event-log.ts';
import { EventCursorStore } from '../postgres/event-cursor.store.ts';
import { connect, type KafkaOptions } from './kafka-connection.ts';
import { KafkaEventPublisher } from './kafka-event-publisher.ts';
import { fromMessage } from './kafka-message.ts';
import { createTopics } from './kafka-topics.ts';
import { LogRelay } from './log-relay.ts';
import { lockSql } from './relay-lock.ts';
import type { ReceivedEvent } from '../received-event.ts';

const RelayedV1 = defineEvent('relayed', 1, z.object({ line: z.string(), number: z.int() }), ({ line }) => line);

let url: string;
let database: Database;
let options: KafkaOptions;
let publisher: KafkaEventPublisher;
let consumer: Consumer;
const arrived: ReceivedEvent[] = [];
const log = new EventLog();

beforeAll(async () => {
  url = await createTestDatabase();
  database = new Database({ url });
  options = { brokers: [inject('kafkaBrokers')], clientId: 'tests', partitions: 3 };
  await createTopics(options, [RelayedV1]);
  publisher = new KafkaEventPublisher(options);
  consumer = connect(options).consumer({ groupId: randomUUID() });
  await consumer.connect();
  await consumer.subscribe({ topic: RelayedV1.topic, fromBeginning: true });
  await consumer.run({ autoCommit: false, eachMessage: async ({ partition, message }) => void arrived.push(fromMessage(RelayedV1.topic, partition, message)) });
});
afterAll(async () => {
  await consumer.disconnect();
  await publisher.onApplicationShutdown();
  await database.$disconnect();
});
beforeEach(() => void arrived.splice(0));

const relay = (): LogRelay => new LogRelay(database, new EventCursorStore(database), publisher, [RelayedV1.topic]);
const append = (line: string, count: number, tracestate?: string): Promise<void> => log.append(database, RelayedV1, Array.from({ length: count }, (_, number) => ({
  id: `${line}-${number}`, data: { line, number }, ...(tracestate ? { traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', tracestate } : {}),
})));
const lag = async (): Promise<number | undefined> => (await register.getSingleMetric('tradewatch_relay_lag_events')!.get()).values.find(({ labels }) => labels['topic'] === RelayedV1.topic)?.value;

it('carries the log to Kafka, once, in order within a key, with the trace context of each event', async () => {
  await append('a', 500);
  await append('b', 3, 'vendor=x');
  const first = relay();
  first.onApplicationBootstrap();
  await waitFor('all events', () => arrived.length >= 503);
  expect(arrived.filter(({ key }) => key === 'a').map(({ id }) => id)).toEqual(Array.from({ length: 500 }, (_, n) => `a-${n}`));
  expect(arrived.find(({ id }) => id === 'b-0')).toMatchObject({ traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', tracestate: 'vendor=x' });
  await waitFor('no lag', async () => (await lag()) === 0);
  await first.beforeApplicationShutdown();
  // Another goes on where it stopped.
  await append('c', 1);
  const second = relay();
  second.onApplicationBootstrap();
  await waitFor('the event after it', () => arrived.some(({ id }) => id === 'c-0'));
  await second.beforeApplicationShutdown();
  expect(arrived).toHaveLength(504);
});

it('tells how far it is behind while it cannot send, without counting with every list', async () => {
  await append('behind', 30);
  const stuck = new LogRelay(database, new EventCursorStore(database), { send: () => new Promise<never>(() => undefined) } as unknown as KafkaEventPublisher, [RelayedV1.topic]);
  stuck.onApplicationBootstrap();
  await waitFor('the lag', async () => (await lag()) === 30);
});

it('takes over within 5 s where the active one is silent, though its connection stands', async () => {
  // As a stopped process looks to the server.
  const silent = new pg.Client({ connectionString: (await freshDatabase()).url });
  silent.on('error', () => undefined);
  await silent.connect();
  for (const statement of lockSql) await silent.query(statement);
  const silentSince = performance.now();
  const waiting = new LogRelay(fresh!, new EventCursorStore(fresh!), publisher, [RelayedV1.topic]);
  waiting.onApplicationBootstrap();
  await log.append(fresh!, RelayedV1, [{ id: 'taken-over', data: { line: 'z', number: 1 } }]);
  await waitFor('the event', () => arrived.some(({ id }) => id === 'taken-over'));
  expect(performance.now() - silentSince).toBeLessThan(5_000);
  await waiting.beforeApplicationShutdown();
});

let fresh: Database | undefined;
async function freshDatabase(): Promise<Database> {
  fresh = new Database({ url: await createTestDatabase() });
  return fresh;
}
afterAll(() => fresh?.$disconnect());
