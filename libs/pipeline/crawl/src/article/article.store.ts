// SQL of the crawler's own record of articles. Lists go in as one JSON document each: one statement, however many rows.
import { Injectable } from '@nestjs/common';
import { Prisma, type Transaction } from '@tradewatch/database';
import type { Correction, DateConfidence, RevisionChange } from '@tradewatch/events';
import type { ArticleDraft } from './article-draft.ts';
import { documentKey } from './fingerprint.ts';
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
  /** What it changed; null for a first revision. */
  readonly change: RevisionChange | null;
  readonly correction: Correction | null;
  readonly firstSeenAt: Date;
  readonly publishedAt: Date;
  readonly publishedConfidence: DateConfidence;
}

/** What a feed said of an article. */
export interface FeedText {
  readonly title: string;
  readonly text: string;
  /** Whether the article's page was read since, so that its text is the current one. */
  readonly pageRead: boolean;
}

/** An article that a correction may be of, by the number or the headline that names it. */
export interface CorrectedArticle {
  readonly name: string;
  readonly id: string;
  readonly storyId: string;
  readonly publishedAt: Date;
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
  readonly correctsId: string | null;
  readonly correctionId: string | null;
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
   * documents and the corrections of their stories. One round trip, however many drafts.
   */
  async storyMembers(tx: Transaction, drafts: readonly Pick<ArticleDraft, 'canonicalUrl' | 'publishedAt' | 'fingerprint'>[]): Promise<StoryMember[]> {
    const lookups = drafts.map(({ canonicalUrl, publishedAt, fingerprint }, n) => ({ n, url: canonicalUrl, at: publishedAt, keys: fingerprint }));
    const rows = await tx.$queryRaw<MemberRow[]>`
      SELECT article_id AS "articleId", story_id AS "storyId", source_id AS "sourceId", guid, url, canonical_url AS "canonicalUrl", published_at AS "publishedAt",
        story_began AS "storyBegan", official, title, text, corrects_id AS "correctsId", correction_id AS "correctionId"
      FROM story_members(${JSON.stringify(lookups)}::json, ${`${storyWindowMs / 1000} seconds`}::interval, ${leadCharacters}::int)`;
    return rows.map(({ articleId, storyId, sourceId, canonicalUrl, publishedAt, storyBegan, correctsId, correctionId, ...said }) => (
      { articleId, storyId, sourceId, canonicalUrl, publishedAt, storyBegan, correctsId, correctionId, report: reportOf(said) }));
  }

  /** The articles that documents named by number are, or that carry the headline of a correction at its own source: number or title key, article and story. */
  async corrected(tx: Transaction, sourceId: string, corrections: readonly ArticleDraft[]): Promise<CorrectedArticle[]> {
    const numbers = [...new Set(corrections.flatMap(({ corrects }) => corrects))];
    return tx.$queryRaw<CorrectedArticle[]>`
      SELECT d.number AS name, a.id, a.story_id AS "storyId", a.published_at AS "publishedAt"
      FROM unnest(${numbers}::text[], ${numbers.map(documentKey)}::bigint[]) AS d(number, key)
        CROSS JOIN LATERAL (SELECT DISTINCT article_id FROM article_fingerprints f WHERE f.key = d.key LIMIT 40) AS f JOIN articles a ON a.id = f.article_id
      UNION ALL
      SELECT a.title_key, a.id, a.story_id, a.published_at FROM articles a
      WHERE a.source_id = ${sourceId} AND a.title_key = ANY(${corrections.map(({ titleKey }) => titleKey)}::text[]) AND a.title_key <> '' AND a.correction_id IS NULL
        AND a.published_at > now() - interval '400 days'
      ORDER BY "publishedAt", id`;
  }

  /**
   * What the feed last said of known articles, by id: an article's current revision, or an earlier one where that is the text of its page.
   */
  async feedTexts(tx: Transaction, articles: readonly { id: string }[]): Promise<ReadonlyMap<string, FeedText>> {
    const rows = await tx.$queryRaw<(FeedText & { id: string })[]>`
      SELECT DISTINCT ON (a.id) a.id, r.title, r.text, r.revision < a.revision AS "pageRead"
      FROM articles a JOIN article_revisions r ON r.article_id = a.id AND (r.content_hash = a.content_hash OR r.revision = a.revision)
      WHERE a.id = ANY(${articles.map(({ id }) => id)}::uuid[]) ORDER BY a.id, r.content_hash = a.content_hash DESC, r.revision DESC`;
    return new Map(rows.map(({ id, ...text }) => [id, text]));
  }

  /** Remembers the content of entries that changed in nothing worth a revision, so that they are not looked at again. */
  async confirm(tx: Transaction, articles: readonly { id: string; contentHash: string }[]): Promise<void> {
    await tx.$executeRaw`
      WITH next AS (SELECT * FROM unnest(${articles.map(({ id }) => id)}::uuid[], ${articles.map(({ contentHash }) => contentHash)}::text[]) AS next(id, hash)),
      revised AS (UPDATE article_revisions r SET content_hash = next.hash FROM next JOIN articles a USING (id) WHERE r.article_id = a.id AND r.content_hash = a.content_hash)
      UPDATE articles SET content_hash = next.hash FROM next WHERE articles.id = next.id`;
  }

  /** Writes new articles, their stories and first revisions. @returns the ids that were not there before. */
  async insert(tx: Transaction, sourceId: string, articles: readonly ArticleRevision[], fetchedAt: Date): Promise<ReadonlySet<string>> {
    const rows = rowsOf(articles);
    await tx.$executeRaw`
      INSERT INTO stories (id, first_seen_at) SELECT DISTINCT story_id, ${fetchedAt}::timestamptz FROM ${rows} ON CONFLICT DO NOTHING`;
    const inserted = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO articles (id, source_id, guid, url, canonical_url, story_id, title_key, revision, content_hash,
        published_at, published_raw, published_confidence, first_seen_at, fetched_at, corrects_id, correction_id)
      SELECT id, ${sourceId}, guid, url, canonical_url, story_id, title_key, revision, content_hash,
        published_at, published_raw, published_confidence, ${fetchedAt}::timestamptz, ${fetchedAt}::timestamptz, corrects_id, correction_id
      FROM ${rows} ON CONFLICT DO NOTHING RETURNING id`;
    await this.insertRevisions(tx, articles, fetchedAt);
    await this.insertFingerprints(tx, articles);
    return new Set(inserted.map(({ id }) => id));
  }

  /** Makes the next revision of known articles the current one. */
  async revise(tx: Transaction, articles: readonly ArticleRevision[], fetchedAt: Date): Promise<void> {
    await tx.$executeRaw`
      UPDATE articles SET revision = next.revision, content_hash = next.content_hash, url = next.url, canonical_url = next.canonical_url,
        title_key = next.title_key, corrects_id = coalesce(next.corrects_id, articles.corrects_id), correction_id = coalesce(next.correction_id, articles.correction_id),
        published_at = next.published_at, published_confidence = next.published_confidence, fetched_at = ${fetchedAt}::timestamptz
      FROM ${rowsOf(articles)} WHERE articles.id = next.id`;
    await this.insertRevisions(tx, articles, fetchedAt);
    await this.insertFingerprints(tx, articles);
  }

  /** The keys of earlier revisions stay: copies of what was said before are copies too. */
  private async insertFingerprints(tx: Transaction, articles: readonly ArticleRevision[]): Promise<void> {
    const rows = articles.flatMap(({ id, publishedAt, draft }) => draft.fingerprint.map((key) => ({ key, published_at: publishedAt, article_id: id })));
    await tx.$executeRaw`
      INSERT INTO article_fingerprints (key, published_at, article_id)
      SELECT * FROM json_to_recordset(${JSON.stringify(rows)}::json) AS f(key bigint, published_at timestamptz, article_id uuid) ON CONFLICT DO NOTHING`;
  }

  private async insertRevisions(tx: Transaction, articles: readonly ArticleRevision[], fetchedAt: Date): Promise<void> {
    await tx.$executeRaw`
      INSERT INTO article_revisions (article_id, revision, title, text, author, content_hash, fetched_at, change)
      SELECT id, revision, title, text, author, content_hash, ${fetchedAt}::timestamptz, change FROM ${rowsOf(articles)} ON CONFLICT DO NOTHING`;
  }
}

function rowsOf(articles: readonly ArticleRevision[]): Prisma.Sql {
  const rows = articles.map(({ id, storyId, revision, draft, change, correction, publishedAt, publishedConfidence }) => ({
    id, story_id: storyId, revision, guid: draft.guid, url: draft.url, canonical_url: draft.canonicalUrl, title: draft.title, title_key: draft.titleKey,
    text: draft.text, author: draft.author, content_hash: draft.contentHash, published_at: publishedAt,
    published_raw: draft.publishedRaw, published_confidence: publishedConfidence,
    change, corrects_id: correction?.articleId, correction_id: correction?.id,
  }));
  return Prisma.sql`json_to_recordset(${JSON.stringify(rows)}::json) AS next(id uuid, story_id uuid, revision int, guid text, url text, canonical_url text,
    title text, title_key text, text text, author text, content_hash text, published_at timestamptz, published_raw text, published_confidence text, change jsonb, corrects_id uuid, correction_id uuid)`;
}
