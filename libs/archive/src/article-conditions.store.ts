// A filter as SQL. Shared by the list, the counts and the exports, so that all three mean the same.
import { Prisma } from '@tradewatch/database';
import { developmentKinds, developmentStages } from '@tradewatch/events';
import type { ArticleFilter } from './article-filter.ts';

/** Fields that facets are counted for. */
export const facetFields = ['sector', 'topic', 'authority', 'jurisdiction', 'development', 'stage', 'source', 'language', 'relevant'] as const;
export type FacetField = (typeof facetFields)[number];

const arrayColumns = { sector: 'sectors', topic: 'topics', authority: 'authorities', jurisdiction: 'jurisdictions' } as const;

/** The facet fields a filter restricts. */
export function restrictedFields(filter: ArticleFilter): FacetField[] {
  return facetFields.filter((field) => (field === 'relevant' ? filter.relevant !== undefined : filter[field].length > 0));
}

/** The filter without what it says of one field. */
export function without(filter: ArticleFilter, field: FacetField): ArticleFilter {
  return { ...filter, [field]: field === 'relevant' ? undefined : [] };
}

/** The conditions of a filter on archived_articles, to be joined with AND; at least one. */
export function conditionsOf(filter: ArticleFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [Prisma.sql`TRUE`];
  if (filter.q !== undefined) conditions.push(Prisma.sql`search @@ search_query(${filter.q})`);
  for (const [field, column] of Object.entries(arrayColumns) as [keyof typeof arrayColumns, string][]) {
    if (filter[field].length > 0) conditions.push(Prisma.sql`${Prisma.raw(column)} && ${[...filter[field]]}::text[]`);
  }
  const pairs = developmentPairs(filter);
  if (pairs) conditions.push(Prisma.sql`developments && ${pairs}::text[]`);
  if (filter.source.length > 0) conditions.push(Prisma.sql`source_id = ANY(${[...filter.source]}::text[])`);
  if (filter.language.length > 0) conditions.push(Prisma.sql`language = ANY(${[...filter.language]}::text[])`);
  if (filter.relevant !== undefined) conditions.push(Prisma.sql`relevant = ${filter.relevant}`);
  if (filter.from) conditions.push(Prisma.sql`published_at >= ${filter.from}`);
  if (filter.until) conditions.push(Prisma.sql`published_at < ${filter.until}`);
  return conditions;
}

/** A kind and a stage asked for together must be one development's: "review" and "in-effect" is not any review plus any start. */
function developmentPairs({ development, stage }: ArticleFilter): string[] | null {
  if (development.length === 0 && stage.length === 0) return null;
  const kinds = development.length > 0 ? development : developmentKinds;
  const stages = stage.length > 0 ? stage : developmentStages;
  return kinds.flatMap((kind) => stages.map((each) => `${kind}:${each}`));
}
