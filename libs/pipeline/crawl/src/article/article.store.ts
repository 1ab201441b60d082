// SQL of the crawler's own record of articles. Lists go in as one JSON document each: one statement, however many rows.
import { Injectable } from '@nestjs/common';
import { Prisma, type Transaction } from '@tradewatch/database';
import type { DateConfidence } from '@tradewatch/events';
import type { ArticleDraft } from './article-draft.ts';
import { storyWindowMs, type StoryMember } from './story.ts';

/** What is remembered of an article that was found before. */
export interface KnownArticle {
  readonly id: string;
  readonly guid: string;
  readonly canonicalUrl: string;
  readonly titleKey: string;
  readonly storyId: string;
  readonly revision: number;
  readonly contentHash: string;
  readonly firstSeenAt: Date;
  readonly publishedAt: Date;
  readonly publishedConfidence: DateConfidence;
}

/** One revision to be written: a new article's first, or the next of a known one. */
export interface ArticleRevision {
  readonly id: string;
  readonly storyId: string;
  readonly revision: number;
  readonly draft: ArticleDraft;
  readonly firstSeenAt: Date;
  readonly publishedAt: Date;
  readonly publishedConfidence: DateConfidence;
}

@Injectable()
export class ArticleStore {
  /** The articles of a source that have the guid or the address of one of the drafts. */
  async known(tx: Transaction, sourceId: string, drafts: readonly ArticleDraft[]): Promise<KnownArticle[]> {
    return tx.$queryRaw<KnownArticle[]>`
      SELECT id, guid, canonical_url AS "canonicalUrl", title_key AS "titleKey", story_id AS "storyId", revision, content_hash AS "contentHash",
        first_seen_at AS "firstSeenAt", published_at AS "publishedAt", published_confidence AS "publishedConfidence"
      FROM articles WHERE source_id = ${sourceId} AND guid = ANY(${drafts.map(({ guid }) => guid)}::text[])
      UNION
      SELECT id, guid, canonical_url, title_key, story_id, revision, content_hash, first_seen_at, published_at, published_confidence
      FROM articles WHERE source_id = ${sourceId} AND canonical_url = ANY(${drafts.map(({ canonicalUrl }) => canonicalUrl)}::text[])`;
  }

  /** Notes the guids a source now gives articles it gave before under others. */
  async renumber(tx: Transaction, articles: readonly { id: string; guid: string }[]): Promise<void> {
    await tx.$executeRaw`
      UPDATE articles SET guid = next.guid FROM json_to_recordset(${JSON.stringify(articles)}::json) AS next(id uuid, guid text) WHERE articles.id = next.id`;
  }

  /** Until commit nobody else assigns stories, so that the same report found by two sources at once is one story. Lock after the source's row and before the event log. */
  async lockStories(tx: Transaction): Promise<void> {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('tradewatch.stories'), 0)`;
  }

  /** All members of every story that shares an address, or a headline within the story window, with one of the drafts. */
  async storyMembers(tx: Transaction, drafts: readonly ArticleDraft[]): Promise<StoryMember[]> {
    const lookups = drafts.map(({ canonicalUrl, titleKey, publishedAt }) => ({ url: canonicalUrl, title: titleKey, at: publishedAt }));
    const window = `${storyWindowMs / 1000} seconds`;
    return tx.$queryRaw<StoryMember[]>`
      WITH draft AS (SELECT * FROM json_to_recordset(${JSON.stringify(lookups)}::json) AS d(url text, title text, at timestamptz)),
      related AS (
        SELECT a.story_id FROM draft d JOIN articles a ON a.canonical_url = d.url
        UNION
        SELECT a.story_id FROM draft d JOIN articles a ON a.title_key = d.title
          AND a.published_at BETWEEN d.at - ${window}::interval AND d.at + ${window}::interval
        WHERE d.title <> ''
      )
      SELECT a.story_id AS "storyId", a.source_id AS "sourceId", s.authority = 'official' AS official, a.canonical_url AS "canonicalUrl",
        a.title_key AS "titleKey", a.published_at AS "publishedAt"
      FROM related JOIN articles a USING (story_id) JOIN sources s ON s.id = a.source_id
      ORDER BY a.first_seen_at, a.id`;
  }

  /** Writes new articles, their stories and first revisions. @returns the ids that were not there before. */
  async insert(tx: Transaction, sourceId: string, articles: readonly ArticleRevision[], fetchedAt: Date): Promise<ReadonlySet<string>> {
    const rows = rowsOf(articles);
    await tx.$executeRaw`
      INSERT INTO stories (id, first_seen_at) SELECT DISTINCT story_id, ${fetchedAt}::timestamptz FROM ${rows} ON CONFLICT DO NOTHING`;
    const inserted = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO articles (id, source_id, guid, url, canonical_url, story_id, title_key, revision, content_hash,
        published_at, published_raw, published_confidence, first_seen_at, fetched_at)
      SELECT id, ${sourceId}, guid, url, canonical_url, story_id, title_key, revision, content_hash,
        published_at, published_raw, published_confidence, ${fetchedAt}::timestamptz, ${fetchedAt}::timestamptz
      FROM ${rows} ON CONFLICT DO NOTHING RETURNING id`;
    await this.insertRevisions(tx, articles, fetchedAt);
    return new Set(inserted.map(({ id }) => id));
  }

  /** Makes the next revision of known articles the current one. */
  async revise(tx: Transaction, articles: readonly ArticleRevision[], fetchedAt: Date): Promise<void> {
    await tx.$executeRaw`
      UPDATE articles SET revision = next.revision, content_hash = next.content_hash, url = next.url, canonical_url = next.canonical_url,
        title_key = next.title_key, published_at = next.published_at, published_confidence = next.published_confidence, fetched_at = ${fetchedAt}::timestamptz
      FROM ${rowsOf(articles)} WHERE articles.id = next.id`;
    await this.insertRevisions(tx, articles, fetchedAt);
  }

  private async insertRevisions(tx: Transaction, articles: readonly ArticleRevision[], fetchedAt: Date): Promise<void> {
    await tx.$executeRaw`
      INSERT INTO article_revisions (article_id, revision, title, text, author, content_hash, fetched_at)
      SELECT id, revision, title, text, author, content_hash, ${fetchedAt}::timestamptz FROM ${rowsOf(articles)} ON CONFLICT DO NOTHING`;
  }
}

function rowsOf(articles: readonly ArticleRevision[]): Prisma.Sql {
  const rows = articles.map(({ id, storyId, revision, draft, publishedAt, publishedConfidence }) => ({
    id, story_id: storyId, revision, guid: draft.guid, url: draft.url, canonical_url: draft.canonicalUrl, title: draft.title, title_key: draft.titleKey,
    text: draft.text, author: draft.author, content_hash: draft.contentHash, published_at: publishedAt,
    published_raw: draft.publishedRaw, published_confidence: publishedConfidence,
  }));
  return Prisma.sql`json_to_recordset(${JSON.stringify(rows)}::json) AS next(id uuid, story_id uuid, revision int, guid text, url text, canonical_url text,
    title text, title_key text, text text, author text, content_hash text, published_at timestamptz, published_raw text, published_confidence text)`;
}
