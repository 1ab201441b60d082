// The crawl step's use cases on a real database and a real HTTP client, put together by hand: for tests of this library only.
import { Database } from '@tradewatch/database';
import type { Article } from '@tradewatch/events';
import { createHttpClient, type HttpLimits } from '@tradewatch/http';
import { EventLog } from '@tradewatch/messaging';
import { createTestDatabase } from '@tradewatch/testing';
import { afterAll } from 'vitest';
import { ArticleStore } from './article/article.store.ts';
import { StoreArticles } from './article/store-articles.ts';
import { PollSource } from './poll/poll-source.ts';
import { SourceStore } from './source/source.store.ts';
import type { Source, SourceDefinition } from './source/source.ts';

export interface Crawl {
  readonly database: Database;
  readonly sources: SourceStore;
  /** Polls now, due or not. */
  readonly pollSource: PollSource;
  /** Adds a source with valid defaults. @returns its id. */
  addSource(fields: Partial<SourceDefinition> & { url: string }): Promise<string>;
  source(id: string): Promise<Source>;
  /** The articles of all `article-published` events of a source, in the order of the log. */
  published(sourceId: string): Promise<Article[]>;
}

export async function startCrawl(limits: Partial<HttpLimits> = {}): Promise<Crawl> {
  const database = new Database({ url: await createTestDatabase() });
  const httpClient = createHttpClient({ allowPrivateNetworks: true, userAgent: 'tradewatch-test (+https://example.org)', limits });
  afterAll(async () => {
    await httpClient.close();
    await database.$disconnect();
  });
  const sources = new SourceStore(database);
  const articles = new StoreArticles(new ArticleStore(), new EventLog());
  let added = 0;
  return {
    database,
    sources,
    pollSource: new PollSource({ httpClient, sourcesOrigin: 'test' }, database, sources, articles),
    async addSource(fields) {
      added += 1;
      const definition: SourceDefinition = {
        id: `source-${added}`, name: `Source ${added}`, kind: 'rss', selectors: null, folder: null, fallbacks: [], jurisdiction: 'US', language: 'en', authority: 'press',
        intervalSeconds: 900, alertOnBackfill: false, enabled: true, notes: null, ...fields,
      };
      if (!(await sources.create(definition, new Date()))) throw new Error(`there is a source ${definition.id}`);
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
