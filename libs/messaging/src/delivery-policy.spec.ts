import { defineEvent, type EventEnvelope } from '@tradewatch/events';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { backoffMs, handleInOrder, handleTogether } from './delivery-policy.ts';
import { PermanentError, TransientError } from './errors.ts';
import type { ReceivedEvent } from './received-event.ts';

const Ticked = defineEvent('ticked', 1, z.object({ number: z.int() }), ({ number }) => String(number));

function events(...payloads: readonly unknown[]): ReceivedEvent[] {
  return payloads.map((payload, n) => ({ topic: Ticked.topic, partition: 0, offset: BigInt(n), id: `id-${n}`, key: 'k', occurredAt: new Date(0), payload }));
}

const number = (event: EventEnvelope): number => (event.data as { number: number }).number;
const quick = { retryDelayMs: 0 };

describe('the error policy', () => {
  it('hands over a list whole while that works', async () => {
    const lists: number[][] = [];
    const outcome = await handleInOrder(Ticked, events({ number: 1 }, '{"number":2}', { number: 3 }), async (list) => void lists.push(list.map(number)));
    expect(outcome).toEqual({ done: 3, deadLetters: [] });
    expect(lists).toEqual([[1, 2, 3]]);
  });

  it('sets aside what is not JSON, does not fit the schema or has no envelope, and handles the rest', async () => {
    const received = [...events('{', { number: 'x' }, { number: 3 }), { ...events({ number: 4 })[0]!, id: null, offset: 9n }];
    const seen: number[] = [];
    const { done, deadLetters } = await handleInOrder(Ticked, received, async (list) => void seen.push(...list.map(number)));
    expect(done).toBe(4);
    expect(seen).toEqual([3]);
    expect(deadLetters.map(({ code, attempts, event }) => [code, attempts, event.offset])).toEqual([['invalid-json', 1, 0n], ['invalid-event', 1, 1n], ['invalid-envelope', 1, 9n]]);
  });

  it('takes a failing list apart: one bad event costs only itself, and order is kept', async () => {
    const seen: number[] = [];
    const { done, deadLetters } = await handleInOrder(Ticked, events({ number: 1 }, { number: 2 }, { number: 3 }), async (list) => {
      if (list.some((event) => number(event) === 2)) throw new PermanentError('bad', 'two');
      seen.push(...list.map(number));
    }, quick);
    expect({ done, seen, letters: deadLetters.map(({ code, attempts }) => [code, attempts]) }).toEqual({ done: 3, seen: [1, 3], letters: [['bad', 1]] });
  });

  it('stops at an event that meets an outage, with those before it done', async () => {
    const { done, deadLetters, waiting } = await handleInOrder(Ticked, events({ number: 1 }, { number: 2 }, { number: 3 }), async (list) => {
      if (list.length > 1) throw new Error('not together');
      if (number(list[0]!) === 2) throw new TransientError('out', 'away');
    }, quick);
    expect({ done, letters: deadLetters.length, waiting }).toEqual({ done: 1, letters: 0, waiting: expect.any(TransientError) });
  });

  it('waits with the whole list when the outage meets it at once', async () => {
    let tries = 0;
    const { done, waiting } = await handleInOrder(Ticked, events({ number: 1 }, { number: 2 }), async () => {
      tries += 1;
      throw new TransientError('out', 'away');
    }, quick);
    expect({ done, tries, waiting }).toEqual({ done: 0, tries: 1, waiting: expect.any(TransientError) });
  });

  it.each([[new TypeError('a bug'), 'TypeError'], [undefined, 'Error']])('gives up on an unknown failure after three tries (%s)', async (thrown, code) => {
    let tries = 0;
    const { done, deadLetters } = await handleInOrder(Ticked, events({ number: 1 }), async () => {
      tries += 1;
      throw thrown;
    }, quick);
    expect({ done, tries, letters: deadLetters.map((letter) => [letter.code, letter.attempts]) }).toEqual({ done: 1, tries: 3, letters: [[code, 3]] });
  });

  it('asks before each try whether the partition is still ours, and passes on that it is not', async () => {
    let asked = 0;
    const attempt = handleInOrder(Ticked, events({ number: 1 }), async () => {
      throw new Error('again');
    }, { ...quick, beforeTry: async () => {
      asked += 1;
      if (asked === 2) throw new Error('revoked');
    } });
    await expect(attempt).rejects.toThrow('revoked');
  });

  it('decides nothing of a list of several partitions that fails', async () => {
    expect(await handleTogether(Ticked, events({ number: 1 }), async () => undefined)).toBe(true);
    expect(await handleTogether(Ticked, events({ number: 1 }), async () => Promise.reject(new Error('x')))).toBe(false);
    expect(await handleTogether(Ticked, events('{'), async () => undefined)).toBe(false);
  });

  it('waits longer each time, up to 15 s, never in step with others', () => {
    expect([1, 2, 3, 8, 50].map((attempt) => backoffMs(attempt, () => 0.5))).toEqual([100, 200, 400, 12_800, 15_000]);
    expect(backoffMs(3, () => 0)).toBeLessThan(backoffMs(3, () => 0.99));
  });
});
