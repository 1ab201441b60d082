import { Injectable } from '@nestjs/common';
import { Problem } from '@tradewatch/api';
import { Database, Prisma } from '@tradewatch/database';
import type { QueryResultRow } from 'pg';
import type { ArticleFilter } from './article-filter.ts';
import { conditionsOf } from './article-conditions.store.ts';

/** SQLSTATE of a statement that ran into its time limit. */
const queryCanceled = '57014';

/** From this share of the archive on, reading by date finds the newest few thousand hits sooner than collecting all of them. */
export const walkFromShare = 0.25;

/** How much a filter will find, by the statistics PostgreSQL keeps. */
export interface Estimate {
  readonly hits: number;
  /** Share of the archive, 0 to 1. */
  readonly share: number;
}

/** Reads from the archive with the planner told what it cannot know of full-text search. */
@Injectable()
export class ArchiveReader {
  private knownSize = 1;
  private sizeUntil = 0;

  constructor(private readonly database: Database) {}

  /**
   * Runs one query. With words in it, no sequential scan: the planner takes a text match for as cheap as a comparison, but each
   * one unpacks the article's whole vector, and reading 200,000 of them takes a second where the index takes 50 ms.
   * @throws Problem 503 when it takes longer than 15 s.
   */
  async rows<Row extends QueryResultRow>(query: Prisma.Sql, { words }: { words: boolean }): Promise<Row[]> {
    const client = await this.database.pool.connect();
    let broken: Error | undefined;
    try {
      await client.query(`BEGIN READ ONLY; SET LOCAL jit = off; SET LOCAL work_mem = '32MB'; SET LOCAL statement_timeout = '15s'${words ? '; SET LOCAL enable_seqscan = off' : ''}`);
      const { rows } = await client.query<Row>({ text: query.text, values: [...query.values] });
      return rows;
    } catch (error) {
      broken = error as Error;
      if ((error as { code?: string }).code === queryCanceled) throw new Problem(503, 'This search took too long. Narrow it: add a filter, or fewer and rarer words.', [], { cause: error });
      throw error;
    } finally {
      // The connection goes back clean, or not at all.
      const ended = await client.query(broken ? 'ROLLBACK' : 'COMMIT').then(() => true, () => false);
      client.release(!ended);
    }
  }

  /** What a filter will find, without looking: what is common is best read by date, what is rare by its index. */
  async estimate(filter: ArticleFilter): Promise<Estimate> {
    const query = Prisma.sql`EXPLAIN (FORMAT JSON) SELECT 1 FROM archived_articles WHERE ${Prisma.join(conditionsOf(filter), ' AND ')}`;
    const plan = await this.database.pool.query<{ 'QUERY PLAN': { Plan: { 'Plan Rows': number } }[] }>({ text: query.text, values: [...query.values] });
    const hits = plan.rows[0]!['QUERY PLAN'][0]!.Plan['Plan Rows'];
    return { hits, share: Math.min(1, hits / (await this.size())) };
  }

  /** How many articles there are, as the statistics of the last half minute have it. */
  private async size(): Promise<number> {
    if (Date.now() >= this.sizeUntil) {
      const { rows: [row] } = await this.database.pool.query<{ rows: number }>(`SELECT greatest(reltuples, 1)::float8 AS rows FROM pg_class WHERE oid = 'archived_articles'::regclass`);
      this.knownSize = row!.rows;
      this.sizeUntil = Date.now() + 30_000;
    }
    return this.knownSize;
  }
}
