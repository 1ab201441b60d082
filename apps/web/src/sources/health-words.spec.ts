import { describe, expect, it } from 'vitest';
import type { SourceHealth } from '../api/sources.ts';
import { healthWords, intervalWords, pollWords } from './health-words.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const minutes = (count: number) => new Date(now + count * 60_000).toISOString();
const healthy: SourceHealth = {
  state: 'ok', lastPolledAt: minutes(-4), lastSucceededAt: minutes(-4), lastNewEntryAt: minutes(-50), nextPollAt: minutes(11), consecutiveFailures: 0,
  errorCode: null, errorMessage: null, articleCount: 10,
};
const say = (change: Partial<SourceHealth>) => healthWords({ ...healthy, ...change }, now);

describe('the health of a source in words', () => {
  it('of one that works says when it was and will be polled', () => {
    expect(say({})).toEqual({ tone: 'good', headline: 'Working', detail: 'Polled 4 min ago, last new article 50 min ago. Next poll in 11 min.' });
  });

  it('of one that fails gives the reason, the last success and the next try', () => {
    expect(say({ state: 'failing', consecutiveFailures: 5, errorMessage: 'The answer is HTML, not a feed', lastSucceededAt: minutes(-1500) })).toEqual({
      tone: 'bad', headline: 'Failing: 5 polls in a row', detail: 'The answer is HTML, not a feed. Last success 1 d ago. Next poll in 11 min.',
    });
  });

  it('of one that never worked says so', () => {
    expect(say({ state: 'failing', consecutiveFailures: 1, errorMessage: 'No answer.', lastSucceededAt: null, nextPollAt: minutes(-1) }).detail).toBe('No answer. It has never worked. Next poll is due.');
  });

  it('warns of one that works and brings nothing', () => {
    expect(say({ lastNewEntryAt: minutes(-60 * 24 * 20) })).toMatchObject({ tone: 'warn', headline: 'Working, but quiet' });
  });

  it('warns of one that is silent against its own cadence', () => {
    const overdue = { state: 'silent', errorCode: 'overdue', errorMessage: 'Nothing new for 9 days, where the longest pause was 14 hours' } as const;
    expect(say(overdue)).toEqual({ tone: 'warn', headline: 'Working, but silent', detail: 'Nothing new for 9 days, where the longest pause was 14 hours. Polled 4 min ago. Next poll in 11 min.' });
    expect(say({ ...overdue, errorCode: 'empty' }).headline).toBe('Working, but its feed is empty');
  });

  it('warns of one that lives on its fallback', () => {
    expect(say({ errorCode: 'timeout', errorMessage: 'No answer within 20 s.' })).toMatchObject({ tone: 'warn', headline: 'Working, by a fallback address' });
  });

  it('of one that is new or switched off is calm', () => {
    expect(say({ state: 'new', lastPolledAt: null, nextPollAt: minutes(-1) })).toEqual({ tone: 'busy', headline: 'Not polled yet', detail: 'Next poll is due.' });
    expect(say({ state: 'disabled', nextPollAt: null }).headline).toBe('Switched off');
  });
});

describe('an interval in words', () => {
  it.each([['15m', '15 min'], ['1h', '1 h'], ['2d', '2 d'], ['1h30m', '1h30m']])('%s is %s', (interval, words) => {
    expect(intervalWords(interval)).toBe(words);
  });
});

describe('a poll in words', () => {
  it.each([
    [{ outcome: 'polled', newArticles: 1, revisions: 2 }, '1 new article and 2 changed articles.'],
    [{ outcome: 'polled', newArticles: 0, revisions: 0 }, 'Nothing new.'],
    [{ outcome: 'not-modified', newArticles: 0, revisions: 0 }, 'Nothing has changed since the last poll.'],
    [{ outcome: 'failed', newArticles: 0, revisions: 0, errorMessage: 'No answer.' }, 'No answer.'],
  ])('%j is: %s', (outcome, words) => {
    expect(pollWords(outcome)).toBe(words);
  });
});
