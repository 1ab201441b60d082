// Real: PostgreSQL, the Nest host with HTTP, pg-boss as job queue, the HTTP client, a site on loopback. Nothing is faked.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHost } from '@tradewatch/api';
import { Database, DatabaseModule } from '@tradewatch/database';
import { createHttpClient } from '@tradewatch/http';
import { JobsModule } from '@tradewatch/jobs';
import { MessagingModule } from '@tradewatch/messaging';
import { createTestDatabase, rssFeed, startFeedServer, waitFor, type FeedServer } from '@tradewatch/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CrawlModule } from './crawl.module.ts';
import type { SourceView } from './source/source-body.ts';

interface Answer<T> {
  status: number;
  body: T;
}
interface ProblemBody {
  status: number;
  detail: string;
  errors?: { field: string; message: string }[];
}

describe('the crawl module', () => {
  let app: NestFastifyApplication;
  let site: FeedServer;
  beforeAll(async () => {
    site = await startFeedServer();
    const catalog = ['one', 'two', 'three'].map((id) => ({
      id, name: `Catalog ${id}`, kind: 'rss', url: site.set(`/${id}.rss`, rssFeed([{ guid: id, title: `What catalog source ${id} has to say` }])),
      jurisdiction: 'US', language: 'en', authority: 'press', interval: '15m',
    }));
    const httpClient = createHttpClient({ allowPrivateNetworks: true, userAgent: 'tradewatch-test (+https://example.org)' });
    const url = await createTestDatabase();
    app = await createHost({
      module: class TestHost {},
      imports: [
        DatabaseModule.forRoot({ url }), MessagingModule.embedded(), JobsModule.embedded(),
        CrawlModule.forRoot({ httpClient, sourcesYaml: JSON.stringify(catalog), sourcesOrigin: 'test catalog', hostGapMs: 50 }),
      ],
    });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    afterAll(async () => {
      await app.close();
      await httpClient.close();
    });
  });

  async function ask<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, payload?: object): Promise<Answer<T>> {
    const response = await app.inject({ method, url: `/api/sources${path}`, ...(payload ? { payload } : {}) });
    return { status: response.statusCode, body: (response.body === '' ? undefined : response.json()) as T };
  }
  const valid = (changes: object = {}) => ({ id: 'mine', name: 'Mine', kind: 'rss', url: site.url + '/mine.rss', jurisdiction: 'CA', language: 'fr', authority: 'press', interval: '5m', ...changes });

  it('loads its catalog and polls every source without being asked, one request a host at a time', async () => {
    await waitFor('all catalog sources to be polled', async () => {
      const { body } = await ask<{ items: SourceView[] }>('GET', '');
      return body.items.length === 3 && body.items.every(({ health }) => health.state === 'ok' && health.articleCount === 1);
    }, 28_000);
    expect(site.mostAtOnce()).toBe(1);
    expect(await app.get(Database).article.count()).toBe(3);
    expect(site.requests[0]?.path).toBe('/robots.txt');
    expect(site.requests.map(({ path }) => path).sort()).toEqual(['/one.rss', '/robots.txt', '/three.rss', '/two.rss']);
  });

  it('adds, shows, changes, polls and removes a source over REST', async () => {
    site.set('/mine.rss', rssFeed([{ guid: '1', title: 'Une nouvelle sur les droits de douane' }]));
    const created = await ask<SourceView>('POST', '', valid({ jurisdiction: 'ca', enabled: false, notes: 'mine' }));
    expect(created).toMatchObject({ status: 201, body: { id: 'mine', jurisdiction: 'CA', interval: '5m', fallbacks: [], alertOnBackfill: false, notes: 'mine', health: { state: 'disabled', nextPollAt: null, articleCount: 0 } } });
    expect(await ask('POST', '/mine/poll')).toEqual({ status: 200, body: { outcome: 'polled', newArticles: 1, revisions: 0 } });
    expect(await ask('POST', '/mine/poll')).toEqual({ status: 200, body: { outcome: 'not-modified', newArticles: 0, revisions: 0 } });
    expect(await ask('PUT', '/mine', valid({ id: undefined, enabled: false, name: 'Renamed', interval: '1h' }))).toMatchObject({ status: 200, body: { id: 'mine', name: 'Renamed', interval: '1h' } });
    expect(await ask('DELETE', '/mine')).toEqual({ status: 204, body: undefined });
    expect(await ask('GET', '/mine')).toMatchObject({ status: 404, body: { status: 404, detail: 'There is no source "mine".' } });
    for (const [method, path] of [['PUT', '/mine'], ['DELETE', '/mine'], ['POST', '/mine/poll']] as const) {
      expect((await ask(method, path, method === 'PUT' ? valid() : undefined)).status).toBe(404);
    }
    // Back again, it knows its articles.
    expect(await ask('POST', '', valid({ enabled: false }))).toMatchObject({ status: 201, body: { name: 'Mine', health: { articleCount: 1 } } });
    expect(await ask('POST', '/mine/poll')).toMatchObject({ body: { outcome: 'polled', newArticles: 0 } });
  });

  it('answers a poll that fails with its reason, and says what is wrong on the source', async () => {
    await ask('POST', '', valid({ id: 'broken', url: site.set('/broken', { status: 200, body: '<html><body>Hello</body></html>' }), enabled: false }));
    expect(await ask('POST', '/broken/poll')).toMatchObject({ status: 200, body: { outcome: 'failed', newArticles: 0, errorCode: 'not-a-feed', errorMessage: expect.any(String) as unknown } });
    expect(await ask('GET', '/broken')).toMatchObject({ body: { health: { errorCode: 'not-a-feed', consecutiveFailures: 1, lastSucceededAt: null, failingSince: expect.any(String) as unknown, gaps: [] } } });
  });

  it('answers 409 while the source is being polled', async () => {
    let finish = () => {};
    const url = site.set('/slow', (_request, response) => {
      finish = () => response.writeHead(200).end(rssFeed([]));
    });
    await ask('POST', '', valid({ id: 'slow', url, enabled: false }));
    const first = ask('POST', '/slow/poll');
    await waitFor('the poll to reach the site', () => site.requests.some(({ path }) => path === '/slow'));
    expect(await ask('POST', '/slow/poll')).toMatchObject({ status: 409, body: { detail: expect.stringContaining('being polled') as unknown } });
    finish();
    expect(await first).toMatchObject({ status: 200, body: { outcome: 'polled' } });
  });

  it('makes an id of the name where none is given, and refuses one that is used', async () => {
    expect(await ask('POST', '', valid({ id: undefined, name: 'Secretaría de Economía', enabled: false }))).toMatchObject({ status: 201, body: { id: 'secretaria-de-economia' } });
    expect(await ask<ProblemBody>('POST', '', valid({ id: 'one' }))).toMatchObject({ status: 409, body: { errors: [{ field: 'id' }] } });
    expect(await ask<ProblemBody>('PUT', '/one', valid({ id: 'other' }))).toMatchObject({ status: 400, body: { errors: [{ field: 'id' }] } });
  });

  it.each([
    ['name', { name: ' ' }], ['kind', { kind: 'smoke-signals' }], ['url', { url: 'ftp://example.org' }], ['url', { url: undefined }], ['fallbacks.0', { fallbacks: ['x'] }],
    ['jurisdiction', { jurisdiction: 'USA' }], ['language', { language: 'xx-klingon' }], ['authority', { authority: 'hearsay' }], ['interval', { interval: '10s' }],
    ['selectors', { kind: 'html-list' }], ['selectors.date', { kind: 'html-list', selectors: { item: 'li', date: '((' } }], ['selectors', { selectors: { item: 'li' } }],
    ['interval', { interval: '365d' }], ['alertOnBackfill', { alertOnBackfill: 1 }], ['id', { id: 'No Spaces' }],
  ])('refuses a wrong %s by name (%j)', async (field, change) => {
    const { status, body } = await ask<ProblemBody>('POST', '', valid({ id: 'never', ...change }));
    expect(status).toBe(400);
    expect(body.errors?.map((error) => error.field)).toEqual([field]);
    expect((await ask('GET', '/never')).status).toBe(404);
  });

  it('refuses a sources file at fault before anything starts', () => {
    const httpClient = createHttpClient({ allowPrivateNetworks: false, userAgent: 'x' });
    expect(() => CrawlModule.forRoot({ httpClient, sourcesYaml: '- id: a\n', sourcesOrigin: '/etc/sources.yaml' })).toThrow('/etc/sources.yaml: source "a" (entry 1): name: is missing');
  });
});
