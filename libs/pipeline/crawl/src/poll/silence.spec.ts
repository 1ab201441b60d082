import { describe, expect, it } from 'vitest';
import { rhythmOf } from './rhythm.ts';
import { silenceAfter } from './silence.ts';

const at = new Date('2026-07-01T12:00:00Z');
const daysAgo = (days: number) => new Date(at.getTime() - days * 86_400_000);
const nothingKnown = { usualGapSeconds: null, longestGapSeconds: null, newestEntryAt: null };
const entriesAt = (...days: number[]) => days.map((day) => ({ published: daysAgo(day).toISOString(), publishedConfidence: 'stated' as const }));

describe("a feed's rhythm", () => {
  it('is read from the dates of its entries', () => {
    expect(rhythmOf(entriesAt(1, 2, 4, 7), nothingKnown)).toEqual({ usualGapSeconds: 2 * 86_400, longestGapSeconds: 3 * 86_400, newestEntryAt: daysAgo(1) });
  });

  it('keeps the longest pause there ever was, and the newest date', () => {
    const before = rhythmOf(entriesAt(1, 2, 4, 40), nothingKnown);
    expect(rhythmOf(entriesAt(2, 3, 4, 5), before)).toEqual({ usualGapSeconds: 86_400, longestGapSeconds: 36 * 86_400, newestEntryAt: daysAgo(1) });
  });

  it('is not known from a few dates, or from none', () => {
    expect(rhythmOf(entriesAt(1, 2, 2, 1), nothingKnown)).toEqual({ ...nothingKnown, newestEntryAt: daysAgo(1) });
    expect(rhythmOf([{ published: null, publishedConfidence: 'absent' }], nothingKnown)).toEqual(nothingKnown);
  });
});

describe('a feed that answers well', () => {
  const source = (changes: Partial<Parameters<typeof silenceAfter>[0]>) => ({
    articleCount: 30, ...nothingKnown, lastNewEntryAt: null, errorCode: null, errorMessage: null, consecutiveFailures: 0, ...changes,
  });
  const hourly = { usualGapSeconds: 3600, longestGapSeconds: 14 * 3600 };

  it.each([
    ['is overdue when it was quiet for three times its longest pause', { ...hourly, newestEntryAt: daysAgo(3.5) }, 'overdue'],
    ['is not overdue over a long weekend', { ...hourly, newestEntryAt: daysAgo(2.9) }, undefined],
    ['is not overdue where pauses are usual', { usualGapSeconds: 5 * 86_400, longestGapSeconds: 21 * 86_400, newestEntryAt: daysAgo(49) }, undefined],
    ['is overdue after even longer ones', { usualGapSeconds: 5 * 86_400, longestGapSeconds: 21 * 86_400, newestEntryAt: daysAgo(64) }, 'overdue'],
    ['is overdue by when it last brought something where its entries have no dates now', { ...hourly, lastNewEntryAt: daysAgo(9) }, 'overdue'],
    ['is not overdue where no rhythm is known', { newestEntryAt: daysAgo(900) }, undefined],
  ])('%s', (_what, changes, expected) => {
    expect(silenceAfter(source(changes), 12, at)?.code).toBe(expected);
    expect(silenceAfter(source(changes), undefined, at)?.code).toBe(expected);
  });

  it('is empty where it lists nothing but had entries before, and stays so while nothing changes', () => {
    expect(silenceAfter(source({}), 0, at)).toMatchObject({ code: 'empty', message: expect.stringContaining('lists nothing') as unknown });
    expect(silenceAfter(source({ errorCode: 'empty' }), undefined, at)?.code).toBe('empty');
    expect(silenceAfter(source({ errorCode: 'empty' }), 3, at)).toBeUndefined();
    expect(silenceAfter(source({ articleCount: 0 }), 0, at)).toBeUndefined();
    // The other "empty": a failed poll whose body had no bytes.
    expect(silenceAfter(source({ errorCode: 'empty', consecutiveFailures: 2 }), undefined, at)).toBeUndefined();
  });

  it('says in words what is unusual', () => {
    expect(silenceAfter(source({ ...hourly, newestEntryAt: daysAgo(9) }), 4, at)?.message).toBe('Nothing new for 9 days, where the longest pause was 14 hours');
  });
});
