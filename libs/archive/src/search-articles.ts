import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor } from '@tradewatch/api';
import { z } from 'zod';
import { ArchiveReader, type Estimate } from './archive-reader.store.ts';
import { ArticleCountsStore, type ArticleCounts } from './article-counts.store.ts';
import type { ArticleFilter, ArticleQuery } from './article-filter.ts';
import { itemOf, type ArticleItem, type ItemRow } from './article-item.ts';
import { ArticlesStore } from './articles.store.ts';
import { BriefMemory } from './brief-memory.ts';

export interface ArticlePage extends ArticleCounts {
  readonly items: readonly ArticleItem[];
  readonly nextCursor: string | null;
}

const moment = z.iso.datetime().transform((text) => new Date(text));
const dateCursor = z.strictObject({ at: moment, id: z.uuid() });
const rankCursor = z.strictObject({ rank: z.number(), at: moment, id: z.uuid(), asOf: moment });

/** Searches the archive: one page, what there is in all, and how it divides. */
@Injectable()
export class SearchArticles {
  private readonly counts = new BriefMemory<ArticleCounts>();

  constructor(private readonly articles: ArticlesStore, private readonly countsStore: ArticleCountsStore, private readonly reader: ArchiveReader) {}

  /** @throws Problem 400 when the cursor is not one of this list. */
  async search({ filter, sort, limit, cursor }: ArticleQuery): Promise<ArticlePage> {
    const estimate = await this.reader.estimate(filter);
    const [{ items, nextCursor }, counts] = await Promise.all([
      filter.q !== undefined && sort === 'relevance' ? this.byRank({ ...filter, q: filter.q }, estimate, limit, cursor) : this.byDate(filter, limit, cursor, estimate),
      this.counts.get(JSON.stringify(filter), () => this.countsStore.count(filter, estimate)),
    ]);
    return { items, facets: counts.facets, total: counts.total, facetsOf: counts.facetsOf, nextCursor };
  }

  /** One page by date, without counts. */
  async byDate(filter: ArticleFilter, limit: number, cursor?: string, estimate?: Estimate): Promise<Pick<ArticlePage, 'items' | 'nextCursor'>> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor, dateCursor);
    const rows = await this.articles.newest(filter, estimate ?? (await this.reader.estimate(filter)), limit + 1, after && { publishedAt: after.at, id: after.id });
    return pageOf(rows, limit, (last) => ({ at: last.published_at, id: last.article_id }));
  }

  private async byRank(filter: ArticleFilter & { q: string }, estimate: Estimate, limit: number, cursor?: string): Promise<Pick<ArticlePage, 'items' | 'nextCursor'>> {
    const after = cursor === undefined ? undefined : decodeCursor(cursor, rankCursor);
    // The first page takes whatever there is: our clock and the database's may differ.
    const asOf = after?.asOf ?? new Date();
    const rows = await this.articles.mostRelevant(filter, estimate, limit + 1, { rank: after?.rank, publishedAt: after?.at, id: after?.id, asOf: after?.asOf });
    return pageOf(rows, limit, (last) => ({ rank: last.rank, at: last.published_at, id: last.article_id, asOf }));
  }
}

/** @param rows one more than a page, when there are more. */
function pageOf(rows: readonly ItemRow[], limit: number, position: (last: ItemRow) => unknown): Pick<ArticlePage, 'items' | 'nextCursor'> {
  const shown = rows.slice(0, limit);
  return { items: shown.map(itemOf), nextCursor: rows.length > limit ? encodeCursor(position(shown.at(-1)!)) : null };
}
