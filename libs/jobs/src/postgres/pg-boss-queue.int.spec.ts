// Real: pg-boss, PostgreSQL.
import { Database } from '@tradewatch/database';
import { createTestDatabase } from '@tradewatch/testing';
import { afterAll, beforeAll } from 'vitest';
import { describeJobQueue } from '../job-queue.contract.ts';
import { PgBossQueue } from './pg-boss-queue.ts';

let databases: Database[];
let queues: PgBossQueue[];
beforeAll(async () => {
  const url = await createTestDatabase();
  databases = [new Database({ url }), new Database({ url })];
  queues = databases.map((database) => new PgBossQueue(database));
});
afterAll(async () => {
  await Promise.all(queues.map((queue) => queue.beforeApplicationShutdown()));
  await Promise.all(databases.map((database) => database.$disconnect()));
});

describeJobQueue('pg-boss', () => ({ queue: queues[0]!, replica: queues[1]! }));
