// Real: PostgreSQL, Nest and Fastify (requests are injected, no socket).
import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database } from '@tradewatch/database';
import { ArticleClassifiedV1 } from '@tradewatch/events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArchiveArticles, type ClassifiedArticle } from './archive-articles.ts';
import { ArchiveConsumer } from './archive.consumer.ts';
import { classifiedArticle, startArchive } from './archive.fixture.ts';
import type { ArticleDetail } from './article-item.ts';

describe('archiving', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await startArchive();
  });
  afterAll(() => app.close());

  const archive = (...articles: ClassifiedArticle[]): Promise<number> => app.get(ArchiveArticles).archive(articles);
  const read = async (id: string): Promise<ArticleDetail> => (await app.inject(`/api/articles/${id}`)).json();
  const rowOf = async (id: string): Promise<unknown> =>
    (await app.get(Database).pool.query('SELECT xmin::text, * FROM archived_articles WHERE article_id = $1', [id])).rows[0];

  it('stores a classified article with its evidence, once however often the event comes', async () => {
    const one = classifiedArticle({ title: 'Mills await', sectors: ['steel-aluminum'], developments: ['tariff:proposed'], author: 'R. Vega' });
    const { occurredAt, ...data } = one;
    const event = { id: randomUUID(), topic: ArticleClassifiedV1.topic, key: one.article.storyId, occurredAt, data };
    await app.get(ArchiveConsumer).articlesClassified([event, event]);
    const before = await rowOf(one.article.id);
    await app.get(ArchiveConsumer).articlesClassified([event]);
    expect(await archive(one, one)).toBe(0);
    expect(await rowOf(one.article.id)).toEqual(before);
    expect(await read(one.article.id)).toMatchObject({
      id: one.article.id, title: 'Mills await', text: one.article.text, author: 'R. Vega', taxonomyVersion: 'test-1', facts: [], related: [], corrects: null, correctedBy: [],
      tags: { sectors: one.classification.sectors, topics: [], developments: one.classification.developments },
      revisions: [{ revision: 1, title: 'Mills await', fetchedAt: one.article.fetchedAt }],
    });
  });

  it('replaces an article by its newer revision, keeps the history, and ignores an older one', async () => {
    const first = classifiedArticle({ title: 'Mills await', sectors: ['energy'] });
    const again = (revision: number, title: string): ClassifiedArticle => classifiedArticle({ ...first.article, source: 'harbour-gazette', revision, title });
    expect(await archive(first)).toBe(1);
    const { firstSeenAt } = await read(first.article.id);
    expect(await archive(again(3, 'Mills close'), again(2, 'Mills falter'))).toBe(1);
    expect(await archive(again(2, 'Mills falter'), first)).toBe(0);
    const article = await read(first.article.id);
    expect(article).toMatchObject({ revision: 3, title: 'Mills close', sectors: [], firstSeenAt });
    expect(article.revisions.map(({ revision, title }) => `${revision} ${title}`)).toEqual(['1 Mills await', '2 Mills falter', '3 Mills close']);
    expect((await app.inject('/api/articles?q=falter')).json().total).toBe(0);
  });

  it('replaces the classification of a revision by a later one of another taxonomy, and not by an earlier one', async () => {
    const first = classifiedArticle({ sectors: ['energy'] });
    const later = classifiedArticle({ ...first.article, source: 'harbour-gazette', sectors: ['machinery'], taxonomyVersion: 'test-2', occurredAt: new Date('2026-11-03T00:00:00Z') });
    expect(await archive(first)).toBe(1);
    expect(await archive(first, later)).toBe(1);
    expect(await archive(first)).toBe(0);
    expect(await archive(later, first)).toBe(0);
    expect(await read(first.article.id)).toMatchObject({ sectors: ['machinery'], taxonomyVersion: 'test-2', revisions: [{ revision: 1 }] });
  });

  it('shows the other articles of a story beside an article', async () => {
    const storyId = randomUUID();
    const [older, newer, one] = [classifiedArticle({ storyId, publishedAt: '2026-10-01T00:00:00.000Z' }), classifiedArticle({ storyId }), classifiedArticle({ storyId })];
    await archive(older, newer, one);
    const related = (await read(one.article.id)).related.map((item) => item.id);
    expect(related).toEqual([newer.article.id, older.article.id]);
  });

  it('shows what each revision changed, and what an article corrects and is corrected by', async () => {
    const change = { cosmetic: false, rewritten: false, wordsAdded: 1, wordsRemoved: 1, passages: [{ removed: '25', added: '35' }] };
    const first = classifiedArticle({ title: 'Mills pay 25' });
    const { id, storyId } = first.article;
    const second = classifiedArticle({ ...first.article, source: 'harbour-gazette', revision: 2, title: 'Mills pay 35', change, correction: { id: randomUUID(), articleId: id } });
    const correction = classifiedArticle({ storyId, title: 'CORRECTED-Mills pay 25', correction: { id: randomUUID(), articleId: id } });
    await archive(first);
    await archive(second, correction, classifiedArticle({ storyId }));
    expect(await read(id)).toMatchObject({
      revisions: [{ revision: 1 }, { revision: 2, change, corrects: id }], corrects: null, correctedBy: [{ id: correction.article.id, title: 'CORRECTED-Mills pay 25' }],
    });
    expect((await read(id)).revisions[0]).not.toHaveProperty('change');
    expect(await read(correction.article.id)).toMatchObject({ corrects: { id, title: 'Mills pay 35' }, correctedBy: [] });
  });

  it('answers 404 for an article there is not', async () => {
    for (const id of [randomUUID(), 'not-an-id', '%00']) {
      const response = await app.inject(`/api/articles/${id}`);
      expect([response.statusCode, response.headers['content-type']]).toEqual([404, expect.stringContaining('application/problem+json')]);
    }
  });

  it('stores text that PostgreSQL cannot, with what it cannot hold replaced and offsets kept', async () => {
    const hostile = classifiedArticle({ title: 'Bad\0 byte \uD800 here', text: 'tail \uDC00\uD800 \\u0000 <b>bold</b> grommets\0', author: 'N\0body', sectors: ['energy'] });
    hostile.classification.sectors[0]!.evidence[0]!.text = '\0\uD83D';
    await archive(hostile);
    const article = await read(hostile.article.id);
    expect(article).toMatchObject({ title: 'Bad\uFFFD byte \uFFFD here', text: 'tail \uFFFD\uFFFD \\u0000 <b>bold</b> grommets\uFFFD', author: 'N\uFFFDbody' });
    expect(article.tags.sectors[0]!.evidence[0]!.text).toBe('\uFFFD\uFFFD');
    const { items: [item] } = (await app.inject('/api/articles?q=grommets')).json();
    expect(item.excerpt.slice(item.highlights.excerpt[0].start, item.highlights.excerpt[0].end)).toBe('grommets');
  });

  it('stores ten megabytes of any text and finds it by its beginning', async () => {
    const letters = (size: number, each: (index: number) => string): string => Array.from({ length: size }, (_, index) => each(index)).join('');
    const texts = [
      letters(1_300_000, (index) => ` ${(index * 7919).toString(36)}`),
      '\0'.repeat(10_000_000),
      // What is indexed is cut long before; these are the worst cases of what is left.
      letters(60_000, (index) => `${(index % 46_656).toString(36)}-`),
      letters(120_000, (index) => String.fromCodePoint(0x1_0400 + (index % 40), 0x1_0400 + (Math.floor(index / 40) % 40)) + (index % 3 ? '-' : ' ')),
      'x'.repeat(1_000_000),
      '<'.repeat(1_000_000),
    ];
    for (const [index, text] of texts.entries()) {
      const article = classifiedArticle({ title: `Colossus${index}`, text: `leviathan${index} ${text}` });
      expect(await archive(article)).toBe(1);
      expect((await app.inject(`/api/articles?q=colossus${index}%20leviathan${index}`)).json().total).toBe(1);
      expect((await read(article.article.id)).text).toHaveLength(article.article.text.length);
    }
  }, 120_000);
});
