import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FeedContext, ParsedFeed } from '../feed-result.ts';
import { sourceKinds, type SourceKind } from '../../source/source.ts';
import { sourceFormats } from './source-formats.ts';

const now = new Date('2026-07-20T12:00:00Z');

function parsed(kind: SourceKind, content: unknown, context: FeedContext = {}): ParsedFeed {
  const result = sourceFormats[kind].parse(Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)), { now, ...context });
  if (result.error) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result;
}

function errorOf(kind: SourceKind, content: unknown, context: FeedContext = {}): string {
  return sourceFormats[kind].parse(Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)), { now, ...context }).error?.code ?? 'no error';
}

describe.each(sourceKinds)('the format %s', (kind) => {
  const selectors = { item: 'li' };
  it.each(['', '{}', '[]', '[1,null]', 'null', '3', '"x"', '{"items":3}', '{"results":[{}]}', '{"feed":{"entry":[{}]}}', '{"NotasMatutinas":[{"titulo":3}]}', '<', '<urlset><url/></urlset>', '\u0000\u0001', 'a(['])('answers %j without throwing', (content) => {
    const result = sourceFormats[kind].parse(Buffer.from(content), { now, selectors });
    expect(result.error === undefined || result.error.message.length > 10).toBe(true);
  });

  it.each(['[', '{"a":', '<li>', '<url><loc>', '&', '<a href="x">y</a>'])('answers %j many times over without throwing', (piece) => {
    const started = process.threadCpuUsage().user;
    expect(() => sourceFormats[kind].parse(Buffer.from(piece.repeat(50_000)), { now, selectors })).not.toThrow();
    expect((process.threadCpuUsage().user - started) / 1000).toBeLessThan(3000);
  });
});

describe('the Federal Register API', () => {
  const document = {
    title: 'Certain Steel &amp; Aluminum Products From Mexico', type: 'Notice', abstract: 'Commerce finds that …', document_number: '2026-12345', html_url: 'https://www.federalregister.gov/d/2026-12345',
    publication_date: '2026-07-01', agencies: [{ name: 'International Trade Administration', id: 3 }, { raw_name: 'DEPARTMENT OF COMMERCE' }], docket_ids: ['A-201-850'], effective_on: '2026-07-02',
    comments_close_on: null, action: 'Final determination.', citation: '91 FR 1', topics: [],
  };

  it('gives numbers, agencies, dockets and dates, and the next page', () => {
    const feed = parsed('federal-register', { count: 2, total_pages: 2, next_page_url: 'https://www.federalregister.gov/api/v1/documents.json?page=2', results: [document, { title: 'broken' }] });
    expect(feed.next).toBe('https://www.federalregister.gov/api/v1/documents.json?page=2');
    expect(feed.entries).toHaveLength(1);
    expect(feed.entries[0]).toMatchObject({
      id: '2026-12345', title: 'Certain Steel & Aluminum Products From Mexico', link: 'https://www.federalregister.gov/d/2026-12345', published: '2026-07-01T04:00:00.000Z', publishedConfidence: 'stated',
      author: 'International Trade Administration, DEPARTMENT OF COMMERCE', text: 'Commerce finds that …\n\nAction: Final determination.\n\nFR Doc. 2026-12345. Docket: A-201-850',
      facts: { documentNumber: '2026-12345', type: 'Notice', citation: '91 FR 1', effectiveOn: '2026-07-02', agencies: ['International Trade Administration', 'DEPARTMENT OF COMMERCE'], dockets: ['A-201-850'] },
    });
  });

  it('names the document that a correction corrects', () => {
    const correction = { ...document, type: 'Correction', correction_of: 'https://www.federalregister.gov/api/v1/documents/2026-08001' };
    expect(parsed('federal-register', { results: [correction] }).entries[0]?.facts).toMatchObject({ type: 'Correction', correctionOf: 'https://www.federalregister.gov/api/v1/documents/2026-08001' });
  });

  it('pulls the date of a notice filed for public inspection back to now', () => {
    expect(parsed('federal-register', { results: [{ ...document, publication_date: '2026-07-22' }] }).entries[0]?.published).toBe(now.toISOString());
  });

  it('reads a real answer where one is at hand, and takes an empty one for what it is', () => {
    expect(parsed('federal-register', { count: 0, results: [] }).entries).toEqual([]);
    const real = resolve(import.meta.dirname, '../../../../../../../shared/real-feeds/federal-register-documents.json');
    const entries = existsSync(real) ? parsed('federal-register', readFileSync(real, 'utf8')).entries : [];
    expect(entries.every((entry) => /^\w{1,2}?\d*-?\d{4,}-?\d*$/.test(entry.id ?? '') && entry.title !== '' && entry.published !== null)).toBe(true);
    expect(entries.length === 0 || entries.length === 150).toBe(true);
  });

  it.each([[{ results: [{ title: 'no number' }] }, 'unexpected-shape'], [{ errors: 'x' }, 'unexpected-shape'], ['<html>', 'not-a-feed'], ['', 'empty'], ['{"results":', 'invalid-json']])('names the error of %j', (content, code) => {
    expect(errorOf('federal-register', content)).toBe(code);
  });
});

describe('GovDelivery bulletins', () => {
  const bulletins = [{ subject: 'CSMS # 69851916 - GUIDANCE: Duties on Steel', pub_date: '07/02/2026 05:26 PM EDT', href: 'https://content.govdelivery.com/bulletins/gd/USDHSCBP-429db0c?wgt_ref=USDHSCBP_WIDGET_2' }];

  it.each([['bare', JSON.stringify(bulletins)], ['wrapped in a script call', `GDWidgets[0].update(${JSON.stringify(bulletins)})`]])('are read %s, and known by their message number', (_how, content) => {
    expect(parsed('govdelivery', content).entries).toEqual([expect.objectContaining({
      id: 'CSMS 69851916', title: 'CSMS # 69851916 - GUIDANCE: Duties on Steel', link: 'https://content.govdelivery.com/bulletins/gd/USDHSCBP-429db0c',
      published: '2026-07-02T21:26:00.000Z', publishedConfidence: 'stated', facts: { csms: '69851916' },
    })]);
  });
});

describe('the Canada news API', () => {
  it('is read as JSON and as Atom', () => {
    const json = { feed: { title: 'Global Affairs', entry: [{ title: 'Countermeasures', link: 'https://www.canada.ca/1', teaser: 'Canada <b>announces</b>', publishedDate: '2026-07-01 10:00 EDT', type: 'news releases' }] } };
    expect(parsed('canada-news', json, { url: 'https://api.example/gc/news/fr/v2' })).toMatchObject({ feed: { title: 'Global Affairs', language: 'fr' }, entries: [{ id: 'https://www.canada.ca/1', text: 'Canada announces', published: '2026-07-01T14:00:00.000Z', categories: ['news releases'] }] });
    const atom = '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>Surtax</title><link href="https://www.canada.ca/2"/></entry></feed>';
    expect(parsed('canada-news', atom).entries[0]).toMatchObject({ title: 'Surtax', link: 'https://www.canada.ca/2' });
  });
});

describe('the Diario Oficial', () => {
  const note = { codNota: 5761234, titulo: 'ACUERDO por el que se modifica la Tarifa', fecha: '01-07-2026', codEdicion: 'VES', codSeccion: 'UNICA', nombreCodOrgaUno: 'PODER EJECUTIVO', codOrgaDos: 'SECRETARIA DE ECONOMIA' };

  it('gives the notes of every edition with link, day in Mexico, agency and number', () => {
    const feed = parsed('dof', { messageCode: 200, NotasMatutinas: [{ ...note, codNota: 1, codEdicion: 'MAT' }, { codNota: 2 }], NotasVespertinas: [note], NotasExtraordinarias: [] });
    expect(feed.entries.map(({ id }) => id)).toEqual(['DOF 1', 'DOF 5761234']);
    expect(feed.entries[1]).toMatchObject({
      link: 'https://www.dof.gob.mx/nota_detalle.php?codigo=5761234&fecha=01/07/2026', published: '2026-07-01T06:00:00.000Z', author: 'SECRETARIA DE ECONOMIA',
      facts: { dof: '5761234', agencies: ['SECRETARIA DE ECONOMIA'], edition: 'Vespertina' },
    });
  });

  it('calls an empty day a gap, not a success', () => {
    expect(errorOf('dof', { messageCode: 200, response: 'OK', NotasMatutinas: [], NotasVespertinas: [], NotasExtraordinarias: [] })).toBe('gap');
    expect(errorOf('dof', { messageCode: 500 })).toBe('unexpected-shape');
  });
});

describe('a page that lists articles', () => {
  const page = `<html lang="es"><head><title>Comunicados</title></head><body><nav><a href="/x">x</a></nav><ul class="news">
    <li><a href="/prensa/1?utm_source=home">Aranceles al <b>acero</b></a><span class="fecha">1 de julio de 2026</span><p class="s">Resumen <script>x</script></p></li>
    <li><a href="/prensa/2"> Cuotas </a><time datetime="2026-07-02T10:00:00-06:00">ayer</time></li><li>sin enlace</li></ul></body></html>`;
  const selectors = { item: '.news li', date: '.fecha, time', summary: '.s' };

  it('is read by its selectors', () => {
    const feed = parsed('html-list', page, { url: 'https://www.gob.example/prensa/', selectors, language: 'es' });
    expect(feed.feed).toEqual({ title: 'Comunicados', link: 'https://www.gob.example/prensa/', language: 'es', description: null });
    expect(feed.entries).toMatchObject([
      { id: 'https://gob.example/prensa/1', link: 'https://www.gob.example/prensa/1?utm_source=home', title: 'Aranceles al acero', published: '2026-07-01T00:00:00.000Z', text: 'Resumen' },
      { id: 'https://gob.example/prensa/2', title: 'Cuotas', published: '2026-07-02T16:00:00.000Z' },
    ]);
  });

  it('gives an article that it links several times once, under its headline', () => {
    const links = '<a href="/n/1"><img alt=""></a><a href="/n/1">Leer más</a><a href="/n/2">Cupos de azúcar</a><a href="/n/1?utm_source=x">Aranceles al acero</a>';
    expect(parsed('html-list', `<html><body>${links}</body></html>`, { url: 'https://www.gob.example/', selectors: { item: 'a[href*="/n/"]' } }).entries.map(({ title }) => title)).toEqual(['Aranceles al acero', 'Cupos de azúcar']);
  });

  it('says so where nothing matches, the selector is broken or there is none', () => {
    expect(errorOf('html-list', page, { selectors: { item: '.gone' } })).toBe('unexpected-shape');
    expect(errorOf('html-list', page, { selectors: { item: ':::' } })).toBe('unexpected-shape');
    expect(errorOf('html-list', page)).toBe('unexpected-shape');
  });
});

describe('a sitemap', () => {
  it('gives the pages of a news sitemap', () => {
    const xml = `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://paper.example/a/steel-duties</loc><lastmod>2026-07-02</lastmod>
      <n:news><n:publication><n:name>Paper</n:name><n:language>en</n:language></n:publication><n:publication_date>2026-07-01T10:00:00Z</n:publication_date><n:title>Steel &amp; duties</n:title><n:keywords>steel, duty</n:keywords></n:news></url>
      <url><loc>https://paper.example/b/auto-rules_of-origin.html</loc></url></urlset>`;
    expect(parsed('sitemap', xml).entries).toMatchObject([
      { id: 'https://paper.example/a/steel-duties', title: 'Steel & duties', published: '2026-07-01T10:00:00.000Z', publishedConfidence: 'stated', updated: '2026-07-02T00:00:00.000Z', author: 'Paper', categories: ['steel', 'duty'] },
      { title: 'auto rules of origin', published: null },
    ]);
  });

  it('leads from an index to its newest part', () => {
    const xml = '<sitemapindex><sitemap><loc>https://paper.example/1.xml</loc><lastmod>2026-01-01</lastmod></sitemap><sitemap><loc>https://paper.example/2.xml</loc><lastmod>2026-07-01</lastmod></sitemap></sitemapindex>';
    expect(parsed('sitemap', xml)).toMatchObject({ entries: [], next: 'https://paper.example/2.xml' });
  });
});
