import { describe, expect, it } from 'vitest';
import type { FeedEntry } from '../feed/feed-result.ts';
import { draftArticle, type ArticleDraft } from './article-draft.ts';

const fetchedAt = new Date('2026-07-01T12:00:00Z');
const source = { id: 'desk', url: 'https://desk.example/feed', authority: 'press' as const };
const entry = (changes: Partial<FeedEntry> = {}): FeedEntry => ({
  id: 'guid-1', title: 'Quota on beef opens in July', link: 'https://desk.example/beef', published: '2026-06-30T08:00:00.000Z', publishedRaw: 'Tue, 30 Jun 2026 08:00:00 GMT',
  publishedConfidence: 'stated', updated: null, author: null, summary: null, content: null, text: 'The quota opens.', categories: [], ...changes,
});
const draft = (changes: Partial<FeedEntry> = {}): ArticleDraft => draftArticle(entry(changes), source, fetchedAt)!;

describe('the draft of an article', () => {
  it('is identified by guid, else by its page, else by title and date', () => {
    expect(draft().guid).toBe('guid-1');
    expect(draft({ id: null, link: 'http://www.desk.example/beef/?utm_source=x' }).guid).toBe('https://desk.example/beef');
    const bare = { id: null, link: null };
    expect(draft(bare).guid).toMatch(/^sha256:/);
    expect(draft({ ...bare, text: 'Edited' }).guid).toBe(draft(bare).guid);
    expect(draft({ ...bare, publishedRaw: 'Wed, 01 Jul 2026 08:00:00 GMT' }).guid).not.toBe(draft(bare).guid);
    expect(draft({ id: 'x'.repeat(9000) }).guid.length).toBeLessThan(100);
  });

  it('links to its page, to a guid that is an address, or to the source; never to a script', () => {
    expect(draft({ link: null, id: 'https://desk.example/?p=1' }).url).toBe('https://desk.example/?p=1');
    expect(draft({ link: 'javascript:alert(1)' }).url).toBe(source.url);
    expect(draft({ link: null }).url).toBe(source.url);
    expect(draft({ link: null }).canonicalUrl).not.toBe(draft({ link: null, id: 'guid-2' }).canonicalUrl);
  });

  it('has a title, if need be the first words of its text, or its address', () => {
    expect(draft({ title: '', text: 'A line about sugar.\nAnd more' }).title).toBe('A line about…');
    expect(draft({ title: '', text: 'Sugar' }).title).toBe('Sugar');
    expect(draft({ title: '', text: '' }).title).toBe('https://desk.example/beef');
    expect(draftArticle(entry({ title: '', text: '', link: null }), source, fetchedAt)).toBeUndefined();
  });

  it('takes a date for absent that is none, older than feeds, or missing, and none for later than now', () => {
    const dated = (published: string | null) => {
      const { publishedAt, publishedConfidence } = draft({ published });
      return [publishedAt.toISOString(), publishedConfidence];
    };
    expect(dated('2026-06-30T08:00:00.000Z')).toEqual(['2026-06-30T08:00:00.000Z', 'stated']);
    for (const none of [null, 'nonsense', '0001-01-01T00:00:00.000Z', '1970-01-01T00:00:00.000Z']) expect(dated(none)).toEqual([fetchedAt.toISOString(), 'absent']);
    expect(dated('2026-07-01T12:00:30.000Z')).toEqual([fetchedAt.toISOString(), 'stated']);
  });

  it('changes its content hash with title and text only', () => {
    const { contentHash } = draft();
    expect(draft({ link: 'https://desk.example/other', published: null, author: 'Somebody' }).contentHash).toBe(contentHash);
    expect(draft({ text: 'The quota closes.' }).contentHash).not.toBe(contentHash);
    expect(draft({ title: 'Quota on beef closes in July' }).contentHash).not.toBe(contentHash);
  });

  it('holds nothing that a database refuses', () => {
    const { text, title, author } = draft({ title: 'Du\0ty \ud800', text: `a\0b${'x'.repeat(300_000)}`, author: '\0' });
    expect([title, author]).toEqual(['Duty \ufffd', null]);
    expect(text.startsWith('abx')).toBe(true);
    expect(text.length).toBeLessThanOrEqual(200_000);
  });
});
