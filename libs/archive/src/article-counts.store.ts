import { Injectable } from '@nestjs/common';
import { Prisma } from '@tradewatch/database';
import { ArchiveReader, walkFromShare, type Estimate } from './archive-reader.store.ts';
import { conditionsOf, facetFields, restrictedFields, without, type FacetField } from './article-conditions.store.ts';
import type { ArticleFilter } from './article-filter.ts';

export interface FacetValue {
  readonly value: string;
  readonly count: number;
}

export interface ArticleCounts {
  readonly total: number;
  /** How many hits, the newest, the facets were counted over: all of them, unless there are more than `countedAtMost`. */
  readonly facetsOf: number;
  readonly facets: { readonly [Field in FacetField]: readonly (FacetValue & { readonly name?: string })[] };
}

/** Facets of more hits than this are counted over the newest: counting takes 4 µs a hit and all fields. */
const exactAtMost = 10_000;
const sampled = 5_000;

const columnsOf: Readonly<Record<FacetField, string>> = {
  sector: 'sectors', topic: 'topics', authority: 'authorities', jurisdiction: 'jurisdictions', development: 'developments', stage: 'developments',
  source: 'source_id', language: 'language', relevant: 'relevant',
};

interface CountRow {
  readonly field: FacetField | 'counted';
  readonly value: string | null;
  readonly name: string | null;
  readonly count: number;
}

/** Counts what a filter finds: in all, and by value of each field with the filter's other fields applied. */
@Injectable()
export class ArticleCountsStore {
  constructor(private readonly reader: ArchiveReader) {}

  async count(filter: ArticleFilter, estimate: Estimate): Promise<ArticleCounts> {
    const restricted = restrictedFields(filter);
    const broad = estimate.hits > exactAtMost;
    const free = facetFields.filter((field) => !restricted.includes(field));
    const [total, rows, ...own] = await Promise.all([
      broad ? this.total(filter) : null,
      this.facets(filter, free, broad ? estimate : null),
      ...restricted.map(async (field) => {
        const wider = without(filter, field);
        const wideEstimate = await this.reader.estimate(wider);
        return this.facets(wider, [field], wideEstimate.hits > exactAtMost ? wideEstimate : null, filter);
      }),
    ]);
    const counted = rows.find((row) => row.field === 'counted')?.count ?? 0;
    const facets = Object.fromEntries(facetFields.map((field) => [field, [] as FacetValue[]])) as Record<FacetField, (FacetValue & { name?: string })[]>;
    for (const { field, value, name, count } of [rows, ...own].flat()) {
      if (field !== 'counted' && value !== null) facets[field].push({ value, ...(name === null ? {} : { name }), count });
    }
    for (const values of Object.values(facets)) values.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
    return { total: total ?? counted, facetsOf: counted, facets };
  }

  private async total(filter: ArticleFilter): Promise<number> {
    const [row] = await this.reader.rows<{ count: number }>(
      Prisma.sql`SELECT count(*)::int AS count FROM archived_articles WHERE ${Prisma.join(conditionsOf(filter), ' AND ')}`, { words: filter.q !== undefined });
    return row?.count ?? 0;
  }

  /** @param broad the estimate when there are too many hits to count all. @param full the whole filter, for facets that it restricts. */
  private facets(filter: ArticleFilter, fields: readonly FacetField[], broad: Estimate | null, full = filter): Promise<CountRow[]> {
    const conditions = Prisma.join(conditionsOf(filter), ' AND ');
    // An order by an expression no index has makes the planner collect the hits and sort them.
    const order = broad && broad.share < walkFromShare ? Prisma.sql`published_at AT TIME ZONE 'UTC'` : Prisma.sql`published_at`;
    const bound = broad ? Prisma.sql`ORDER BY ${order} DESC LIMIT ${sampled}` : Prisma.empty;
    return this.reader.rows<CountRow>(Prisma.sql`
      WITH hits AS MATERIALIZED (
        SELECT sectors, topics, authorities, jurisdictions, developments, source_id, source_name, language, relevant
        FROM archived_articles WHERE ${conditions} ${bound})
      SELECT 'counted' AS field, NULL AS value, NULL AS name, count(*)::int AS count FROM hits
      ${fields.length > 0 ? Prisma.sql`UNION ALL ${Prisma.join(fields.map((field) => countOf(field, full)), ' UNION ALL ')}` : Prisma.empty}`, { words: filter.q !== undefined });
  }
}

function countOf(field: FacetField, { development, stage }: ArticleFilter): Prisma.Sql {
  const column = Prisma.raw(columnsOf[field]);
  if (field === 'source') return Prisma.sql`SELECT 'source', source_id, max(source_name), count(*)::int FROM hits GROUP BY source_id`;
  if (field === 'language' || field === 'relevant') return Prisma.sql`SELECT ${field}::text, ${column}::text, NULL, count(*)::int FROM hits GROUP BY ${column}`;
  if (field === 'development' || field === 'stage') {
    // A kind counts by the stages asked for and a stage by the kinds, as they would filter together; an article counts once.
    const [part, otherPart, others] = field === 'development' ? [1, 2, stage] : [2, 1, development];
    const fitting = others.length > 0 ? Prisma.sql`WHERE split_part(pair, ':', ${otherPart}::int) = ANY(${[...others]}::text[])` : Prisma.empty;
    return Prisma.sql`SELECT ${field}::text, split_part(pair, ':', ${part}::int), NULL, count(DISTINCT number)::int
      FROM (SELECT number, unnest(developments) AS pair FROM (SELECT row_number() OVER () AS number, developments FROM hits) AS numbered) AS pairs
      ${fitting} GROUP BY 2`;
  }
  return Prisma.sql`SELECT ${field}::text, value, NULL, count(*)::int FROM (SELECT unnest(${column}) AS value FROM hits) AS tags GROUP BY value`;
}
