import { Injectable } from '@nestjs/common';
import { Database, Prisma } from '@tradewatch/database';
import type { MarkedRevision } from './labelled-line.ts';
import type { Mark, MarkDimension, NewMark, Verdict } from './mark.ts';

interface Row {
  readonly article_id: string;
  readonly revision: number;
  readonly dimension: string;
  readonly tag: string;
  readonly verdict: string;
  readonly marked_at: Date;
  readonly email: string | null;
  readonly user_id: string;
}

/** A mark with the title of what it was made on. */
export interface ListedMark extends Mark {
  readonly title: string;
}

/** The one writer of tag_marks and marked_revisions. */
@Injectable()
export class MarksStore {
  constructor(private readonly database: Database) {}

  /**
   * Writes what a user says of a tag over what the same user said before. The first mark on a revision keeps the revision.
   * @returns false where the archive does not hold that revision and nobody has marked it yet.
   */
  async put(userId: string, articleId: string, { revision, dimension, tag, verdict }: NewMark): Promise<boolean> {
    return this.database.$transaction(async (tx) => {
      await tx.$executeRaw`
        INSERT INTO marked_revisions (article_id, revision, language, title, text, published_at, relevant, sectors, topics, authorities, jurisdictions, developments, taxonomy_version)
        SELECT article_id, revision, language, title, text, published_at, relevant, sectors, topics, authorities, jurisdictions, developments, taxonomy_version
        FROM archived_articles WHERE article_id = ${articleId}::uuid AND revision = ${revision} ON CONFLICT DO NOTHING`;
      return (await tx.$executeRaw`
        INSERT INTO tag_marks (user_id, article_id, revision, dimension, tag, verdict, marked_at)
        SELECT ${userId}::uuid, article_id, revision, ${dimension}, ${tag}, ${verdict}, now() FROM marked_revisions WHERE article_id = ${articleId}::uuid AND revision = ${revision} FOR KEY SHARE
        ON CONFLICT (article_id, revision, dimension, tag, user_id) DO UPDATE SET verdict = excluded.verdict, marked_at = excluded.marked_at`) === 1;
    });
  }

  /** Takes a user's word back; with the last one the kept revision goes. @returns false where the user had said nothing. */
  async remove(userId: string, articleId: string, revision: number, dimension: MarkDimension, tag: string): Promise<boolean> {
    return this.database.$transaction(async (tx) => {
      // Whoever marks the same revision meanwhile waits, and then keeps it anew.
      await tx.$queryRaw`SELECT 1 FROM marked_revisions WHERE article_id = ${articleId}::uuid AND revision = ${revision} FOR UPDATE`;
      const { count } = await tx.tagMark.deleteMany({ where: { userId, articleId, revision, dimension, tag } });
      await tx.$executeRaw`DELETE FROM marked_revisions m WHERE article_id = ${articleId}::uuid AND revision = ${revision}
        AND NOT EXISTS (SELECT 1 FROM tag_marks t WHERE t.article_id = m.article_id AND t.revision = m.revision)`;
      return count > 0;
    });
  }

  /** What everybody says of some articles, oldest first. */
  async ofArticles(articleIds: readonly string[], readerId: string): Promise<Mark[]> {
    const rows = await this.database.$queryRaw<Row[]>`
      SELECT t.*, u.email FROM tag_marks t LEFT JOIN users u ON u.id = t.user_id WHERE t.article_id = ANY(${[...articleIds]}::uuid[]) ORDER BY t.marked_at, t.dimension, t.tag`;
    return rows.map((row) => markOf(row, readerId));
  }

  /** The newest marks, of one tag where one is named. */
  async newest(readerId: string, limit: number, only?: { readonly dimension: MarkDimension; readonly tag: string }): Promise<ListedMark[]> {
    const condition = only ? Prisma.sql`t.dimension = ${only.dimension} AND t.tag = ${only.tag}` : Prisma.sql`TRUE`;
    const rows = await this.database.$queryRaw<(Row & { title: string })[]>`
      SELECT t.*, u.email, m.title FROM tag_marks t JOIN marked_revisions m USING (article_id, revision) LEFT JOIN users u ON u.id = t.user_id
      WHERE ${condition} ORDER BY t.marked_at DESC, t.article_id, t.dimension, t.tag LIMIT ${limit}`;
    return rows.map((row) => Object.assign(markOf(row, readerId), { title: row.title }));
  }

  /** How often each tag was marked so, by `dimension tag`. */
  async counts(): Promise<{ dimension: MarkDimension; tag: string; right: number; wrong: number; missing: number }[]> {
    return this.database.$queryRaw`
      SELECT dimension, tag, count(*) FILTER (WHERE verdict = 'right')::int AS right, count(*) FILTER (WHERE verdict = 'wrong')::int AS wrong,
        count(*) FILTER (WHERE verdict = 'missing')::int AS missing FROM tag_marks GROUP BY dimension, tag ORDER BY dimension, tag`;
  }

  /** Every marked revision with its marks, a batch at a time, in the order of their ids. */
  async *markedRevisions(batch = 200): AsyncGenerator<MarkedRevision> {
    let after: { articleId: string; revision: number } | undefined;
    for (;;) {
      const rows: Awaited<ReturnType<typeof this.markedBatch>> = await this.markedBatch(batch, after);
      for (const { marks, ...revision } of rows) {
        yield { ...revision, marks: marks.map(({ dimension, tag, verdict }) => ({ dimension: dimension as MarkDimension, tag, verdict: verdict as Verdict })) };
      }
      after = rows.at(-1);
      if (rows.length < batch) return;
    }
  }

  private markedBatch(batch: number, after: { articleId: string; revision: number } | undefined) {
    return this.database.markedRevision.findMany({
      take: batch, orderBy: [{ articleId: 'asc' }, { revision: 'asc' }],
      ...(after ? { where: { OR: [{ articleId: { gt: after.articleId } }, { articleId: after.articleId, revision: { gt: after.revision } }] } } : {}),
      include: { marks: { orderBy: [{ markedAt: 'asc' }, { userId: 'asc' }] } },
    });
  }
}

function markOf(row: Row, readerId: string): Mark {
  return {
    articleId: row.article_id, revision: row.revision, dimension: row.dimension as MarkDimension, tag: row.tag, verdict: row.verdict as Verdict,
    markedAt: row.marked_at.toISOString(), by: row.email, mine: row.user_id === readerId,
  };
}
