import { describe, expect, it } from 'vitest';
import type { SourceHealth } from '../api/sources.ts';
import { healthWords, importWords, intervalWords, pollWords } from './health-words.ts';

const now = Date.parse('2026-11-22T12:00:00Z');
const minutes = (count: number) => new Date(now + count * 60_000).toISOString();
const healthy: SourceHealth = {
  state: 'ok', lastPolledAt: minutes(-4), lastSucceededAt: minutes(-4), lastNewEntryAt: minutes(-50), nextPollAt: minutes(11), consecutiveFailures: 0,
  errorCode: null, errorMessage: null, failingSince: null, gaps: [], articleCount: 10,
};
const say = (change: Partial<SourceHealth>) => healthWords({ ...healthy, ...change }, now);

describe('the health of a source in words', () => {
  it('of one that works says when it was and will be polled', () => {
    expect(say({})).toEqual({ tone: 'good', headline: 'Working', detail: 'Polled 4 min ago, last new article 50 min ago. Next poll in 11 min.' });
  });

  it('of one that fails gives the reason, since when, the last success, the next try, and what can be done', () => {
    const failing = { state: 'failing', consecutiveFailures: 5, errorCode: 'not-a-feed', errorMessage: 'The answer is HTML, not a feed', failingSince: minutes(-180), lastSucceededAt: minutes(-1500) } as const;
    expect(say(failing)).toEqual({
      tone: 'bad', headline: 'A web page, not a feed', detail: 'The answer is HTML, not a feed. Failing for 3 h, 5 polls in a row. Last success 1 d ago. Next poll in 11 min.',
      advice: expect.stringMatching(/^Open the address in a browser: .*selectors.*\.$/) as unknown,
    });
    expect(say({ ...failing, failingSince: minutes(-60 * 24 * 9) }).detail).toContain('Failing since 13 Nov, 5 polls in a row.');
  });

  it('of one that never worked says so', () => {
    expect(say({ state: 'failing', consecutiveFailures: 1, errorCode: 'timeout', errorMessage: 'No answer.', failingSince: minutes(0), lastSucceededAt: null, articleCount: 0, nextPollAt: minutes(-1) }).detail).toBe('No answer. Failing since just now. It has never worked. Next poll is due.');
  });

  it('of one whose feed only ever came in part does not say that it never worked', () => {
    expect(say({ state: 'failing', consecutiveFailures: 1, errorCode: 'truncated', errorMessage: 'It breaks off', lastSucceededAt: null }).detail).toContain('It has never come whole.');
  });

  it('of a gazette without an edition is a warning, and names the days that are asked for again', () => {
    expect(say({ state: 'failing', consecutiveFailures: 2, errorCode: 'gap', errorMessage: 'Nothing yet for 22 November 2026' })).toMatchObject({ tone: 'warn', headline: 'No edition yet' });
    expect(say({ gaps: ['2026-11-22', '2026-11-21'] }).detail).toBe('Polled 4 min ago, last new article 50 min ago. No edition for 21 Nov and 22 Nov, asked for again. Next poll in 11 min.');
  });

  it('of one that is gone for good says that it is switched off, and how to go on', () => {
    expect(say({ state: 'disabled', errorCode: 'http-410', errorMessage: 'a.example answered 410 (gone for good)', failingSince: minutes(-60), nextPollAt: null })).toMatchObject({ tone: 'bad', headline: 'Switched off: gone for good', detail: 'a.example answered 410 (gone for good). Found 1 h ago.', advice: expect.stringContaining('new address') as unknown });
  });

  it('warns of one that works and brings nothing', () => {
    expect(say({ lastNewEntryAt: minutes(-60 * 24 * 20) })).toMatchObject({ tone: 'warn', headline: 'Working, but quiet' });
  });

  it('warns of one that is silent against its own cadence', () => {
    const overdue = { state: 'silent', errorCode: 'overdue', errorMessage: 'Nothing new for 9 days, where the longest pause was 14 hours', failingSince: minutes(-60) } as const;
    expect(say(overdue)).toEqual({ tone: 'warn', headline: 'Working, but silent', detail: 'Nothing new for 9 days, where the longest pause was 14 hours. Polled 4 min ago. Next poll in 11 min.', advice: expect.stringContaining('the feed is dead') as unknown });
    expect(say({ ...overdue, errorCode: 'empty' }).headline).toBe('Working, but its feed is empty');
  });

  it('warns of one that lives on its fallback', () => {
    expect(say({ errorCode: 'timeout', errorMessage: 'No answer within 20 s.', failingSince: minutes(-120) })).toMatchObject({
      tone: 'warn', headline: 'Working, by a fallback address', detail: 'The main one fails: No answer within 20 s. Failing for 2 h. Polled 4 min ago. Next poll in 11 min.', advice: expect.stringMatching(/^For the main address: nothing, /) as unknown,
    });
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

describe('a list of feeds that was taken in', () => {
  const refused = [1, 2, 3, 4, 5].map((line) => ({ line, name: 'x', message: 'url: must be a web address' }));
  it.each([
    [{ added: [], duplicates: [], refused: [] }, 'The list has no feeds.'],
    [{ added: [1, 2], duplicates: [1], refused: [] }, '2 added, 1 here already.'],
    [{ added: [], duplicates: [], refused: refused.slice(0, 1) }, '1 refused. Line 1 (x): url: must be a web address.'],
    [{ added: [], duplicates: [], refused }, /^5 refused\. Line 1 .* Line 3 \(x\): url: must be a web address\. And 2 more\.$/],
  ])('%j is told in numbers, with the first faults', (outcome, words) => {
    expect(importWords(outcome)).toMatch(words);
  });
});
