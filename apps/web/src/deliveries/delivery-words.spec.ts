import { describe, expect, it } from 'vitest';
import { deliveryWords } from './delivery-words.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const minutes = (count: number) => new Date(now + count * 60_000).toISOString();

describe('a delivery in words', () => {
  it.each([
    [{ state: 'sent', attemptCount: 1, dueAt: minutes(-5), sentAt: minutes(-5) }, 'Sent', '5 min ago, at the first try'],
    [{ state: 'sent', attemptCount: 3, dueAt: minutes(-5), sentAt: minutes(-1) }, 'Sent', '1 min ago, after 3 tries'],
    [{ state: 'pending', attemptCount: 0, dueAt: minutes(60), sentAt: null }, 'Waiting', 'in 1 h'],
    [{ state: 'pending', attemptCount: 0, dueAt: minutes(60), sentAt: null, digest: true }, 'Waiting', 'for its digest, in 1 h'],
    [{ state: 'pending', attemptCount: 2, dueAt: minutes(4), sentAt: null }, 'Will be tried again', 'in 4 min, failed 2 times'],
    [{ state: 'pending', attemptCount: 1, dueAt: minutes(-1), sentAt: null }, 'Will be tried again', 'due now, failed once'],
    [{ state: 'dead', attemptCount: 4, dueAt: minutes(-9), sentAt: null }, 'Given up', 'after 4 tries'],
  ] as const)('%j is %s, %s', (delivery, headline, detail) => {
    expect(deliveryWords(delivery, now)).toMatchObject({ headline, detail });
  });
});
