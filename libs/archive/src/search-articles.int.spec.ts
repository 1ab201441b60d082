// Real: PostgreSQL, Nest and Fastify (requests are injected, no socket).
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { openApiDocument } from '@tradewatch/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ArchiveArticles } from './archive-articles.ts';
import { classifiedArticle, startArchive, type ArticleOverrides } from './archive.fixture.ts';
import type { ArticlePage } from './search-articles.ts';

const archive: readonly ArticleOverrides[] = [
  { title: 'Carmakers brace for a levy on engines', text: 'Assembly lines in three countries may slow. The levy starts in spring.', sectors: ['automotive'], topics: ['tariff-measures'], authorities: ['s232'], jurisdictions: ['US', 'MX'], developments: ['tariff:announced'], source: 'harbour-gazette', publishedAt: '2026-11-01T08:00:00.000Z' },
  { title: 'Smelters welcome a pause', text: 'The duty on aluminum sheet from USMCA/T-MEC partners is off for a month. Nothing on carmakers.', sectors: ['steel-aluminum', 'automotive'], topics: ['tariff-measures', 'retaliation'], authorities: ['s232', 'ca-law'], jurisdictions: ['CA'], developments: ['tariff:paused', 'review:proposed'], source: 'smelter-news', publishedAt: '2026-11-02T08:00:00.000Z' },
  { title: 'Cañoneros: la revisión del tratado avanza', text: 'Las negociaciones —“tercera ronda”— siguen en la ciudad de Querétaro. Los aranceles siguen.', language: 'es', topics: ['joint-review'], authorities: ['usmca'], jurisdictions: ['MX'], developments: ['review:proposed'], source: 'diario-del-puerto', publishedAt: '2026-11-03T08:00:00.000Z' },
  { title: "Les producteurs d'acier réclament des mesures", text: 'Les négociations sur l’énergie reprennent à Québec. Les droits de douane augmentent.', language: 'fr', sectors: ['steel-aluminum', 'energy'], topics: ['trade-remedies'], authorities: ['adcvd'], jurisdictions: ['CA', 'CN'], developments: ['dispute:ruled'], source: 'le-quai', publishedAt: '2026-11-04T08:00:00.000Z' },
  { title: 'Film festival opens', text: 'An evening of short films about China, in the 2025-2026 season (programme F-748-749).', relevant: false, source: 'harbour-gazette', publishedAt: '2026-11-05T08:00:00.000Z' },
  { title: 'Zollstreit um Zement', text: 'Die Hütte wartet auf den Bescheid.', language: 'und', jurisdictions: ['EU'], source: 'le-quai', publishedAt: '2026-11-06T08:00:00.000Z' },
];
const [carmakers, smelters, revision, acier, film, zement] = archive.map((each) => each.title!);

describe('searching the archive', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await startArchive();
    await app.get(ArchiveArticles).archive(archive.map((each) => classifiedArticle(each)));
  });
  afterAll(() => app.close());

  const search = async (query: string): Promise<ArticlePage> => {
    const response = await app.inject(`/api/articles?${query}`);
    expect([response.statusCode, response.body.slice(0, 300)]).toEqual([200, expect.any(String)]);
    return response.json();
  };
  const titles = async (query: string): Promise<string[]> => (await search(query)).items.map((item) => item.title);

  it('shows everything, newest first, when nothing is asked', async () => {
    const page = await search('');
    expect(page.items.map((item) => item.title)).toEqual([zement, film, acier, revision, smelters, carmakers]);
    expect(page).toMatchObject({ total: 6, facetsOf: 6, nextCursor: null });
    expect(page.items.at(-1)).toEqual({
      id: expect.any(String), storyId: expect.any(String), revision: 1, title: carmakers, url: 'https://gazette.example/mills',
      source: { id: 'harbour-gazette', name: 'The harbour-gazette', authority: 'press' }, language: 'en', publishedAt: '2026-11-01T08:00:00.000Z',
      publishedConfidence: 'stated', firstSeenAt: '2026-11-02T12:00:01.000Z', relevant: true, sectors: ['automotive'], topics: ['tariff-measures'],
      authorities: ['s232'], jurisdictions: ['US', 'MX'], developments: [{ kind: 'tariff', stage: 'announced' }],
      excerpt: 'Assembly lines in three countries may slow. The levy starts in spring.',
    });
  });

  it.each([
    ['sector=energy', [acier]],
    ['sector=energy&sector=automotive', [acier, smelters, carmakers]],
    ['topic=retaliation', [smelters]],
    ['topic=retaliation&topic=joint-review', [revision, smelters]],
    ['authority=s232', [smelters, carmakers]],
    ['authority=usmca&authority=adcvd', [acier, revision]],
    ['jurisdiction=EU', [zement]],
    ['jurisdiction=MX&jurisdiction=CN', [acier, revision, carmakers]],
    ['development=review', [revision, smelters]],
    ['development=tariff&development=dispute', [acier, smelters, carmakers]],
    ['stage=proposed', [revision, smelters]],
    ['stage=ruled&stage=announced', [acier, carmakers]],
    ['development=tariff&stage=proposed', []],
    ['development=tariff&stage=paused', [smelters]],
    ['source=le-quai', [zement, acier]],
    ['source=le-quai&source=smelter-news', [zement, acier, smelters]],
    ['source=nobody', []],
    ['language=es', [revision]],
    ['language=und&language=fr', [zement, acier]],
    ['relevant=false', [film]],
    ['relevant=true&language=en', [smelters, carmakers]],
    ['from=2026-11-05', [zement, film]],
    ['to=2026-11-02', [smelters, carmakers]],
    ['to=2026-11-02T08:00:00Z', [smelters, carmakers]],
    ['to=2026-11-02T07:59:59.999Z', [carmakers]],
    ['from=2026-11-02&to=2026-11-02', [smelters]],
    ['from=2026-11-02T09:00:00%2B01:00&to=2026-11-02T08:00', [smelters]],
    ['sector=automotive&authority=ca-law', [smelters]],
    ['sector=automotive&jurisdiction=CN', []],
    ['q=duty&sector=automotive&from=2026-11-02', [smelters]],
  ])('finds by %s', async (query, expected) => {
    expect(await titles(query)).toEqual(expected);
  });

  it.each([
    ['carmaker', [smelters, carmakers]],
    ['CARMAKERS engine', [carmakers]],
    ['"levy on engines"', [carmakers]],
    ['"engines on levy"', []],
    ['carmakers -pause', [carmakers]],
    ['films -china', []],
    ['films -cement', [film]],
    ['smelters or engines', [smelters, carmakers]],
    ['revision', [revision]],
    ['revisión', [revision]],
    ['canoneros', [revision]],
    ['cañonero', [revision]],
    ['arancel', [revision]],
    ['queretaro', [revision]],
    ['negociacion', [revision]],
    ['energie', [acier]],
    ['énergies', [acier]],
    ['quebec', [acier]],
    ['mesure acier', [acier]],
    ['negociaciones', [revision]],
    ['tercera ronda', [revision]],
    ['ÉNERGIE', [acier]],
    ['l’énergie', [acier]],
    ['hutte', [zement]],
    ['Hütte', [zement]],
    ['T-MEC', [smelters]],
    ['2025 2026', [film]],
    ['2025-2026', [film]],
    ['749', [film]],
    ['season -2026', []],
    ['season -2027', [film]],
    ['USMCA', [smelters]],
    ['usmca/t-mec', [smelters]],
    ['the', []],
    ['"', [zement, film, acier, revision, smelters, carmakers].slice(0, 0)],
    ["'; DROP TABLE archived_articles; --", []],
    ["engines' & !( | levy:*", [carmakers]],
    ['%5C%27%25_%00', []],
  ])('finds by the words %s', async (words, expected) => {
    expect(await titles(`q=${words.startsWith('%') ? words : encodeURIComponent(words)}`)).toEqual(expected);
  });

  it('takes blank words for none', async () => {
    expect(await titles('q=%20')).toHaveLength(6);
  });

  it('counts each facet with the other filters applied and its own left out', async () => {
    const { facets, total } = await search('sector=automotive&development=tariff');
    expect(total).toBe(2);
    expect(facets.sector).toEqual([{ value: 'automotive', count: 2 }, { value: 'steel-aluminum', count: 1 }]);
    expect(facets.development).toEqual([{ value: 'tariff', count: 2 }, { value: 'review', count: 1 }]);
    expect(facets.stage).toEqual([{ value: 'announced', count: 1 }, { value: 'paused', count: 1 }]);
    expect(facets.topic).toEqual([{ value: 'tariff-measures', count: 2 }, { value: 'retaliation', count: 1 }]);
    expect(facets.authority).toEqual([{ value: 's232', count: 2 }, { value: 'ca-law', count: 1 }]);
    expect(facets.jurisdiction).toEqual([{ value: 'CA', count: 1 }, { value: 'MX', count: 1 }, { value: 'US', count: 1 }]);
    expect(facets.source).toEqual([{ value: 'harbour-gazette', name: 'The harbour-gazette', count: 1 }, { value: 'smelter-news', name: 'The smelter-news', count: 1 }]);
    expect(facets.language).toEqual([{ value: 'en', count: 2 }]);
    expect(facets.relevant).toEqual([{ value: 'true', count: 2 }]);
  });

  it('counts every facet also when every field is restricted', async () => {
    const { facets, total } = await search('sector=automotive&topic=retaliation&authority=s232&jurisdiction=CA&development=tariff&stage=paused&source=smelter-news&language=en&relevant=true');
    expect(total).toBe(1);
    for (const values of Object.values(facets)) expect(values[0]?.count).toBe(1);
    expect(facets.topic.map(({ value }) => value)).toEqual(['retaliation', 'tariff-measures']);
  });

  it('says where the words stand in title and excerpt', async () => {
    const { items: [item] } = await search('q=aluminum%20smelter');
    const cut = (text: string, spans: readonly { start: number; end: number }[] = []): string[] => spans.map(({ start, end }) => text.slice(start, end));
    expect(cut(item!.title, item!.highlights?.title)).toEqual(['Smelters']);
    expect(cut(item!.excerpt, item!.highlights?.excerpt)).toEqual(['aluminum']);
    const { items: [accented] } = await search('q=negociacion');
    expect(cut(accented!.excerpt, accented!.highlights?.excerpt)).toEqual(['negociaciones']);
  });

  it('puts what fits the words best first when sorted by relevance: the title counts more', async () => {
    expect(await titles('q=carmakers&sort=relevance')).toEqual([carmakers, smelters]);
    expect(await titles('sort=relevance')).toHaveLength(6);
  });

  it.each([
    ['sector=cars', 'sector'], ['topic=x&topic=joint-review', 'topic'], ['authority=S232', 'authority'], ['jurisdiction=mexico', 'jurisdiction'],
    ['development=war', 'development'], ['stage=done', 'stage'], ['language=english', 'language'], ['relevant=yes', 'relevant'], ['from=yesterday', 'from'],
    ['from=2026-02-30', 'from'], ['to=2026-13-01', 'to'], ['from=2026-11-03&to=2026-11-02', 'from'], ['limit=0', 'limit'], ['limit=101', 'limit'], ['limit=ten', 'limit'],
    ['sort=oldest', 'sort'], ['cursor=nonsense', 'cursor'], [`cursor=${Buffer.from('{"at":"x"}').toString('base64url')}`, 'cursor'], ['sectors=energy', 'sectors'], [`q=${'x'.repeat(501)}`, 'q'],
  ])('refuses %s and names the field', async (query, field) => {
    const response = await app.inject(`/api/articles?${query}`);
    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.json().errors.map((error: { field: string }) => error.field)).toContain(field);
  });

  it('is described in OpenAPI with every parameter', () => {
    const parameters = openApiDocument(app).paths['/api/articles']?.get?.parameters ?? [];
    const names = parameters.map((parameter) => ('name' in parameter ? parameter.name : ''));
    expect(names).toEqual([
      'q', 'sector', 'topic', 'authority', 'jurisdiction', 'development', 'stage', 'source', 'language', 'relevant', 'from', 'to', 'sort', 'limit', 'cursor',
    ]);
  });
});
