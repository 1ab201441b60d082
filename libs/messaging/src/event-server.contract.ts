// What every event transport must do; run on each substrate by its own *.int.spec.ts. Handlers, Nest and storage are real.
import { randomUUID } from 'node:crypto';
import { Controller, type INestMicroservice, type Type } from '@nestjs/common';
import { defineEvent, type EventEnvelope } from '@tradewatch/events';
import { waitFor } from '@tradewatch/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { PermanentError, TransientError } from './errors.ts';
import type { NewEvent } from './event-publisher.ts';
import { OnEvent } from './on-event.ts';

/** A number on a line: handled in order within its line. */
export const TickedV1 = defineEvent('ticked', 1, z.object({ line: z.string(), number: z.int() }), ({ line }) => line);
type TickedV1 = { line: string; number: number };
type Received = readonly EventEnvelope<TickedV1>[];

export interface Transport {
  /** A running process with the controller's handlers. */
  start(controller: Type): Promise<INestMicroservice>;
  publish(events: readonly NewEvent<TickedV1>[]): Promise<void>;
  /** Puts data on the topic that do not fit the schema. */
  publishInvalid(id: string, key: string, json: string): Promise<void>;
  deadLetters(): DeadLetterQueue;
}

export function describeEventServer(name: string, transport: () => Transport): void {
  describe(`event server on ${name}`, () => {
    const running: INestMicroservice[] = [];
    afterEach(async () => {
      await Promise.all(running.splice(0).map((app) => app.close()));
    });

    async function consume(handle: (events: Received) => Promise<void> | void, group: string = randomUUID()): Promise<INestMicroservice> {
      @Controller()
      class Consumer {
        @OnEvent(TickedV1, group)
        async handle(events: Received): Promise<void> {
          await handle(events);
        }
      }
      const app = await transport().start(Consumer);
      running.push(app);
      return app;
    }

    function ticks(lines: number, numbers: number, prefix: string = randomUUID()): NewEvent<TickedV1>[] {
      return Array.from({ length: numbers }, (_, number) => Array.from({ length: lines }, (__, line) => ({ id: randomUUID(), data: { line: `${prefix}-${line}`, number } }))).flat();
    }

    const mine = (events: readonly NewEvent<TickedV1>[]) => {
      const ids = new Set(events.map(({ id }) => id));
      return (received: Received) => received.filter(({ id }) => ids.has(id));
    };

    it('hands every event to the handler, in order within a key', async () => {
      const events = ticks(20, 10);
      const seen = new Map<string, number[]>();
      await consume((received) => {
        for (const { data } of mine(events)(received)) seen.set(data.line, [...(seen.get(data.line) ?? []), data.number]);
      });
      await transport().publish(events);
      await waitFor('all events', () => [...seen.values()].flat().length >= 200);
      expect([...seen.values()]).toEqual(Array.from({ length: 20 }, () => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
    });

    it('shows every event to every consumer group', async () => {
      const events = ticks(3, 3);
      const seen = [new Set<string>(), new Set<string>()];
      for (const group of seen) await consume((received) => mine(events)(received).forEach(({ id }) => group.add(id)));
      await transport().publish(events);
      await waitFor('both groups', () => seen.every((group) => group.size === 9));
    });

    it('carries the trace context of what caused an event, both its parts, and begins a trace where there is none', async () => {
      const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
      const [caused, uncaused] = ticks(2, 1) as [NewEvent<TickedV1>, NewEvent<TickedV1>];
      const seen = new Map<string, EventEnvelope>();
      await consume((received) => mine([caused, uncaused])(received).forEach((event) => seen.set(event.id, event)));
      await transport().publish([{ ...caused, traceparent, tracestate: 'vendor=a,other=b' }, uncaused]);
      await waitFor('both events', () => seen.size === 2);
      expect(seen.get(caused.id)).toMatchObject({ traceparent, tracestate: 'vendor=a,other=b' });
      expect(seen.get(uncaused.id)?.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
      expect(seen.get(uncaused.id)?.tracestate).toBeUndefined();
    });

    it('goes on where the group stopped', async () => {
      const group = randomUUID();
      const [first, second] = [ticks(2, 2), ticks(2, 2)];
      const seen: string[] = [];
      const app = await consume((received) => void seen.push(...mine([...first, ...second])(received).map(({ id }) => id)), group);
      await transport().publish(first);
      await waitFor('the first events', () => seen.length === 4);
      running.splice(running.indexOf(app), 1);
      await app.close();
      await transport().publish(second);
      await consume((received) => void seen.push(...mine([...first, ...second])(received).map(({ id }) => id)), group);
      await waitFor('the second events', () => second.every(({ id }) => seen.includes(id)));
    });

    it('makes a dead letter of an event that does not fit its schema, at once, and handles the others', async () => {
      const events = ticks(1, 3);
      const badId = randomUUID();
      const seen = new Set<string>();
      await consume((received) => received.forEach(({ id }) => seen.add(id)));
      await transport().publish(events.slice(0, 1));
      await transport().publishInvalid(badId, events[0]!.data.line, '{"line":"x","number":"not a number"}');
      await transport().publish(events.slice(1));
      await waitFor('the others', () => events.every(({ id }) => seen.has(id)));
      const letter = await waitFor('the dead letter', async () => (await transport().deadLetters().list(1_000)).find(({ eventId }) => eventId === badId));
      expect(letter).toMatchObject({ errorCode: 'invalid-event', attempts: 1 });
      expect(JSON.parse(letter.payload)).toEqual({ line: 'x', number: 'not a number' });
      expect(seen).not.toContain(badId);
    });

    it('makes a dead letter of an event far larger than any real one, whole, without reading it', async () => {
      const [good] = ticks(1, 1) as [NewEvent<TickedV1>];
      const badId = randomUUID();
      const json = JSON.stringify({ ...good.data, pad: 'x'.repeat(4_500_000) });
      const seen = new Set<string>();
      await consume((received) => received.forEach(({ id }) => seen.add(id)));
      await transport().publishInvalid(badId, good.data.line, json);
      await transport().publish([good]);
      await waitFor('the other', () => seen.has(good.id));
      const letter = await waitFor('the dead letter', async () => (await transport().deadLetters().list(1_000)).find(({ eventId }) => eventId === badId));
      expect(letter).toMatchObject({ errorCode: 'event-too-large', attempts: 1 });
      expect(letter.payload === json).toBe(true);
      expect(seen).not.toContain(badId);
    });

    it('makes a dead letter of a permanent failure after one try', async () => {
      const [good, bad] = ticks(2, 1) as [NewEvent<TickedV1>, NewEvent<TickedV1>];
      let tries = 0;
      const seen = new Set<string>();
      await consume((received) => {
        if (received.some(({ id }) => id === bad.id)) {
          if (received.length === 1) tries += 1;
          throw new PermanentError('cannot-ever', 'this one never works');
        }
        received.forEach(({ id }) => seen.add(id));
      });
      await transport().publish([bad, good]);
      await waitFor('the good one', () => seen.has(good.id));
      const letter = await waitFor('the dead letter', async () => (await transport().deadLetters().list(1_000)).find(({ eventId }) => eventId === bad.id));
      expect(letter.errorCode).toBe('cannot-ever');
      expect(tries).toBe(1);
    });

    it('tries an unknown failure three times, a TypeError too, then goes on', async () => {
      const events = ticks(1, 2);
      let tries = 0;
      const seen = new Set<string>();
      await consume((received) => {
        if (received.some(({ id }) => id === events[0]!.id)) {
          if (received.length === 1) tries += 1;
          throw new TypeError('a bug of ours');
        }
        received.forEach(({ id }) => seen.add(id));
      });
      await transport().publish(events);
      await waitFor('the event behind it', () => seen.has(events[1]!.id));
      expect(tries).toBe(3);
      const letter = await waitFor('the dead letter', async () => (await transport().deadLetters().list(1_000)).find(({ eventId }) => eventId === events[0]!.id));
      expect(letter).toMatchObject({ errorCode: 'TypeError', attempts: 3 });
    });

    it('hands a replayed dead letter to the handler again', async () => {
      const [event] = ticks(1, 1) as [NewEvent<TickedV1>];
      let broken = true;
      const seen: TickedV1[] = [];
      await consume((received) => {
        if (!received.some(({ data }) => data.line === event.data.line)) return;
        if (broken) throw new PermanentError('broken', 'until somebody mends it');
        seen.push(...received.map(({ data }) => data));
      });
      await transport().publish([event]);
      const letter = await waitFor('the dead letter', async () => (await transport().deadLetters().list(1_000)).find(({ eventId }) => eventId === event.id));
      expect(await transport().deadLetters().find(letter.id)).toMatchObject({ id: letter.id, errorMessage: 'until somebody mends it', key: event.data.line });
      broken = false;
      expect(await transport().deadLetters().replay(letter.id)).toBe(true);
      await waitFor('the event again', () => seen.length > 0);
      expect(seen).toEqual([event.data]);
    });

    it('waits out an outage without a dead letter, and only the partition concerned waits', async () => {
      const [stuck, ...others] = ticks(30, 1) as [NewEvent<TickedV1>, ...NewEvent<TickedV1>[]];
      let out = true;
      const seen = new Set<string>();
      await consume((received) => {
        if (out && received.some(({ id }) => id === stuck.id)) throw new TransientError('database-out', 'the database is away');
        received.forEach(({ id }) => seen.add(id));
      });
      await transport().publish([stuck, ...others]);
      await waitFor('events of other partitions', () => others.filter(({ id }) => seen.has(id)).length > 10);
      expect(seen).not.toContain(stuck.id);
      out = false;
      await waitFor('the stuck one, after the outage', () => seen.has(stuck.id));
      await waitFor('all', () => others.every(({ id }) => seen.has(id)));
      expect((await transport().deadLetters().list(1_000)).filter(({ eventId }) => eventId === stuck.id)).toEqual([]);
    });

    it('finishes what is in hand when it is closed', async () => {
      const events = ticks(1, 1);
      let started = false;
      let release: () => void = () => undefined;
      let finished = false;
      const app = await consume(async (received) => {
        if (mine(events)(received).length === 0) return;
        started = true;
        await new Promise<void>((resolve) => (release = resolve));
        finished = true;
      });
      await transport().publish(events);
      await waitFor('the handler', () => started);
      running.splice(running.indexOf(app), 1);
      const closed = app.close();
      release();
      await closed;
      expect(finished).toBe(true);
    });

    it('refuses to start with two handlers for one event in one group', async () => {
      @Controller()
      class Twice {
        @OnEvent(TickedV1, 'twice')
        one(): void {}

        @OnEvent(TickedV1, 'twice')
        two(): void {}
      }
      await expect(transport().start(Twice)).rejects.toThrow(/Two handlers for tradewatch.ticked.v1 in group "twice"/);
    });
  });
}
