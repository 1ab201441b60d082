// The crawl step's filing of entries on real PostgreSQL, without the polling: sources and the entries of their feeds are given by the test.
import { randomUUID } from 'node:crypto';
import { Database } from '@tradewatch/database';
import type { Article, SourceAuthority } from '@tradewatch/events';
import { EventLog } from '@tradewatch/messaging';
import { createTestDatabase } from '@tradewatch/testing';
import { afterAll } from 'vitest';
import type { FeedEntry } from '../feed/feed-result.ts';
import type { Source } from '../source/source.ts';
import { draftArticle } from './article-draft.ts';
import { ArticleStore } from './article.store.ts';
import { StoreArticles, type StoredArticles } from './store-articles.ts';

/** An entry as a test writes it; what is left out is as in any feed. */
export interface Entry extends Partial<FeedEntry> {
  readonly title: string;
}

export interface Filing {
  readonly database: Database;
  /** A press source whose backfill is over, unless told otherwise. */
  source(fields?: { readonly authority?: SourceAuthority; readonly language?: string; readonly backfilled?: boolean }): Promise<Source>;
  /** Files the entries of one poll of a source, as a poll does. */
  file(source: Source, entries: readonly Entry[], at?: Date): Promise<StoredArticles>;
  /** Files one entry. @returns its article as published. */
  report(source: Source, entry: Entry, at?: Date): Promise<Article>;
  /** All published revisions of a source, in order. */
  published(source: Source): Promise<Article[]>;
}

export async function startFiling(): Promise<Filing> {
  const database = new Database({ url: await createTestDatabase() });
  afterAll(() => database.$disconnect());
  const store = new StoreArticles(new ArticleStore(), new EventLog());
  let count = 0;

  async function source({ authority = 'press', language = 'en', backfilled = true }: Parameters<Filing['source']>[0] = {}): Promise<Source> {
    count += 1;
    const fields = { id: `source-${count}`, name: `Source ${count}`, kind: 'rss', url: `https://source-${count}.example/feed`, jurisdiction: 'US', language, authority };
    const created = await database.source.create({ data: { ...fields, fallbacks: [], intervalSeconds: 900, backfilledAt: backfilled ? new Date(0) : null } });
    return { ...created, authority } as unknown as Source;
  }

  async function file(from: Source, entries: readonly Entry[], at = new Date()): Promise<StoredArticles> {
    const drafts = entries.flatMap((entry) => draftArticle(entryOf(entry, at), from, at) ?? []);
    return database.$transaction(async (tx) => {
      await tx.$executeRaw`SELECT 1 FROM sources WHERE id = ${from.id} FOR UPDATE`;
      const stored = await store.store(tx, from, drafts, at, 48);
      await store.publish(tx, stored);
      return stored;
    }, { timeout: 60_000, maxWait: 60_000 });
  }

  async function published(from: Source): Promise<Article[]> {
    const rows = await database.$queryRaw<{ article: Article }[]>`
      SELECT data->'article' AS article FROM event_log WHERE topic = 'tradewatch.article-published.v1' AND data->'article'->'source'->>'id' = ${from.id} ORDER BY seq`;
    return rows.map(({ article }) => article);
  }

  return {
    database, source, file, published,
    async report(from, entry, at) {
      const { events } = await file(from, [entry], at);
      return events[0]?.data.article ?? Promise.reject(new Error(`"${entry.title}" was no news`));
    },
  };
}

function entryOf({ text = '', ...entry }: Entry, at: Date): FeedEntry {
  const id = entry.id === undefined ? randomUUID() : entry.id;
  return {
    link: `https://paper.example/${randomUUID()}`, published: at.toISOString(), publishedRaw: at.toUTCString(), publishedConfidence: 'stated', updated: null, author: null,
    summary: null, content: null, categories: [], ...entry, id, text,
  };
}
