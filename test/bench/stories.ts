// How fast the story of an article is found among a million fingerprinted articles, and how many articles a second are filed there. The peer of the
// lookup is a linear scan of the same table in the same run, without parallel workers. The million has the keys of a real article each (11, spread
// like hashes), all within the story window, and three stock phrases of 50,000 articles each; 2,000 articles are real and have copies.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database, EmbeddedPostgres, migrate } from '@tradewatch/database';
import { ArticleStore, draftArticle, StoreArticles, type ArticleDraft, type FeedEntry } from '@tradewatch/crawl';
import { EventLog } from '@tradewatch/messaging';
import { quantile, report } from './measure.ts';
import { wordOfRank } from './search-corpus.ts';

const keysOfArticle = 11;
const stockPhrases = [1, 2, 3];
const stored = 2_000;
const batch = 50;
const now = new Date('2026-07-03T12:00:00Z');

export async function run(articles = 1_000_000): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tradewatch-bench-stories-'));
  const server = await EmbeddedPostgres.start({ folder });
  try {
    await migrate(server.url);
    const database = new Database({ url: server.url });
    try {
      await fillWith(database, articles);
      await measure(database, articles);
    } finally {
      await database.$disconnect();
    }
  } finally {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function fillWith(database: Database, articles: number): Promise<void> {
  await database.$executeRaw`ALTER TABLE article_fingerprints DROP CONSTRAINT article_fingerprints_pkey`;
  await database.$executeRaw`
    INSERT INTO article_fingerprints (key, published_at, article_id)
    SELECT (random() * 9007199254740991)::bigint, ${now}::timestamptz - (n % 600000) * interval '1 second', ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid
    FROM generate_series(1, ${articles}::int) AS n, generate_series(1, ${keysOfArticle}::int)`;
  await database.$executeRaw`
    INSERT INTO article_fingerprints (key, published_at, article_id)
    SELECT phrase, ${now}::timestamptz - n * interval '1 second', ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid
    FROM generate_series(1, least(50000, ${articles}::int)) AS n, unnest(${stockPhrases}::bigint[]) AS phrase`;
  await database.$executeRaw`ALTER TABLE article_fingerprints ADD PRIMARY KEY (key, published_at, article_id)`;
  await database.$executeRaw`VACUUM ANALYZE article_fingerprints`;
}

async function measure(database: Database, articles: number): Promise<void> {
  const store = new ArticleStore();
  const file = new StoreArticles(store, new EventLog());
  const [paper, mirror] = [await source(database, 'paper'), await source(database, 'mirror')];
  const reports = Array.from({ length: stored }, (_, n) => entry(n));
  const filed = (from: Awaited<ReturnType<typeof source>>, entries: readonly FeedEntry[]): Promise<number> => database.$transaction(async (tx) => {
    const result = await file.store(tx, from, drafts(from, entries), now, 48);
    await file.publish(tx, result);
    return result.newArticles;
  });

  const began = performance.now();
  for (let at = 0; at < stored; at += batch) await filed(paper, reports.slice(at, at + batch));
  report('stories', `articles filed at ${millions(articles)} M fingerprints, ${batch} a poll`, stored / seconds(began), 'articles/s', 'needed', 500);

  const copies = drafts(mirror, reports.map(({ title, text }, n) => entryOf(`copy-${n}`, title, `OTTAWA (Reuters) - ${text.slice(0, 300)}`)));
  const lookups = await timed(copies.slice(0, 1_000), (copy) => store.storyMembers(database, [{ ...copy, fingerprint: [...copy.fingerprint, ...stockPhrases] }]));
  const found = (await store.storyMembers(database, copies.slice(0, 500))).length;
  if (found < 450) throw new Error(`only ${found} of 500 copies were found`);
  const scans = await timed(copies.slice(0, 8), (copy) => linearScan(database, copy));
  report('stories', `lookups at ${millions(articles)} M fingerprints (median)`, 1000 / quantile(lookups, 0.5), 'lookups/s', 'linear scan', 1000 / quantile(scans, 0.5));
  report('stories', `lookups at ${millions(articles)} M fingerprints (p95)`, 1000 / quantile(lookups, 0.95), 'lookups/s', 'linear scan', 1000 / quantile(scans, 0.5));
  const inBatches = await timed(Array.from({ length: 20 }, (_, n) => copies.slice(n * batch, (n + 1) * batch)), (each) => store.storyMembers(database, each));
  report('stories', `lookups at ${millions(articles)} M fingerprints, ${batch} in one round`, (1000 * batch) / quantile(inBatches, 0.5), 'lookups/s', 'linear scan', 1000 / quantile(scans, 0.5));
}

/** What finding copies would be without an index: every key of every article compared. */
async function linearScan(database: Database, { fingerprint }: ArticleDraft): Promise<unknown> {
  return database.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT set_config('enable_indexscan', 'off', true), set_config('enable_indexonlyscan', 'off', true), set_config('enable_bitmapscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true)`;
    return tx.$queryRaw`SELECT article_id, count(*)::int AS keys FROM article_fingerprints WHERE key = ANY(${fingerprint}::bigint[]) GROUP BY article_id ORDER BY keys DESC LIMIT 16`;
  }, { timeout: 120_000 });
}

async function timed<T>(items: readonly T[], act: (item: T) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (const item of items) {
    const began = performance.now();
    await act(item);
    times.push(performance.now() - began);
  }
  return times;
}

function drafts(from: Awaited<ReturnType<typeof source>>, entries: readonly FeedEntry[]): ArticleDraft[] {
  return entries.flatMap((each) => draftArticle(each, from, now) ?? []);
}

async function source(database: Database, id: string): Promise<Parameters<StoreArticles['store']>[1]> {
  const created = await database.source.create({ data: { id, name: id, kind: 'rss', url: `https://${id}.example/feed`, fallbacks: [], jurisdiction: 'US', language: 'en', authority: 'press', intervalSeconds: 900 } });
  return created as unknown as Parameters<StoreArticles['store']>[1];
}

/** A report of 120 words that no other is like; its words are as unevenly common as those of real text. */
function entry(n: number): FeedEntry {
  let seed = n + 1;
  const word = (): string => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return wordOfRank(Math.floor(20_000 * (seed / 2 ** 32) ** 3));
  };
  const words = (count: number): string => Array.from({ length: count }, word).join(' ');
  return entryOf(`report-${n}`, words(9), words(120));
}

function entryOf(id: string, title: string, text: string): FeedEntry {
  return {
    id, title, text, link: `https://paper.example/${id}`, published: now.toISOString(), publishedRaw: null, publishedConfidence: 'stated', updated: null, author: null,
    summary: null, content: null, categories: [],
  };
}

const seconds = (since: number): number => (performance.now() - since) / 1000;
const millions = (count: number): string => (count / 1e6).toString();
