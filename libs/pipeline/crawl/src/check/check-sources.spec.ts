// Real: the HTTP client, a site on loopback with its robots.txt, the formats. Nothing is faked; there is no database.
import { createHttpClient } from '@tradewatch/http';
import { rssFeed, startFeedServer, type FeedServer } from '@tradewatch/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { definitionOf, newSourceSchema } from '../source/source-body.ts';
import type { SourceDefinition } from '../source/source.ts';
import { checkSources, type CheckedSource } from './check-sources.ts';

describe('checking sources', () => {
  let site: FeedServer;
  const httpClient = createHttpClient({ allowPrivateNetworks: true, userAgent: 'tradewatch-test (+https://example.org)' });
  afterAll(() => httpClient.close());
  beforeAll(async () => {
    site = await startFeedServer();
    site.set('/robots.txt', { status: 200, body: 'User-agent: *\nCrawl-delay: 0.02\nDisallow: /private' });
  });
  const source = (id: string, url: string, fields: object = {}): SourceDefinition =>
    definitionOf(id, newSourceSchema.parse({ name: id, kind: 'rss', url, jurisdiction: 'US', language: 'en', authority: 'press', interval: '15m', ...fields }));
  async function check(...sources: SourceDefinition[]): Promise<Record<string, CheckedSource>> {
    const checked: Record<string, CheckedSource> = {};
    await checkSources(httpClient, sources, { concurrency: 4, hostGapMs: 10 }, async (result) => void (checked[result.id] = result));
    return checked;
  }

  it('tells reachability, format, freshness, entries and robots of each, fallbacks included', async () => {
    const old = { guid: 'o', title: 'Old news', date: 'Mon, 05 Jan 2026 10:00:00 GMT' };
    const checked = await check(
      source('good', site.set('/good', rssFeed([{ guid: '1', title: 'News' }, old])), { fallbacks: [site.url + '/nowhere'] }),
      source('stale', site.set('/stale', rssFeed([old]))),
      source('empty', site.set('/none', rssFeed([]))),
      source('list', site.set('/list', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body><a class="n" href="/1">One</a></body></html>' }), { kind: 'html-list', selectors: { item: 'a.n' } }),
      source('page', site.url + '/list', { fallbacks: [site.url + '/good'] }),
      source('closed', site.set('/private/feed', rssFeed([old]))),
      source('missing', site.url + '/nowhere'),
      source('away', 'http://127.0.0.1:1/feed'),
    );
    expect(Object.fromEntries(Object.entries(checked).map(([id, { verdict, reachable, robots, format, entries, error }]) => [id, [verdict, reachable, robots, format, entries, error?.code]]))).toEqual({
      good: ['ok', true, 'allowed', 'rss', 2, undefined],
      stale: ['stale', true, 'allowed', 'rss', 1, undefined],
      empty: ['empty', true, 'allowed', 'rss', 0, undefined],
      list: ['ok', true, 'allowed', 'html', 1, undefined],
      page: ['fallback', true, 'allowed', 'html', null, 'not-a-feed'],
      closed: ['failed', true, 'disallowed', null, null, 'robots-disallowed'],
      missing: ['failed', true, 'allowed', null, null, 'http-404'],
      away: ['failed', false, null, null, null, 'connection-refused'],
    });
    expect(checked['stale']).toMatchObject({ newest: '2026-01-05T10:00:00.000Z', crawlDelaySeconds: 0.02, contentType: 'application/rss+xml; charset=utf-8' });
    expect(checked['good']!.fallbacks).toMatchObject([{ url: site.url + '/nowhere', entries: null, error: { code: 'http-404' } }]);
    expect(site.requests.filter(({ path }) => path === '/robots.txt')).toHaveLength(1);
    expect(site.requests.some(({ path }) => path === '/private/feed')).toBe(false);
  });

  it('asks a host one thing at a time, however many sources it has', async () => {
    const before = site.requests.length;
    await check(...Array.from({ length: 12 }, (_, number) => source(`s${number}`, site.set(`/slow${number}`, (_request, response) => void setTimeout(() => response.writeHead(200).end(rssFeed([])), 15)))));
    expect(site.requests.length - before).toBe(13);
    expect(site.mostAtOnce()).toBe(1);
  });
});
