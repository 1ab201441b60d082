// How long a search takes in an archive of 200,000 articles: page, total and facets together, as GET /api/articles answers.
// The peer is the obvious implementation in the same run: one query for the page and one for total and facets, planner unaided.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ArchiveArticles, ArchiveModule, articleQuerySchema, SearchArticles } from '@tradewatch/archive';
import { Database, DatabaseModule, EmbeddedPostgres, migrate } from '@tradewatch/database';
import { SearchCorpus, wordOfRank } from './search-corpus.ts';

@Module({})
class BenchModule {}

/** Prints one JSON line a measure: { bench, measure, value, unit, peer, peerValue, ratio }. */
export async function run(articles = 200_000): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tradewatch-bench-search-'));
  const server = await EmbeddedPostgres.start({ folder });
  try {
    await migrate(server.url);
    const app = await NestFactory.createApplicationContext({ module: BenchModule, imports: [DatabaseModule.forRoot({ url: server.url }), ArchiveModule] }, { logger: false });
    try {
      await measure(app.get(ArchiveArticles), app.get(SearchArticles), app.get(Database), articles);
    } finally {
      await app.close();
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(archive: ArchiveArticles, search: SearchArticles, database: Database, articles: number): Promise<void> {
  const corpus = new SearchCorpus();
  const began = performance.now();
  const samples: string[] = [];
  for (let stored = 0; stored < articles; stored += 200) {
    const batch = corpus.next(200);
    if (stored >= (samples.length * articles) / 20) samples.push(batch[0]!.article.title);
    await archive.archive(batch);
  }
  report('archived', articles / ((performance.now() - began) / 1000), 'articles/s');
  await database.$executeRaw`VACUUM ANALYZE archived_articles`;

  const sets: readonly (readonly [string, readonly Record<string, string | string[]>[]])[] = [
    ['five words of a title', samples.map((title) => ({ q: title.split(' ').slice(0, 5).join(' ') }))],
    ['a rare word', ranks(20_000, 20, 37).map((q) => ({ q }))],
    ['a word in some articles', ranks(300, 20, 17).map((q) => ({ q }))],
    ['a common word', ranks(3, 20, 3).map((q) => ({ q }))],
    ['a common word by relevance', ranks(4, 20, 3).map((q) => ({ q, sort: 'relevance' }))],
    ['a common word and filters', ranks(5, 20, 3).map((q) => ({ q, sector: ['automotive', 'energy'], development: 'tariff' }))],
    ['filters alone', ranks(0, 20, 1).map((_, index) => ({ source: `source-${index}`, jurisdiction: ['MX', 'CA'] }))],
    ['nothing asked but a day', ranks(0, 20, 1).map((_, index) => ({ from: `2025-03-0${(index % 9) + 1}` }))],
  ];
  for (const [name, queries] of sets) {
    const ours = await p95(queries, (query) => search.search(articleQuerySchema.parse(query)));
    const plain = await p95(queries, (query) => plainSearch(database, query));
    report(`search p95: ${name}`, ours, 'ms', plain);
  }
}

function ranks(first: number, count: number, step: number): string[] {
  return Array.from({ length: count }, (_, index) => wordOfRank(first + index * step));
}

/** The 95th percentile of the times, in ms; each query is asked once, so that nothing is remembered, after three that warm up. */
async function p95<Query>(queries: readonly Query[], ask: (query: Query) => Promise<unknown>): Promise<number> {
  const [warm, measured] = [queries.slice(0, 3), queries.slice(3)];
  for (const query of warm) await ask(query);
  const times: number[] = [];
  for (const query of measured) {
    const began = performance.now();
    await ask(query);
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1]!;
}

async function plainSearch(database: Database, query: Record<string, string | string[]>): Promise<void> {
  const values: unknown[] = [];
  const conditions = ['TRUE'];
  const where = (sql: (parameter: string) => string, value: unknown): void => void conditions.push(sql(`$${values.push(value)}`));
  if (query['q']) where((parameter) => `search @@ search_query(${parameter})`, query['q']);
  if (query['sector']) where((parameter) => `sectors && ${parameter}`, query['sector']);
  if (query['jurisdiction']) where((parameter) => `jurisdictions && ${parameter}`, query['jurisdiction']);
  if (query['development']) where((parameter) => `EXISTS (SELECT FROM unnest(developments) d WHERE d LIKE ${parameter} || ':%')`, query['development']);
  if (query['source']) where((parameter) => `source_id = ${parameter}`, query['source']);
  if (query['from']) where((parameter) => `published_at >= ${parameter}`, query['from']);
  const order = query['sort'] === 'relevance' ? 'ts_rank(search, search_query($1)) DESC' : 'published_at DESC, article_id DESC';
  const from = `FROM archived_articles WHERE ${conditions.join(' AND ')}`;
  const facets = ['sectors', 'topics', 'authorities', 'jurisdictions', 'developments'].map((column) => `SELECT '${column}', v, count(*) FROM hits, unnest(${column}) v GROUP BY v`);
  await Promise.all([
    database.pool.query({ text: `SELECT * ${from} ORDER BY ${order} LIMIT 26`, values }),
    database.pool.query({
      text: `WITH hits AS (SELECT * ${from}) SELECT 'total', NULL, count(*) FROM hits UNION ALL ${facets.join(' UNION ALL ')}
        UNION ALL SELECT 'source', source_id, count(*) FROM hits GROUP BY 2 UNION ALL SELECT 'language', language, count(*) FROM hits GROUP BY 2`,
      values,
    }),
  ]);
}

function report(measured: string, value: number, unit: string, peerValue: number | null = null): void {
  const rounded = (number: number): number => Math.round(number * 10) / 10;
  const line = {
    bench: 'search', measure: measured, value: rounded(value), unit, peer: peerValue === null ? null : 'plain page and facet queries',
    peerValue: peerValue === null ? null : rounded(peerValue), ratio: peerValue === null ? null : rounded(peerValue / value),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
