import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseSourceCatalog } from './source-catalog.ts';
import { importDefaultsSchema, sourcesFromOpml, sourcesToOpml } from './source-opml.ts';

const defaults = importDefaultsSchema.parse({});
const from = (body: string, given = defaults) => sourcesFromOpml(Buffer.from(`<opml version="2.0"><body>\n${body}\n</body></opml>`), given);

describe('sources as OPML', () => {
  it('come back the same, the whole catalog of them: names, kinds, folders, selectors, fallbacks, notes', async () => {
    const catalog = parseSourceCatalog(await readFile(new URL('../../catalog.yaml', import.meta.url), 'utf8'), 'catalog.yaml').map(({ hash: _hash, ...definition }) => definition);
    const { sources, refused } = sourcesFromOpml(Buffer.from(sourcesToOpml(catalog)), defaults);
    expect(refused).toEqual([]);
    const byId = new Map(sources.map(({ definition }) => [definition.id, definition]));
    expect(catalog.map(({ id }) => byId.get(id))).toEqual(catalog);
  });

  it('of other origin take what they do not say from the defaults, and an id from their name', () => {
    const { sources } = from('<outline text="MX"><outline text="Aduanas: México" xmlUrl="https://mx.example/rss" language="es-MX"/></outline>', importDefaultsSchema.parse({ jurisdiction: 'mx', authority: 'official', interval: '2h' }));
    expect(sources).toEqual([{ line: 2, definition: {
      id: 'aduanas-mexico', name: 'Aduanas: México', kind: 'rss', url: 'https://mx.example/rss', selectors: null, fallbacks: [], folder: 'MX', jurisdiction: 'MX', language: 'es', authority: 'official',
      intervalSeconds: 7200, alertOnBackfill: false, enabled: true, fullText: 'auto', pageSelectors: null, notes: null,
    } }]);
  });

  it.each([
    ['<outline text="x" xmlUrl="feed:x"/>', 'url: must be a web address that starts with http:// or https:// and carries no password'],
    ['<outline text="x" xmlUrl=""/>', 'url: must be a web address that starts with http:// or https:// and carries no password'],
    ['<outline text="x" xmlUrl="https://a.example/" xmlns:tradewatch="t" tradewatch:kind="html-list"/>', 'selectors: are needed: {item: …} says where the articles of an html-list stand on the page'],
    ['<outline text="x" xmlUrl="https://a.example/" tradewatch:kind="telepathy"/>', 'kind: must be one of rss, atom, json-feed, federal-register, govdelivery, canada-news, dof, html-list, sitemap'],
    ['<outline text="x" xmlUrl="https://a.example/" tradewatch:interval="1s"/>', 'interval: must be a text like 15m, 1h or 1d'],
  ])('at fault (%s) are refused with line and reason, and cost the others nothing', (outline, message) => {
    const { sources, refused } = from(`<outline text="good" xmlUrl="https://good.example/rss"/>\n${outline}`);
    expect(sources.map(({ definition }) => definition.id)).toEqual(['good']);
    expect(refused).toEqual([{ line: 3, name: 'x', url: expect.any(String) as unknown, message }]);
  });

  it('without a usable name are named by their host', () => {
    expect(from('<outline xmlUrl="https://外.example/rss" text="外"/>').sources[0]?.definition).toMatchObject({ name: '外', id: expect.stringContaining('xn-') as unknown });
  });
});
