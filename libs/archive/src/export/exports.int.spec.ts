// Real: PostgreSQL, Nest and Fastify (requests are injected, no socket); the feed is read back by rss-parser.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import Parser from 'rss-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArchiveArticles } from '../archive-articles.ts';
import { classifiedArticle, startArchive } from '../archive.fixture.ts';

const bad = `=cmd("x"), 'quoted' & <b>bold</b> ]]>\u0001\u{1F600}`;

describe('exports', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await startArchive();
    const many = Array.from({ length: 1_200 }, (_, number) => classifiedArticle({ title: `Notice ${number}`, publishedAt: new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString() }));
    const odd = classifiedArticle({ title: bad, text: bad, sectors: ['energy', 'logistics'], developments: ['tariff:in-effect'], publishedAt: '2026-11-20T09:08:07.000Z' });
    await app.get(ArchiveArticles).archive([...many, odd]);
  });
  afterAll(() => app.close());

  it('write every hit as NDJSON, newest first, as lists show it', async () => {
    const response = await app.inject('/api/articles.ndjson');
    expect(response.headers['content-type']).toContain('application/x-ndjson');
    const items = response.body.trimEnd().split('\n').map((line) => JSON.parse(line) as { id: string; title: string });
    expect(new Set(items.map((item) => item.id)).size).toBe(1_201);
    expect(items.slice(0, 2).map((item) => item.title)).toEqual([bad, 'Notice 1199']);
    expect(items[0]).toEqual((await app.inject('/api/articles?limit=1')).json().items[0]);
  });

  it('apply the filters and the limit', async () => {
    const response = await app.inject('/api/articles.ndjson?q=notice&from=2026-01-01T10:00:00Z&limit=3&sort=relevance');
    expect(response.body.trimEnd().split('\n').map((line) => JSON.parse(line).title)).toEqual(['Notice 1199', 'Notice 1198', 'Notice 1197']);
    expect((await app.inject('/api/articles.ndjson?q=nothingsuch')).body).toBe('');
  });

  it('write CSV that no spreadsheet runs', async () => {
    const response = await app.inject('/api/articles.csv?sector=energy');
    expect(response.headers['content-type']).toContain('text/csv');
    expect(response.headers['content-disposition']).toContain('articles.csv');
    const [head, record, end] = response.body.split('\r\n');
    expect(head).toBe('id,publishedAt,firstSeenAt,source,language,relevant,title,url,sectors,topics,authorities,jurisdictions,developments,excerpt');
    expect(record).toContain(`,"'${bad.replaceAll('"', '""')}",https://gazette.example/mills,energy;logistics,,,,tariff:in-effect,`);
    expect(end).toBe('');
    expect((await app.inject('/api/articles.csv')).body.split('\r\n')).toHaveLength(1_203);
  });

  it('write RSS that a feed reader reads', async () => {
    const response = await app.inject({ url: '/api/articles.rss?limit=2', headers: { host: 'desk.example' } });
    expect(response.headers['content-type']).toContain('application/rss+xml');
    const feed = await new Parser().parseString(response.body);
    expect(feed).toMatchObject({ title: 'tradewatch', link: 'http://desk.example/', feedUrl: 'http://desk.example/api/articles.rss?limit=2' });
    expect(feed.items).toHaveLength(2);
    expect(feed.items[0]).toMatchObject({
      title: bad.replace('\u0001', '\uFFFD'), link: 'https://gazette.example/mills', guid: expect.stringMatching(/^urn:uuid:/), isoDate: '2026-11-20T09:08:07.000Z',
      pubDate: 'Fri, 20 Nov 2026 09:08:07 GMT', creator: 'The harbour-gazette',
    });
    expect((await new Parser().parseString((await app.inject('/api/articles.rss')).body)).items).toHaveLength(500);
  });

  it('refuse what lists refuse', async () => {
    for (const path of ['articles.csv?sector=cars', 'articles.rss?limit=10001', 'articles.ndjson?from=soon', 'articles.csv?cursor=x']) {
      const response = await app.inject(`/api/${path}`);
      expect([response.statusCode, response.headers['content-type']]).toEqual([400, expect.stringContaining('application/problem+json')]);
    }
  });
});
