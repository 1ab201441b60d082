// Real: PostgreSQL, Nest and Fastify (requests are injected, no socket).
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArchiveArticles } from './archive-articles.ts';
import { classifiedArticle, startArchive } from './archive.fixture.ts';
import type { ArticlePage } from './search-articles.ts';

/** New articles so far; each is newer than all before. */
let arrivals = 0;

const day = (number: number): string => new Date(Date.UTC(2026, 9, 1 + Math.floor(number / 3))).toISOString();

describe('paging through the archive', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await startArchive();
    // Three articles share each moment, so that ties are paged through as well.
    await app.get(ArchiveArticles).archive(Array.from({ length: 60 }, (_, number) => classifiedArticle({
      title: `Harbour notice ${number}`, text: 'quota '.repeat(1 + (number % 5)) + 'and nothing else '.repeat(number % 7), publishedAt: day(number),
    })));
  });
  afterAll(() => app.close());

  const page = async (query: string, cursor?: string | null): Promise<ArticlePage> =>
    (await app.inject(`/api/articles?${query}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`)).json();

  it.each(['limit=7', 'limit=7&q=quota', 'limit=7&q=quota&sort=relevance'])('shows every article once (%s) while new ones come in', async (query) => {
    const first = await page(query);
    const expected = await page(query.replace('limit=7', 'limit=100'));
    const seen = first.items.map((item) => item.id);
    let cursor = first.nextCursor;
    while (cursor !== null) {
      await app.get(ArchiveArticles).archive([
        classifiedArticle({ title: 'Quota quota quota', text: 'quota quota quota', publishedAt: new Date(Date.UTC(2027, 0, 1) + arrivals).toISOString() }),
      ]);
      arrivals++;
      const next: ArticlePage = await page(query, cursor);
      seen.push(...next.items.map((item) => item.id));
      cursor = next.nextCursor;
    }
    expect(seen.length).toBeGreaterThan(50);
    expect(seen).toEqual(expected.items.map((item) => item.id));
  });

  it('refuses the cursor of another list', async () => {
    const { nextCursor } = await page('limit=7&q=quota&sort=relevance');
    const response = await app.inject(`/api/articles?limit=7&cursor=${encodeURIComponent(nextCursor!)}`);
    expect(response.statusCode).toBe(400);
    expect(response.json().errors).toEqual([{ field: 'cursor', message: 'is not a cursor of this list' }]);
  });
});
