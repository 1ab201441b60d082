// Real: PostgreSQL, the Nest host with HTTP. Nothing is faked; no source is asked.
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHost } from '@tradewatch/api';
import { DatabaseModule } from '@tradewatch/database';
import { createHttpClient } from '@tradewatch/http';
import { JobsModule } from '@tradewatch/jobs';
import { MessagingModule } from '@tradewatch/messaging';
import { createTestDatabase } from '@tradewatch/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CrawlModule } from '../crawl.module.ts';
import type { ImportedSources } from './import-sources.ts';
import type { SourceView } from './source-body.ts';

const opml = (...outlines: string[]) => `<?xml version="1.0"?><opml version="2.0"><head/><body>\n${outlines.join('\n')}\n</body></opml>`;

describe('lists of sources over REST', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    const httpClient = createHttpClient({ allowPrivateNetworks: false, userAgent: 'tradewatch-test (+https://example.org)' });
    app = await createHost({
      module: class TestHost {},
      imports: [DatabaseModule.forRoot({ url: await createTestDatabase() }), MessagingModule.embedded(), JobsModule.embedded(), CrawlModule.forRoot({ httpClient, sourcesYaml: '[]', sourcesOrigin: 'none' })],
    });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    afterAll(async () => {
      await app.close();
      await httpClient.close();
    });
  });

  const send = async (payload: string | object, type?: string, query = '') => {
    const response = await app.inject({ method: 'POST', url: `/api/sources/import${query}`, payload, ...(type ? { headers: { 'content-type': type } } : {}) });
    return { status: response.statusCode, body: response.json<ImportedSources & { detail?: string; errors?: { field: string; message: string }[] }>() };
  };
  const sources = async () => (await app.inject({ method: 'GET', url: '/api/sources' })).json<{ items: SourceView[] }>().items;

  it('take in an OPML file, with what it does not say from the query, and report what is there already', async () => {
    const file = opml('<outline text="Prensa"><outline text="Uno" xmlUrl="https://uno.invalid/rss"/></outline>', '<outline text="Uno otra vez" xmlUrl="http://www.uno.invalid/rss/"/>', '<outline text="Malo" xmlUrl="nowhere"/>', '<outline text="Uno" xmlUrl="https://dos.invalid/rss"/>');
    const { status, body } = await send(file, 'text/x-opml', '?jurisdiction=mx&language=es&interval=3h');
    expect(status).toBe(200);
    expect(body).toEqual({
      added: [{ id: 'uno', name: 'Uno', url: 'https://uno.invalid/rss', line: 2 }, { id: 'uno-2', name: 'Uno', url: 'https://dos.invalid/rss', line: 5 }],
      duplicates: [{ id: 'uno', name: 'Uno otra vez', url: 'http://www.uno.invalid/rss/', line: 3 }],
      refused: [{ line: 4, name: 'Malo', url: 'nowhere', message: 'url: must be a web address that starts with http:// or https:// and carries no password' }],
    });
    expect(await sources()).toMatchObject([{ id: 'uno', jurisdiction: 'MX', language: 'es', interval: '3h', folder: 'Prensa', kind: 'rss' }, { id: 'uno-2', folder: null }]);
    const again = await send({ opml: file });
    expect(again.body).toMatchObject({ added: [], duplicates: [{ id: 'uno' }, { id: 'uno' }, { id: 'uno-2' }] });
    expect(await sources()).toHaveLength(2);
  });

  it('come out as OPML that brings the same sources into another installation', async () => {
    const list = { id: 'list', name: 'Ministry: "news" & more', kind: 'html-list', url: 'https://ministry.invalid/news', selectors: { item: 'li > a' }, fallbacks: ['https://ministry.invalid/rss'], folder: 'CA/Official', jurisdiction: 'CA', language: 'fr', authority: 'official', interval: '30m', notes: 'ask first', enabled: false };
    expect((await app.inject({ method: 'POST', url: '/api/sources', payload: list })).statusCode).toBe(201);
    const before = await sources();
    const file = await app.inject({ method: 'GET', url: '/api/sources.opml' });
    expect(file.headers).toMatchObject({ 'content-type': 'text/x-opml; charset=utf-8', 'content-disposition': expect.stringContaining('.opml') as unknown });
    for (const { id } of before) await app.inject({ method: 'DELETE', url: `/api/sources/${id}` });
    expect(await sources()).toEqual([]);
    expect((await send(file.body, 'application/xml')).body).toMatchObject({ added: [{}, {}, {}], duplicates: [], refused: [] });
    const definition = ({ health: _health, ...rest }: SourceView) => rest;
    expect((await sources()).map(definition)).toEqual(before.map(definition));
  });

  it.each([
    ['<rss/>', 'text/xml', 'opml: Line 1: the file is XML (<rss>), but not OPML'],
    ['<opml><body>\n<outline text="a">', 'text/x-opml', 'opml: Line 2: the file breaks off before the <outline> that begins here is closed'],
    [{ opml: '' }, undefined, 'opml: The file is empty'],
    [{}, undefined, 'opml: is missing'],
    [{ opml: '<opml/>', jurisdiction: 'nowhere' }, undefined, 'jurisdiction: must be an ISO 3166-1'],
  ])('refuse %j by name and line', async (payload, type, detail) => {
    const { status, body } = await send(payload, type);
    expect(status).toBe(400);
    expect(body.detail?.startsWith(detail), body.detail).toBe(true);
  });
});
