// What every job queue must do; run on each substrate by its own *.int.spec.ts.
import { randomUUID } from 'node:crypto';
import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { waitFor } from '@tradewatch/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineJob, type JobQueue } from './job-queue.ts';

const numberSchema = z.object({ number: z.int() });

export function describeJobQueue(name: string, queues: () => { queue: JobQueue; replica: JobQueue }): void {
  describe(`job queue on ${name}`, () => {
    const job = () => defineJob(`test-${randomUUID()}`, numberSchema);

    it('runs a job at once', async () => {
      const { queue } = queues();
      const kind = job();
      const seen: number[] = [];
      await queue.work(kind, async ({ number }) => void seen.push(number));
      await queue.enqueue(kind, { number: 7 });
      await waitFor('the job', () => seen.length > 0);
      expect(seen).toEqual([7]);
    });

    it('carries the trace of what asked for a job beside its data, which the handler gets as they were', async () => {
      const { queue } = queues();
      const kind = defineJob(`test-${randomUUID()}`, z.strictObject({ number: z.int() }));
      const provider = new TracerProvider();
      trace.setGlobalTracerProvider(provider);
      context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
      propagation.setGlobalPropagator(new W3CTraceContextPropagator());
      const seen: (string | undefined)[] = [];
      try {
        await queue.work(kind, async () => void seen.push(trace.getActiveSpan()?.spanContext().traceId));
        const asking = trace.getTracer('test').startSpan('asking');
        await context.with(trace.setSpan(context.active(), asking), () => queue.enqueue(kind, { number: 1 }));
        await waitFor('the job', () => seen.length === 1);
        expect(seen).toEqual([asking.spanContext().traceId]);
        // With tracing off in the process that runs it, too.
        trace.disable();
        await queue.enqueue(kind, { number: 2 });
        await waitFor('the second job', () => seen.length === 2);
      } finally {
        for (const api of [trace, context, propagation]) api.disable();
        await provider.shutdown();
      }
    });

    it('runs a delayed job when it is due and not before', async () => {
      const { queue } = queues();
      const kind = job();
      const runAt = new Date(Date.now() + 1_500);
      const ranAt: number[] = [];
      await queue.work(kind, async () => void ranAt.push(Date.now()));
      await queue.enqueue(kind, { number: 1 }, { runAt });
      await waitFor('the job', () => ranAt.length > 0);
      expect(ranAt[0]).toBeGreaterThanOrEqual(runAt.getTime() - 50);
    });

    it('keeps one waiting job a key, and takes a new one once that has run', async () => {
      const { queue } = queues();
      const kind = job();
      const seen: number[] = [];
      for (let n = 0; n < 5; n++) await queue.enqueue(kind, { number: 1 }, { key: 'a' });
      await queue.enqueue(kind, { number: 2 }, { key: 'b' });
      await queue.work(kind, async ({ number }) => void seen.push(number));
      await waitFor('both keys', () => seen.includes(1) && seen.includes(2));
      await queue.enqueue(kind, { number: 3 }, { key: 'a' });
      await waitFor('the key again', () => seen.includes(3));
      expect(seen.toSorted()).toEqual([1, 2, 3]);
    });

    it('goes on after a job that fails or carries what its schema refuses', async () => {
      const { queue } = queues();
      const kind = job();
      const seen: number[] = [];
      await queue.work(kind, async ({ number }) => {
        if (number === 1) throw new Error('this one fails');
        seen.push(number);
      });
      await queue.enqueue(kind, { number: 1 });
      await queue.enqueue(kind, { number: 'x' } as never);
      await queue.enqueue(kind, { number: 2 });
      await waitFor('the good one', () => seen.includes(2));
    });

    it('runs jobs side by side up to the concurrency', async () => {
      const { queue } = queues();
      const kind = job();
      let running = 0;
      let most = 0;
      let release: () => void = () => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      await queue.work(kind, async () => {
        most = Math.max(most, ++running);
        await gate;
        running -= 1;
      }, { concurrency: 3 });
      for (let n = 0; n < 5; n++) await queue.enqueue(kind, { number: n });
      await waitFor('three at once', () => running === 3);
      release();
      await waitFor('all done', () => running === 0);
      expect(most).toBe(3);
    });

    it('repeats a job, once for all replicas', async () => {
      const { queue, replica } = queues();
      const kind = defineJob(`test-${randomUUID()}`, z.object({}).strict() as z.ZodType<Record<string, never>>);
      const ranAt: number[] = [];
      for (const each of [queue, replica]) {
        await each.work(kind, async () => void ranAt.push(Date.now()));
        await each.repeat(kind, 1);
      }
      await waitFor('some rounds', () => ranAt.length >= 6);
      const span = ranAt.at(-1)! - ranAt[2]!;
      // Past the two first runs at start, six runs of a job a second take at least two seconds; twice as many replicas change nothing.
      expect(span).toBeGreaterThan(1_500);
    });
  });
}
