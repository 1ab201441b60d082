import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { parseSourceCatalog, SourceCatalogError } from './source-catalog.ts';

const entry = (changes: Record<string, unknown> = {}) => {
  const fields = { id: 'ustr', name: 'USTR', kind: 'rss', url: 'https://ustr.gov/rss.xml', jurisdiction: 'US', language: 'en', authority: 'official', interval: '15m', ...changes };
  return `- ${JSON.stringify(Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)))}\n`;
};

describe('the source catalog', () => {
  it('is read with its defaults', () => {
    const [source] = parseSourceCatalog(entry({ jurisdiction: 'mx', language: 'ES', interval: '2h' }), 'sources.yaml');
    expect(source).toMatchObject({ id: 'ustr', jurisdiction: 'MX', language: 'es', intervalSeconds: 7200, fallbacks: [], alertOnBackfill: false, enabled: true, notes: null });
  });

  it('has room for what a kind needs: selectors of a page, the day in the address of a gazette', () => {
    const [list] = parseSourceCatalog(entry({ kind: 'html-list', selectors: { item: ' li.news ', date: 'time' }, folder: 'MX / Official/' }), 'x');
    expect(list).toMatchObject({ kind: 'html-list', selectors: { item: 'li.news', date: 'time' }, folder: 'MX/Official' });
    const [gazette] = parseSourceCatalog(entry({ kind: 'dof', url: 'https://gazette.example/notas/{DD-MM-YYYY}' }), 'x');
    expect(gazette).toMatchObject({ url: 'https://gazette.example/notas/{DD-MM-YYYY}', selectors: null, folder: null });
  });

  it.each(['', '# nothing yet\n', '[]'])('may be empty (%j)', (yaml) => {
    expect(parseSourceCatalog(yaml, 'sources.yaml')).toEqual([]);
  });

  it('gives an entry another hash when anything about it changes, and only then', () => {
    const hash = (changes?: Record<string, unknown>) => parseSourceCatalog(entry(changes), 'x')[0]!.hash;
    expect(hash({ alertOnBackfill: false })).toBe(hash());
    const selectors = (date: string) => hash({ kind: 'html-list', selectors: { item: 'li', date } });
    expect(new Set([selectors('time'), selectors('.date'), hash({ folder: 'a' }), hash({ folder: 'b' }), hash()]).size).toBe(5);
    expect(hash({ folder: ' / ' })).toBe(hash());
    expect(new Set([hash(), hash({ name: 'Other' }), hash({ interval: '1h' }), hash({ fallbacks: ['https://ustr.gov/other'] }), hash({ alertOnBackfill: true })]).size).toBe(5);
  });

  it.each([
    ['- id: [', 'sources.yaml: is not valid YAML: '],
    ['sources: []', 'sources.yaml: must be a list of sources'],
    ['- just text', 'sources.yaml: entry 1: must be a source with id, name'],
    [entry({ id: undefined }), 'sources.yaml: entry 1: id: is missing'],
    [entry({ id: 'Has Spaces' }), 'sources.yaml: source "Has Spaces" (entry 1): id: must be 1 to 64 lower-case'],
    [entry() + entry(), 'sources.yaml: source "ustr" (entry 2): id: is used by an entry before it'],
    [entry({ name: '' }), 'sources.yaml: source "ustr" (entry 1): name: must not be empty'],
    [entry({ url: undefined }), 'sources.yaml: source "ustr" (entry 1): url: is missing'],
    [entry({ url: 'ftp://ustr.gov' }), 'sources.yaml: source "ustr" (entry 1): url: must be a web address'],
    [entry({ url: 'https://a:b@ustr.gov/' }), 'sources.yaml: source "ustr" (entry 1): url: must be a web address'],
    [entry({ fallbacks: ['https://ustr.gov/', 'nowhere'] }), 'sources.yaml: source "ustr" (entry 1): fallbacks.1: must be a web address'],
    [entry({ kind: 'telepathy' }), 'sources.yaml: source "ustr" (entry 1): kind: must be one of rss, atom'],
    [entry({ jurisdiction: 'USA' }), 'sources.yaml: source "ustr" (entry 1): jurisdiction: must be an ISO 3166-1'],
    [entry({ jurisdiction: 'QQ' }), 'sources.yaml: source "ustr" (entry 1): jurisdiction: must be an ISO 3166-1'],
    [entry({ language: 'english' }), 'sources.yaml: source "ustr" (entry 1): language: must be an ISO 639-1'],
    [entry({ authority: 'rumour' }), 'sources.yaml: source "ustr" (entry 1): authority: must be one of official, press'],
    [entry({ interval: '5m' }), 'sources.yaml: source "ustr" (entry 1): interval: must be 15m or longer'],
    [entry({ interval: 'often' }), 'sources.yaml: source "ustr" (entry 1): interval: must be a text like 15m'],
    [entry({ interval: 15 }), 'sources.yaml: source "ustr" (entry 1): interval: must be a text like 15m'],
    [entry({ alertOnBackfill: 'yes' }), 'sources.yaml: source "ustr" (entry 1): alertOnBackfill: must be true or false'],
    [entry({ intervall: '15m' }), 'sources.yaml: source "ustr" (entry 1): intervall: is not a field of a source'],
    [entry({ kind: 'html-list' }), 'sources.yaml: source "ustr" (entry 1): selectors: are needed: {item: …}'],
    [entry({ kind: 'html-list', selectors: 'li' }), 'sources.yaml: source "ustr" (entry 1): selectors: must be {item, link?,'],
    [entry({ kind: 'html-list', selectors: { item: ' ' } }), 'sources.yaml: source "ustr" (entry 1): selectors.item: must not be empty'],
    [entry({ kind: 'html-list', selectors: { item: 'li', date: ':::' } }), 'sources.yaml: source "ustr" (entry 1): selectors.date: must be a CSS selector'],
    [entry({ kind: 'html-list', selectors: { item: 'li', body: 'p' } }), 'sources.yaml: source "ustr" (entry 1): selectors: has a field that is none of item'],
    [entry({ selectors: { item: 'li' } }), 'sources.yaml: source "ustr" (entry 1): selectors: are for sources of the kind html-list'],
    [entry({ url: 'https://ustr.gov/{DD-MM-YYYY}' }), 'sources.yaml: source "ustr" (entry 1): url: may have {DD-MM-YYYY} in it where the kind is dof'],
    [entry({ folder: 3 }), 'sources.yaml: source "ustr" (entry 1): folder: must be a text'],
  ])('refuses %j in one line that names entry and field', (yaml, message) => {
    const refusal = (() => {
      try {
        return parseSourceCatalog(yaml, 'sources.yaml');
      } catch (error) {
        return error;
      }
    })();
    expect(refusal).toBeInstanceOf(SourceCatalogError);
    expect((refusal as Error).message.startsWith(message), (refusal as Error).message).toBe(true);
    expect((refusal as Error).message).not.toContain('\n');
  });

  it('that ships has official and press sources of all three countries and languages, each with notes on its terms', async () => {
    const sources = parseSourceCatalog(await readFile(new URL('../../catalog.yaml', import.meta.url), 'utf8'), 'catalog.yaml');
    expect(sources.length).toBeGreaterThanOrEqual(70);
    for (const jurisdiction of ['US', 'MX', 'CA']) {
      for (const authority of ['official', 'press']) {
        expect(sources.filter((source) => source.jurisdiction === jurisdiction && source.authority === authority).length, `${jurisdiction} ${authority}`).toBeGreaterThanOrEqual(5);
      }
    }
    expect(new Set(sources.map(({ language }) => language))).toEqual(new Set(['en', 'es', 'fr']));
    expect(new Set(sources.map(({ authority }) => authority))).toEqual(new Set(['official', 'press', 'law-firm', 'think-tank']));
    expect(new Set(sources.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(7);
    expect(sources.filter(({ notes, folder }) => notes === null || folder === null)).toEqual([]);
    expect(new Set(sources.map(({ url }) => url)).size).toBe(sources.length);
    expect(sources.every(({ url, fallbacks }) => [url, ...fallbacks].every((address) => address.startsWith('https://')))).toBe(true);
    // Its robots.txt refuses programs: a source there would never be read.
    expect(sources.filter(({ url, fallbacks }) => [url, ...fallbacks].some((address) => address.includes('news.google.com')))).toEqual([]);
  });
});
