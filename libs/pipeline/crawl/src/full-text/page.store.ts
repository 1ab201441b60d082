// SQL of the pages of articles: which is due and leased to whom, what was found, and the revision that comes of it.
import { Injectable } from '@nestjs/common';
import { Database, Prisma, type Transaction } from '@tradewatch/database';
import type { Correction, DateConfidence, RevisionChange } from '@tradewatch/events';
import type { ArticleSelectors } from '../extract/main-text.ts';
import type { Source } from '../source/source.ts';
import { toSource } from '../source/source.store.ts';

/** A page to be fetched, with what its feed says; leased until `leaseUntil`, which also tells this lease from a later one. */
export interface DuePage {
  readonly articleId: string;
  readonly sourceId: string;
  readonly url: string;
  readonly attempts: number;
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly title: string;
  /** The text of the article's current revision. */
  readonly text: string;
  readonly selectors: ArticleSelectors | null;
  readonly leaseUntil: Date;
}

/** An article whose page is to be fetched from now on, or anew because its entry changed. */
export interface PageRequest {
  readonly articleId: string;
  readonly url: string;
}

/** What a page says of its article. */
export interface PageContent {
  readonly text: string;
  readonly title: string | null;
  readonly author: string | null;
  readonly language: string | null;
  readonly canonicalUrl: string | null;
  readonly publishedAt: Date | null;
}

/** How a visit to a page ended. */
export interface PageRecord {
  readonly state: 'waiting' | 'read' | 'summary';
  readonly attempts: number;
  readonly nextAttemptAt: Date;
  /** Why the feed's summary stands; null where it does not. */
  readonly reason: string | null;
  readonly message: string | null;
  readonly quality?: number | null;
  readonly etag?: string | null;
  readonly lastModified?: string | null;
  readonly content?: PageContent;
}

/** An article as it stands, held until commit. */
export interface HeldArticle {
  readonly source: Source;
  readonly storyId: string;
  readonly revision: number;
  readonly url: string;
  readonly title: string;
  readonly text: string;
  readonly author: string | null;
  readonly publishedAt: Date;
  readonly publishedConfidence: DateConfidence;
  readonly firstSeenAt: Date;
  /** What the page said when it was last read. */
  readonly known: PageContent | null;
}

export interface NewRevision {
  readonly articleId: string;
  readonly revision: number;
  readonly title: string;
  readonly text: string;
  readonly author: string | null;
  readonly contentHash: string;
  readonly publishedAt: Date;
  readonly publishedConfidence: DateConfidence;
  /** What changed against the page's text before; undefined for the first. */
  readonly change: RevisionChange | undefined;
  readonly correction: Correction | undefined;
  /** The keys that copies of the text are found by. */
  readonly fingerprint: readonly number[];
}

@Injectable()
export class PageStore {
  constructor(private readonly database: Database) {}

  /** In the transaction that files the articles, so that no page is forgotten. A visit under way is void: its article has changed. */
  async request(tx: Transaction, requests: readonly PageRequest[], at: Date): Promise<void> {
    if (requests.length === 0) return;
    await tx.$executeRaw`
      INSERT INTO article_pages (article_id, url, host, next_attempt_at)
      SELECT r.id, r.url, split_part(r.url, '/', 3), ${at}::timestamptz FROM json_to_recordset(${JSON.stringify(requests.map(({ articleId: id, url }) => ({ id, url })))}::json) AS r(id uuid, url text)
      ON CONFLICT (article_id) DO UPDATE SET state = 'waiting', attempts = 0, next_attempt_at = EXCLUDED.next_attempt_at, lease_until = NULL, reason = NULL, message = NULL,
        etag = CASE WHEN article_pages.url = EXCLUDED.url THEN article_pages.etag END, last_modified = CASE WHEN article_pages.url = EXCLUDED.url THEN article_pages.last_modified END,
        url = EXCLUDED.url, host = EXCLUDED.host`;
  }

  /**
   * Leases pages to be fetched now: the newest article of each host that is free and has no source to be polled, for polls go first.
   * Callers at the same time, in whatever process, never get the same page.
   */
  async takeDue(most: number, at: Date, until: Date): Promise<DuePage[]> {
    const isFree = (table: string) => Prisma.sql`(${Prisma.raw(table)}.lease_until IS NULL OR ${Prisma.raw(table)}.lease_until <= ${at}::timestamptz)`;
    return this.database.$queryRaw<DuePage[]>`
      WITH waiting AS (
        SELECT DISTINCT ON (p.host) p.article_id, p.next_attempt_at FROM article_pages p
          JOIN articles a ON a.id = p.article_id JOIN sources s ON s.id = a.source_id LEFT JOIN crawl_hosts h ON h.host = p.host
        WHERE p.state = 'waiting' AND p.next_attempt_at <= ${at}::timestamptz AND ${isFree('p')}
          AND s.enabled AND s.removed_at IS NULL AND s.full_text <> 'never' AND (h.host IS NULL OR (h.next_request_at <= ${at}::timestamptz AND ${isFree('h')}))
          AND NOT EXISTS (SELECT FROM article_pages other WHERE other.host = p.host AND other.state = 'waiting' AND other.lease_until > ${at}::timestamptz)
          AND NOT EXISTS (SELECT FROM sources due WHERE split_part(due.url, '/', 3) = p.host AND due.enabled AND due.removed_at IS NULL AND due.next_poll_at <= ${at}::timestamptz)
        ORDER BY p.host, a.published_at DESC, p.article_id
      ), chosen AS (SELECT article_id FROM waiting ORDER BY next_attempt_at, article_id LIMIT ${most}),
      leased AS (
        UPDATE article_pages p SET lease_until = ${until}::timestamptz FROM chosen
        WHERE p.article_id = chosen.article_id AND p.state = 'waiting' AND ${isFree('p')}
        RETURNING p.*
      )
      SELECT p.article_id AS "articleId", a.source_id AS "sourceId", p.url, p.attempts, p.etag, p.last_modified AS "lastModified", p.lease_until AS "leaseUntil",
        r.title, r.text, s.page_selectors AS selectors
      FROM leased p JOIN articles a ON a.id = p.article_id JOIN article_revisions r ON r.article_id = a.id AND r.revision = a.revision JOIN sources s ON s.id = a.source_id`;
  }

  /** Pages that wait for their turn or their next try. */
  async countWaiting(): Promise<number> {
    return this.database.articlePage.count({ where: { state: 'waiting' } });
  }

  /**
   * Holds the article of a leased page until commit: first its source, as a poll does, so that no two write revisions of it.
   * @returns undefined where the lease is no longer ours
   */
  async hold(tx: Transaction, { articleId, sourceId, leaseUntil }: DuePage): Promise<HeldArticle | undefined> {
    await tx.$queryRaw`SELECT id FROM sources WHERE id = ${sourceId} FOR UPDATE`;
    const [row] = await tx.$queryRaw<(Omit<HeldArticle, 'source' | 'known'> & { pageText: string | null; pageTitle: string | null; pageAuthor: string | null; language: string | null; canonicalUrl: string | null; pagePublishedAt: Date | null })[]>`
      SELECT a.story_id AS "storyId", a.revision, a.url, r.title, r.text, r.author, a.published_at AS "publishedAt", a.published_confidence AS "publishedConfidence", a.first_seen_at AS "firstSeenAt",
        p.text AS "pageText", p.title AS "pageTitle", p.author AS "pageAuthor", p.language, p.canonical_url AS "canonicalUrl", p.published_at AS "pagePublishedAt"
      FROM article_pages p JOIN articles a ON a.id = p.article_id JOIN article_revisions r ON r.article_id = a.id AND r.revision = a.revision
      WHERE p.article_id = ${articleId}::uuid AND p.lease_until = ${leaseUntil}::timestamptz FOR UPDATE OF a, p`;
    const source = row && (await tx.source.findUnique({ where: { id: sourceId } }));
    if (!row || !source) return undefined;
    const { pageText, pageTitle, pageAuthor, language, canonicalUrl, pagePublishedAt, ...article } = row;
    const known = pageText === null ? null : { text: pageText, title: pageTitle, author: pageAuthor, language, canonicalUrl, publishedAt: pagePublishedAt };
    return { ...article, known, source: toSource(source) };
  }

  /** Makes a page's text the current revision. What the feed said stays what changes of the feed are told by. */
  async revise(tx: Transaction, revision: NewRevision, at: Date): Promise<void> {
    const { articleId, title, text, author, contentHash, publishedAt, publishedConfidence, change, correction } = revision;
    await tx.articleRevision.create({ data: { articleId, revision: revision.revision, title, text, author, contentHash, fetchedAt: at, ...(change ? { change } : {}) } });
    const corrected = correction ? { correctsId: correction.articleId, correctionId: correction.id } : {};
    await tx.article.update({ where: { id: articleId }, data: { revision: revision.revision, publishedAt, publishedConfidence, fetchedAt: at, ...corrected } });
    await tx.articleFingerprint.createMany({ data: revision.fingerprint.map((key) => ({ key, publishedAt, articleId })), skipDuplicates: true });
  }

  /** Writes how a visit ended and ends its lease. @returns false where the lease was no longer ours. */
  async record({ articleId, leaseUntil }: DuePage, { content, ...record }: PageRecord, at: Date, tx: Transaction = this.database): Promise<boolean> {
    const { count } = await tx.articlePage.updateMany({ where: { articleId, leaseUntil }, data: { ...record, ...content, fetchedAt: at, leaseUntil: null } });
    return count === 1;
  }

  /** Gives a page back that was not asked for. */
  async release({ articleId, leaseUntil }: DuePage, nextAttemptAt: Date): Promise<void> {
    await this.database.articlePage.updateMany({ where: { articleId, leaseUntil }, data: { leaseUntil: null, nextAttemptAt } });
  }
}
