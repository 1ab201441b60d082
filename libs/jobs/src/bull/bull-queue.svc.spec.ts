// Real: Bull, Redis.
import { waitFor } from '@tradewatch/testing';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { describeJobQueue } from '../job-queue.contract.ts';
import { defineJob } from '../job-queue.ts';
import { BullQueue } from './bull-queue.ts';

let queues: BullQueue[];
beforeAll(() => {
  queues = [new BullQueue(inject('redisUrl')), new BullQueue(inject('redisUrl'))];
});
afterAll(() => Promise.all(queues.map((queue) => queue.beforeApplicationShutdown())));

describeJobQueue('Bull', () => ({ queue: queues[0]!, replica: queues[1]! }));

describe('a process that starts', () => {
  it('has a run of a repeated job soon, though another process had its own a moment before', async () => {
    const kind = defineJob('restarted', z.object({}) as z.ZodType<Record<string, never>>);
    let runs = 0;
    for (const [started, queue] of queues.entries()) {
      await queue.work(kind, async () => void (runs += 1));
      await queue.repeat(kind, 3_600);
      await waitFor(`run ${started + 1}`, () => runs === started + 1);
    }
  });
});

describe('a flushed Redis', () => {
  it('stops neither repeated jobs nor new ones', async () => {
    const kind = defineJob('flushed', z.object({}) as z.ZodType<Record<string, never>>);
    let runs = 0;
    await queues[0]!.work(kind, async () => void (runs += 1));
    await queues[0]!.repeat(kind, 1);
    await waitFor('a first run', () => runs > 0);
    const redis = new Redis(inject('redisUrl'));
    await redis.flushall();
    await redis.quit();
    const before = runs;
    await queues[0]!.enqueue(kind, {} as Record<string, never>);
    await waitFor('runs after it', () => runs >= before + 3);
    expect(runs).toBeGreaterThan(before);
  });
});

describe('an unreachable Redis', () => {
  it('is told in one line, with its address and what to do, not its password', async () => {
    const lines: string[] = [];
    const queue = new BullQueue('redis://:secret-word@127.0.0.1:1');
    Object.assign(queue, { logger: { warn: (_details: object, message: string) => lines.push(message) } });
    const kind = defineJob('told', z.object({}) as z.ZodType<Record<string, never>>);
    await queue.work(kind, async () => undefined);
    await queue.enqueue(kind, {} as Record<string, never>);
    expect(lines).toEqual(['Redis at 127.0.0.1:1 does not do its part (ECONNREFUSED): jobs wait, sweepers find what is due; start it, or see REDIS_URL']);
    await Promise.race([queue.beforeApplicationShutdown(), new Promise((resolve) => setTimeout(resolve, 3_000))]);
  });

  it('delays no caller: a wake-up is only a hint', async () => {
    const queue = new BullQueue('redis://127.0.0.1:1');
    const kind = defineJob('unreachable', z.object({}) as z.ZodType<Record<string, never>>);
    await expect(queue.enqueue(kind, {} as Record<string, never>)).resolves.toBeUndefined();
    await Promise.race([queue.beforeApplicationShutdown(), new Promise((resolve) => setTimeout(resolve, 3_000))]);
  });
});
