import { Injectable } from '@nestjs/common';
import { Database, Prisma } from '@tradewatch/database';
import type { Classification } from '@tradewatch/events';
import { ArchiveReader, walkFromShare, type Estimate } from './archive-reader.store.ts';
import type { ArchivedRevision } from './archive.store.ts';
import { conditionsOf } from './article-conditions.store.ts';
import { rankedAtMost, type ArticleFilter } from './article-filter.ts';
import type { ItemRow } from './article-item.ts';
import { hitEnd, hitStart } from './highlight.ts';

/** Where a page in order of date goes on: after this article. */
export interface DatePosition {
  readonly publishedAt: Date;
  readonly id: string;
}

/** Where a page in order of relevance goes on; `asOf` keeps what was ranked the same while new articles come in. */
export interface RankPosition extends Partial<DatePosition> {
  readonly rank?: number | undefined;
  readonly asOf?: Date | undefined;
}

/** How many of the newest articles are looked through before the index is asked for the hits. */
const walkAtMost = 4_000;
/** Of how much of a text hits are marked and excerpts made. */
const openingLength = 4_000;

const columns = Prisma.raw(`a.article_id, a.story_id, a.revision, a.title, a.url, a.source_id, a.source_name, a.source_authority, a.language, a.published_at,
  a.published_confidence, a.first_seen_at, a.relevant, a.sectors, a.topics, a.authorities, a.jurisdictions, a.developments, left(a.text, ${openingLength}) AS opening`);

/** Reads articles: pages of them by date or by relevance, or one whole. */
@Injectable()
export class ArticlesStore {
  constructor(private readonly reader: ArchiveReader, private readonly database: Database) {}

  /** The newest articles of a filter, after a position; ties in date are broken by id. */
  async newest(filter: ArticleFilter, estimate: Estimate, limit: number, after?: DatePosition): Promise<ItemRow[]> {
    const reached = after ? [Prisma.sql`(published_at, article_id) < (${after.publishedAt}, ${after.id}::uuid)`] : [];
    // The planner would read by date for any word, hoping for a hit soon; for a rare one that reads the whole archive
    // (60 times slower). So by date only what is common, and of that only so far.
    if (estimate.share * walkAtMost > limit * 4) {
      const ahead = conditionsOf({ ...filter, q: undefined, sector: [], topic: [], authority: [], jurisdiction: [], development: [], stage: [], source: [], language: [], relevant: undefined });
      const rows = await this.page(filter, Prisma.sql`
        SELECT article_id, published_at, NULL::float8 AS rank FROM (
          SELECT * FROM archived_articles WHERE ${all([...ahead, ...reached])} ORDER BY published_at DESC, article_id DESC LIMIT ${walkAtMost}) AS recent
        WHERE ${all(conditionsOf(filter))} ORDER BY published_at DESC, article_id DESC LIMIT ${limit}`);
      if (rows.length === limit) return rows;
    }
    return this.page(filter, Prisma.sql`
      SELECT article_id, published_at, NULL::float8 AS rank FROM (${hits(filter, reached)}) AS hits
      ORDER BY published_at DESC, article_id DESC LIMIT ${limit}`);
  }

  /**
   * The articles that fit the words of a filter best, after a position. Ranking unpacks the vector of each article (100 ms for
   * 60,000), so only the newest hits are ranked: of a word that common, the newest are what is wanted.
   */
  async mostRelevant(filter: ArticleFilter & { q: string }, estimate: Estimate, limit: number, after: RankPosition): Promise<ItemRow[]> {
    const reached = after.rank === undefined ? Prisma.sql`TRUE`
      : Prisma.sql`(rank, published_at, article_id) < (${after.rank}::float8, ${after.publishedAt}, ${after.id}::uuid)`;
    return this.page(filter, Prisma.sql`
      SELECT article_id, published_at, rank FROM (
        SELECT ranked.article_id, ranked.published_at,
          ts_rank(ranked.search, CASE ranked.language WHEN 'en' THEN en WHEN 'es' THEN es WHEN 'fr' THEN fr ELSE und END)::float8 AS rank
        FROM (SELECT article_id FROM (${hits(filter, after.asOf ? [Prisma.sql`archived_at <= ${after.asOf}`] : [], estimate)}) AS hits
          ORDER BY published_at DESC, article_id DESC LIMIT ${rankedAtMost}) AS newest
        JOIN archived_articles AS ranked USING (article_id)
        CROSS JOIN (SELECT search_reading('en', q) AS en, search_reading('es', q) AS es, search_reading('fr', q) AS fr, search_reading('und', q) AS und
          FROM (SELECT ${filter.q}::text AS q) AS typed OFFSET 0) AS readings) AS ranking
      WHERE ${reached} ORDER BY rank DESC, published_at DESC, article_id DESC LIMIT ${limit}`);
  }

  /** @param page a query for article_id, published_at and rank. */
  private page(filter: ArticleFilter, page: Prisma.Sql): Promise<ItemRow[]> {
    const marked = filter.q === undefined ? Prisma.sql`NULL AS marked_title, NULL AS marked_opening`
      : Prisma.sql`${markedText(filter.q, 'title')} AS marked_title, ${markedText(filter.q, 'text')} AS marked_opening`;
    return this.reader.rows<ItemRow>(Prisma.sql`
      WITH page AS MATERIALIZED (${page})
      SELECT ${columns}, page.rank, ${marked} FROM page JOIN archived_articles AS a USING (article_id)
      ORDER BY page.rank DESC NULLS LAST, a.published_at DESC, a.article_id DESC`, { words: filter.q !== undefined });
  }

  async find(id: string): Promise<(ItemRow & { text: string; author: string | null; classification: Classification; taxonomy_version: string; revisions: ArchivedRevision[] }) | null> {
    const [row] = await this.database.$queryRaw<never[]>`
      SELECT ${columns}, NULL AS marked_title, NULL AS marked_opening, NULL AS rank, text, author, classification, taxonomy_version, revisions
      FROM archived_articles AS a WHERE article_id = ${id}::uuid`;
    return row ?? null;
  }

  /** The other articles of a story, newest first. */
  async ofStory(storyId: string, exceptId: string, limit = 20): Promise<ItemRow[]> {
    return this.database.$queryRaw<ItemRow[]>`
      SELECT ${columns}, NULL AS marked_title, NULL AS marked_opening, NULL AS rank FROM archived_articles AS a
      WHERE story_id = ${storyId}::uuid AND article_id <> ${exceptId}::uuid ORDER BY published_at DESC, article_id DESC LIMIT ${limit}`;
  }

  /** The articles of a story that say they correct this one, newest first. */
  async correctionsOf(storyId: string, id: string): Promise<ItemRow[]> {
    return this.database.$queryRaw<ItemRow[]>`
      SELECT ${columns}, NULL AS marked_title, NULL AS marked_opening, NULL AS rank FROM archived_articles AS a
      WHERE story_id = ${storyId}::uuid AND article_id <> ${id}::uuid AND revisions @> ${JSON.stringify([{ corrects: id }])}::jsonb
      ORDER BY published_at DESC, article_id DESC LIMIT 20`;
  }

  /** Null where there is no such article. */
  async titleOf(id: string): Promise<{ id: string; title: string } | null> {
    const found = await this.database.archivedArticle.findUnique({ where: { articleId: id }, select: { title: true } });
    return found && { id, title: found.title };
  }
}

const all = (conditions: readonly Prisma.Sql[]): Prisma.Sql => Prisma.join([...conditions], ' AND ');

/**
 * All hits. OFFSET 0 keeps the planner from reading by date until it has found enough of them; of what is in a good part of
 * all articles that is the quicker way, so it is left the choice.
 */
function hits(filter: ArticleFilter, more: readonly Prisma.Sql[], { share }: Pick<Estimate, 'share'> = { share: 0 }): Prisma.Sql {
  return Prisma.sql`SELECT article_id, published_at FROM archived_articles WHERE ${all([...conditionsOf(filter), ...more])} ${share < walkFromShare ? Prisma.sql`OFFSET 0` : Prisma.empty}`;
}

/** A field with its hits marked, otherwise unchanged: the marks' own characters and all that the parser drops are replaced one for one. */
function markedText(q: string, field: 'title' | 'text'): Prisma.Sql {
  const shown = Prisma.sql`translate(searchable_text(left(${Prisma.raw(`a.${field}`)}, ${openingLength})), ${hitStart + hitEnd}, '  ')`;
  return Prisma.sql`ts_headline(search_configuration(a.language), ${shown}, search_marks(a.language, ${q}), ${`HighlightAll=true, StartSel=${hitStart}, StopSel=${hitEnd}`})`;
}
