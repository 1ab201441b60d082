// Real: PostgreSQL, the HTTP client, a site on loopback that answers in each kind's own format. Nothing is faked.
import { gzipSync } from 'node:zlib';
import { rssFeed, startFeedServer, type FeedServer } from '@tradewatch/testing';
import { DateTime } from 'luxon';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCrawl, type Crawl } from '../crawl.fixture.ts';
import { sourceKinds, stateOf, type SourceKind } from '../source/source.ts';

const now = DateTime.now();
const isoDay = now.toISODate()!;
const mexicanDay = (daysAgo: number) => now.setZone('America/Mexico_City').minus({ days: daysAgo });
const json = (body: unknown, type = 'application/json') => ({ status: 200, headers: { 'content-type': type }, body: JSON.stringify(body) });
const note = (day: DateTime, number: number) => ({ codNota: 5_800_000 + number, titulo: `ACUERDO ${number} por el que se modifica la Tarifa`, fecha: day.toFormat('dd-MM-yyyy'), codEdicion: 'MAT', codOrgaDos: 'SECRETARIA DE ECONOMIA' });
const gazette = (...notes: object[]) => json({ messageCode: 200, response: 'OK', NotasMatutinas: notes, NotasVespertinas: [], NotasExtraordinarias: [] });
const document = (number: number, date = isoDay) => ({
  title: `Certain Widgets From Mexico: Notice ${number}`, type: 'Notice', abstract: 'Commerce finds.', document_number: `2026-${10_000 + number}`, html_url: `https://www.federalregister.gov/d/2026-${10_000 + number}`,
  publication_date: date, agencies: [{ name: 'International Trade Administration' }], docket_ids: ['A-201-850'], action: 'Notice.',
});

describe('a source of the kind', () => {
  let crawl: Crawl;
  let site: FeedServer;
  beforeAll(async () => {
    crawl = await startCrawl();
    site = await startFeedServer();
  });

  const samples: Readonly<Record<SourceKind, () => { url: string; title: string; selectors?: { item: string; date?: string } }>> = {
    rss: () => ({ url: site.set('/k.rss', rssFeed([{ guid: '1', title: 'Ministers meet' }])), title: 'Ministers meet' }),
    atom: () => ({ url: site.set('/k.atom', '<feed xmlns="http://www.w3.org/2005/Atom"><title>f</title><entry><id>1</id><title>Quota opens</title><link href="https://a.example/1"/></entry></feed>'), title: 'Quota opens' }),
    'json-feed': () => ({ url: site.set('/k.json', json({ version: 'https://jsonfeed.org/version/1.1', title: 'f', items: [{ id: '1', url: 'https://j.example/1', title: 'Duty lifted', content_text: 'At last.' }] }, 'application/feed+json')), title: 'Duty lifted' }),
    'federal-register': () => ({ url: site.set('/documents.json', json({ count: 1, results: [document(1)] })), title: 'Certain Widgets From Mexico: Notice 1' }),
    govdelivery: () => ({ url: site.set('/WIDGET_2.json', json([{ subject: 'CSMS # 69851916 - GUIDANCE: Duties', pub_date: '07/02/2026 05:26 PM EDT', href: 'https://content.example/bulletins/1' }])), title: 'CSMS # 69851916 - GUIDANCE: Duties' }),
    'canada-news': () => ({ url: site.set('/gc/news/en/v2', json({ feed: { title: 'News', entry: [{ title: 'Surtax order', link: 'https://www.canada.example/1', teaser: 'Canada', publishedDate: `${isoDay} 00:10 EDT` }] } })), title: 'Surtax order' }),
    dof: () => ({ url: site.set('/dof/one-day', gazette(note(mexicanDay(0), 1))), title: 'ACUERDO 1 por el que se modifica la Tarifa' }),
    'html-list': () => ({
      url: site.set('/prensa', { status: 200, headers: { 'content-type': 'text/html; charset=utf-8' }, body: `<html><body><a href="/x">Inicio</a><ul><li class="nota"><a href="/prensa/1">Cupo de azúcar</a><time datetime="${isoDay}">hoy</time></li></ul></body></html>` }),
      title: 'Cupo de azúcar', selectors: { item: 'li.nota', date: 'time' },
    }),
    sitemap: () => {
      const part = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://paper.example/1</loc><news:news><news:publication_date>${isoDay}</news:publication_date><news:title>Steel talks</news:title></news:news></url></urlset>`;
      site.set('/part.xml.gz', { status: 200, headers: { 'content-type': 'application/gzip' }, body: gzipSync(part) });
      return { url: site.set('/index.xml', `<sitemapindex><sitemap><loc>${site.url}/part.xml.gz</loc></sitemap></sitemapindex>`), title: 'Steel talks' };
    },
  };

  it.each(sourceKinds)('%s is polled to articles, once each', async (kind) => {
    const { title, ...fields } = samples[kind]();
    const id = await crawl.addSource({ kind, language: kind === 'html-list' || kind === 'dof' ? 'es' : 'en', ...fields });
    expect(await crawl.pollSource.pollNow(id)).toEqual({ outcome: 'polled', newArticles: 1, revisions: 0 });
    expect((await crawl.published(id)).map((article) => article.title)).toEqual([title]);
    expect((await crawl.pollSource.pollNow(id)).outcome).toMatch(/^(?:polled|not-modified)$/);
    expect(await crawl.published(id)).toHaveLength(1);
    expect(await crawl.source(id)).toMatchObject({ kind, articleCount: 1, errorCode: null, failingSince: null });
  });

  it('html-list whose page was rebuilt says that its selectors match nothing', async () => {
    const id = await crawl.addSource({ kind: 'html-list', url: site.set('/rebuilt', '<html><body><p>New look</p></body></html>'), selectors: { item: 'li.nota' } });
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'failed', errorCode: 'unexpected-shape', errorMessage: expect.stringContaining('"li.nota"') as unknown });
    expect((await crawl.source(id)).failingSince).not.toBeNull();
  });

  it('federal-register falls back to the Register\'s own RSS', async () => {
    const id = await crawl.addSource({ kind: 'federal-register', url: site.set('/broken.json', { status: 500 }), fallbacks: [site.set('/documents.rss', rssFeed([{ guid: 'fr', title: 'Notice by RSS' }]))] });
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'polled', newArticles: 1 });
    expect(await crawl.source(id)).toMatchObject({ errorCode: 'http-500', consecutiveFailures: 0 });
  });
});

describe('a source of several pages', () => {
  let crawl: Crawl;
  let site: FeedServer;
  beforeAll(async () => {
    crawl = await startCrawl();
    site = await startFeedServer();
  });
  const asked = (path: string) => site.requests.filter((request) => request.path === path).length;
  const page = (name: string, number: number, pages: number, date?: string) =>
    json({ count: pages, results: [document(number, date)], ...(number < pages ? { next_page_url: `${site.url}/${name}?page=${number + 1}` } : {}) });

  it('is read on while all of a page is new, five pages at most, one after the other', async () => {
    for (let number = 2; number <= 9; number += 1) site.set(`/many?page=${number}`, page('many', number, 9));
    const id = await crawl.addSource({ kind: 'federal-register', url: site.set('/many', page('many', 1, 9)) });
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'polled', newArticles: 5 });
    expect([2, 3, 4, 5, 6].map((number) => asked(`/many?page=${number}`))).toEqual([1, 1, 1, 1, 0]);
    expect(site.mostAtOnce()).toBe(1);
  });

  it('is not asked for pages older than what it had', async () => {
    site.set('/old?page=2', page('old', 2, 2));
    const id = await crawl.addSource({ kind: 'federal-register', url: site.set('/old', page('old', 1, 2, now.minus({ days: 30 }).toISODate()!)) });
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ newArticles: 1 });
    expect(asked('/old?page=2')).toBe(0);
  });

  it('of which a page is missing for now keeps what came, and gets the rest with the next poll', async () => {
    site.set('/gappy?page=2', { status: 503 });
    const id = await crawl.addSource({ kind: 'federal-register', url: site.set('/gappy', page('gappy', 1, 2)) });
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'failed', errorCode: 'http-503', newArticles: 1 });
    site.set('/gappy?page=2', page('gappy', 2, 2));
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'polled', newArticles: 1 });
    expect(await crawl.source(id)).toMatchObject({ articleCount: 2, errorCode: null });
  });

  it('is followed neither in circles nor to another host', async () => {
    for (const [name, next] of [['circle', `${site.url}/circle`], ['away', 'http://127.0.0.2:1/page']] as const) {
      const id = await crawl.addSource({ kind: 'federal-register', url: site.set(`/${name}`, json({ count: 2, results: [document(name.length)], next_page_url: next })) });
      expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'polled' });
      expect(asked(`/${name}`)).toBe(1);
    }
  });
});

describe('a gazette with an address for each day', () => {
  let crawl: Crawl;
  let site: FeedServer;
  beforeAll(async () => {
    crawl = await startCrawl();
    site = await startFeedServer();
  });
  const path = (name: string, daysAgo: number) => `/${name}/${mexicanDay(daysAgo).toFormat('dd-MM-yyyy')}`;
  const source = (name: string) => ({ kind: 'dof' as const, url: `${site.url}/${name}/{DD-MM-YYYY}`, language: 'es', jurisdiction: 'MX', authority: 'official' as const });

  it('keeps days that came empty as gaps and files them once they are filled', async () => {
    for (let daysAgo = 0; daysAgo <= 4; daysAgo += 1) site.set(path('filled', daysAgo), daysAgo === 1 ? gazette() : gazette(note(mexicanDay(daysAgo), daysAgo)));
    const id = await crawl.addSource(source('filled'));
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'polled', newArticles: 4 });
    expect((await crawl.source(id)).gaps).toEqual([mexicanDay(1).toISODate()]);
    site.set(path('filled', 1), gazette(note(mexicanDay(1), 1)));
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'polled', newArticles: 1 });
    expect((await crawl.source(id)).gaps).toEqual([]);
    expect(site.requests.filter((request) => request.path === path('filled', 4))).toHaveLength(1);
  });

  it('of which every day is empty has no success, and is asked again at its interval', async () => {
    for (let daysAgo = 0; daysAgo <= 4; daysAgo += 1) site.set(path('empty', daysAgo), gazette());
    const id = await crawl.addSource(source('empty'));
    for (let poll = 1; poll <= 3; poll += 1) expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'failed', errorCode: 'gap' });
    const empty = await crawl.source(id);
    expect(stateOf(empty)).toBe('failing');
    expect(empty).toMatchObject({ lastSucceededAt: null, consecutiveFailures: 3, errorMessage: expect.stringContaining(mexicanDay(0).toFormat('d LLLL', { locale: 'en' })) as unknown });
    expect(empty.nextPollAt.getTime() - empty.lastPolledAt!.getTime()).toBeLessThan(960_000);
    site.set(path('empty', 0), gazette(note(mexicanDay(0), 9)));
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'polled', newArticles: 1 });
  });

  it('asks for no further day while the service is out, and forgets none', async () => {
    const id = await crawl.addSource(source('out'));
    site.set(path('out', 0), gazette(note(mexicanDay(0), 20)));
    site.set(path('out', 1), { status: 502 });
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'failed', errorCode: 'http-502', newArticles: 1 });
    expect(site.requests.some((request) => request.path === path('out', 2))).toBe(false);
    for (let daysAgo = 1; daysAgo <= 4; daysAgo += 1) site.set(path('out', daysAgo), gazette(note(mexicanDay(daysAgo), 20 + daysAgo)));
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'polled', newArticles: 4 });
  });

  it('keeps its gaps when a fallback of another kind had to do', async () => {
    for (let daysAgo = 0; daysAgo <= 4; daysAgo += 1) site.set(path('spare', daysAgo), gazette());
    const id = await crawl.addSource({ ...source('spare'), fallbacks: [site.set('/spare.rss', rssFeed([{ guid: 's', title: 'ACUERDO por otra vía' }]))] });
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'polled', newArticles: 1 });
    const read = await crawl.source(id);
    expect(read).toMatchObject({ errorCode: 'gap', consecutiveFailures: 0 });
    expect(read.gaps).toHaveLength(5);
    expect(read.failingSince).not.toBeNull();
  });
});
