// The crawl step's use cases on a real database and a real HTTP client, put together by hand: for tests of this library only.
import { Database } from '@tradewatch/database';
import type { Article } from '@tradewatch/events';
import { createHttpClient, type HttpLimits, type Resolve } from '@tradewatch/http';
import { EventLog } from '@tradewatch/messaging';
import { createTestDatabase } from '@tradewatch/testing';
import { afterAll } from 'vitest';
import { ArticleStore } from './article/article.store.ts';
import { StoreArticles } from './article/store-articles.ts';
import { systemClock, type Clock } from './clock.ts';
import { PageLoop } from './full-text/page-loop.ts';
import { PageStore } from './full-text/page.store.ts';
import { ReadPage } from './full-text/read-page.ts';
import { HostGate } from './host/host-gate.ts';
import { HostStore } from './host/host.store.ts';
import { PollLoop } from './poll/poll-loop.ts';
import { PollSource } from './poll/poll-source.ts';
import { PollStore } from './poll/poll.store.ts';
import { SourceStore } from './source/source.store.ts';
import type { Source, SourceDefinition } from './source/source.ts';

export interface Crawl {
  readonly database: Database;
  readonly sources: SourceStore;
  readonly polls: PollStore;
  /** Not started: `runDue` polls what is due. */
  readonly loop: PollLoop;
  readonly pages: PageStore;
  /** Not started: `runDue` reads the pages that are due. */
  readonly pageLoop: PageLoop;
  /** Polls now, due or not. */
  readonly pollSource: PollSource;
  /** Adds a source with valid defaults. @returns its id. */
  addSource(fields: Partial<SourceDefinition> & { url: string }): Promise<string>;
  source(id: string): Promise<Source>;
  /** The articles of all `article-published` events of a source, in the order of the log. */
  published(sourceId: string): Promise<Article[]>;
}

export interface CrawlSettings {
  readonly clock?: Clock;
  /** Milliseconds between two requests to one host; 0, so that tests need not wait. */
  readonly hostGapMs?: number;
  readonly concurrency?: number;
  /** Replaces the system's resolver of host names. */
  readonly resolve?: Resolve;
  /** Another replica of this one: the same database. */
  readonly beside?: Crawl;
}

export async function startCrawl(limits: Partial<HttpLimits> = {}, { clock = systemClock, hostGapMs = 0, concurrency = 8, resolve, beside }: CrawlSettings = {}): Promise<Crawl> {
  const database = new Database({ url: beside?.database.url ?? (await createTestDatabase()) });
  const httpClient = createHttpClient({ allowPrivateNetworks: true, userAgent: 'tradewatch-test (+https://example.org)', limits, now: () => clock.now().getTime(), ...(resolve ? { resolve } : {}) });
  const hosts = new HostStore(database);
  const options = { httpClient, sourcesOrigin: 'test', hostGapMs, concurrency };
  const gate = new HostGate(options, hosts, clock);
  const polls = new PollStore(database, hosts);
  afterAll(async () => {
    gate.onModuleDestroy();
    await gate.settled();
    await httpClient.close();
    await database.$disconnect();
  });
  const sources = new SourceStore(database);
  const articles = new StoreArticles(new ArticleStore(), new EventLog());
  const pages = new PageStore(database);
  const pollSource = new PollSource(options, database, polls, articles, pages, gate, clock);
  let added = 0;
  return {
    database,
    sources,
    polls,
    loop: new PollLoop(options, polls, pollSource, gate, clock),
    pollSource,
    pages,
    pageLoop: new PageLoop(pages, new ReadPage(options, database, pages, new EventLog(), gate, clock), gate, clock),
    async addSource(fields) {
      added += 1;
      const definition: SourceDefinition = {
        id: `source-${added}`, name: `Source ${added}`, kind: 'rss', selectors: null, folder: null, fallbacks: [], jurisdiction: 'US', language: 'en', authority: 'press',
        intervalSeconds: 900, alertOnBackfill: false, enabled: true, fullText: 'auto', pageSelectors: null, notes: null, ...fields,
      };
      if (!(await sources.create(definition, clock.now()))) throw new Error(`there is a source ${definition.id}`);
      return definition.id;
    },
    async source(id) {
      return (await sources.find(id)) ?? Promise.reject(new Error(`no source ${id}`));
    },
    async published(sourceId) {
      const rows = await database.$queryRaw<{ article: Article }[]>`
        SELECT data->'article' AS article FROM event_log WHERE topic = 'tradewatch.article-published.v1' AND data->'article'->'source'->>'id' = ${sourceId} ORDER BY seq`;
      return rows.map(({ article }) => article);
    },
  };
}
