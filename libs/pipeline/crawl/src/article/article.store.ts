// SQL of the crawler's own record of articles. Lists go in as one JSON document each: one statement, however many rows.
import { Injectable } from '@nestjs/common';
import { Prisma, type Transaction } from '@tradewatch/database';
import type { DateConfidence } from '@tradewatch/events';
import type { ArticleDraft } from './article-draft.ts';
import { leadCharacters } from './lead.ts';
import { reportOf } from './report.ts';
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

interface MemberRow {
  readonly articleId: string;
  readonly storyId: string;
  readonly sourceId: string;
  readonly guid: string;
  readonly url: string;
  readonly canonicalUrl: string;
  readonly publishedAt: Date;
  readonly storyBegan: Date;
  readonly official: boolean;
  readonly title: string;
  readonly text: string;
}

@Injectable()
export class ArticleStore {
  /** The articles of a source that have the guid, the address or the headline of one of the drafts. */
  async known(tx: Transaction, sourceId: string, drafts: readonly ArticleDraft[]): Promise<KnownArticle[]> {
    return tx.$queryRaw<KnownArticle[]>`
      SELECT id, guid, canonical_url AS "canonicalUrl", title_key AS "titleKey", story_id AS "storyId", revision, content_hash AS "contentHash",
        first_seen_at AS "firstSeenAt", published_at AS "publishedAt", published_confidence AS "publishedConfidence"
      FROM articles WHERE source_id = ${sourceId} AND guid = ANY(${drafts.map(({ guid }) => guid)}::text[])
      UNION
      SELECT id, guid, canonical_url, title_key, story_id, revision, content_hash, first_seen_at, published_at, published_confidence
      FROM articles WHERE source_id = ${sourceId} AND canonical_url = ANY(${drafts.map(({ canonicalUrl }) => canonicalUrl)}::text[])
      UNION
      SELECT id, guid, canonical_url, title_key, story_id, revision, content_hash, first_seen_at, published_at, published_confidence
      FROM articles WHERE source_id = ${sourceId} AND title_key <> '' AND title_key = ANY(${drafts.map(({ titleKey }) => titleKey)}::text[])
        AND (published_at = ANY(${drafts.map(({ publishedAt }) => publishedAt)}::timestamptz[]) OR published_confidence = 'absent')`;
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

  /**
   * The articles that share an address, or some of their fingerprint within the story window, with one of the drafts; with the official
   * documents of their stories. One round trip, however many drafts; a key that thousands of articles share is read 40 rows deep.
   */
  async storyMembers(tx: Transaction, drafts: readonly Pick<ArticleDraft, 'canonicalUrl' | 'publishedAt' | 'fingerprint'>[]): Promise<StoryMember[]> {
    const lookups = drafts.map(({ canonicalUrl, publishedAt, fingerprint }, n) => ({ n, url: canonicalUrl, at: publishedAt, keys: fingerprint }));
    const window = `${storyWindowMs / 1000} seconds`;
    const rows = await tx.$queryRaw<MemberRow[]>`
      WITH draft AS MATERIALIZED (SELECT * FROM json_to_recordset(${JSON.stringify(lookups)}::json) AS d(n int, url text, at timestamptz, keys bigint[])),
      sharing AS (
        SELECT d.n, hit.article_id, count(*) AS keys
        FROM draft d CROSS JOIN LATERAL unnest(d.keys) AS k(key) CROSS JOIN LATERAL (
          SELECT f.article_id FROM article_fingerprints f
          WHERE f.key = k.key AND f.published_at BETWEEN d.at - ${window}::interval AND d.at + ${window}::interval
          ORDER BY f.published_at, f.article_id LIMIT 40) AS hit
        GROUP BY d.n, hit.article_id),
      near AS MATERIALIZED (
        SELECT article_id FROM (SELECT article_id, row_number() OVER (PARTITION BY n ORDER BY keys DESC, article_id) AS place FROM sharing) AS ranked WHERE place <= 16
        UNION
        SELECT page.id FROM draft d CROSS JOIN LATERAL (SELECT id FROM articles WHERE canonical_url = d.url ORDER BY first_seen_at, id LIMIT 16) AS page),
      story AS MATERIALIZED (SELECT DISTINCT a.story_id AS id FROM near JOIN articles a ON a.id = near.article_id),
      began AS MATERIALIZED (SELECT story.id, (SELECT min(published_at) FROM articles WHERE story_id = story.id) AS at FROM story)
      SELECT a.id AS "articleId", a.story_id AS "storyId", a.source_id AS "sourceId", a.guid, a.url, a.canonical_url AS "canonicalUrl",
        a.published_at AS "publishedAt", began.at AS "storyBegan", s.authority = 'official' AS official, r.title, left(r.text, ${leadCharacters}::int) AS text
      FROM began JOIN articles a ON a.story_id = began.id JOIN sources s ON s.id = a.source_id
        JOIN article_revisions r ON r.article_id = a.id AND r.revision = a.revision
      WHERE s.authority = 'official' OR a.id IN (SELECT article_id FROM near)
      ORDER BY a.first_seen_at, a.id`;
    return rows.map(({ guid, url, title, text, official, ...member }) => ({ ...member, report: reportOf({ guid, url, title, text, official }) }));
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
    await this.insertFingerprints(tx, articles);
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

  private async insertFingerprints(tx: Transaction, articles: readonly ArticleRevision[]): Promise<void> {
    const rows = articles.flatMap(({ id, publishedAt, draft }) => draft.fingerprint.map((key) => ({ key, published_at: publishedAt, article_id: id })));
    await tx.$executeRaw`
      INSERT INTO article_fingerprints (key, published_at, article_id)
      SELECT * FROM json_to_recordset(${JSON.stringify(rows)}::json) AS f(key bigint, published_at timestamptz, article_id uuid) ON CONFLICT DO NOTHING`;
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
