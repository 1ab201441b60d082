import { Injectable } from '@nestjs/common';
import { Database } from '@tradewatch/database';
import type { Filter } from './filter.ts';
import type { ArticleFacets, DevelopmentStep } from './matchable-article.ts';

/** An archived article as the preview of a rule needs it. */
export interface ArchivedArticle {
  readonly id: string;
  readonly publishedAt: Date;
  readonly facets: ArticleFacets;
}

/** A place in the list of articles, newest first. */
export interface Place {
  readonly publishedAt: Date;
  readonly id: string;
}

interface Row {
  readonly id: string;
  readonly published_at: Date;
  readonly relevant: boolean;
  readonly source_id: string;
  readonly source_name: string;
  readonly language: string;
  readonly sectors: string[];
  readonly topics: string[];
  readonly authorities: string[];
  readonly jurisdictions: string[];
  readonly developments: string[];
  readonly hts_codes: string[] | null;
  readonly title: string;
  readonly text: string;
}

/** The archive's table, read for previews: what a filter would have matched. */
@Injectable()
export class ArchivedArticlesStore {
  constructor(private readonly database: Database) {}

  /** One page of the articles since `since` that the filter's plain fields let through, newest first, after `after`. */
  async candidates(filter: Filter, since: Date, after: Place | null, limit: number): Promise<ArchivedArticle[]> {
    const { conditions, parameters } = plainConditions(filter);
    const bind = (value: unknown): string => `$${parameters.push(value)}`;
    conditions.push(`published_at >= ${bind(since)}`);
    if (after) conditions.push(`(published_at, article_id) < (${bind(after.publishedAt)}::timestamptz, ${bind(after.id)}::uuid)`);
    const { rows } = await this.database.pool.query<Row>(
      `SELECT article_id AS id, published_at, relevant, source_id, source_name, language, sectors, topics, authorities, jurisdictions, developments,
         title, ${filter.query === undefined ? `''` : 'text'} AS text,
         ${filter.htsPrefixes ? `(SELECT array_agg(f->>'value') FROM jsonb_array_elements(classification->'facts') f WHERE f->>'type' = 'hts-code')` : 'NULL'} AS hts_codes
       FROM archived_articles WHERE ${conditions.join(' AND ')} ORDER BY published_at DESC, article_id DESC LIMIT ${bind(limit)}`,
      parameters,
    );
    return rows.map((row) => ({ id: row.id, publishedAt: row.published_at, facets: facetsOfRow(row) }));
  }

  /** The articles as the REST interface lists them, in the order of `ids`. */
  async items(ids: readonly string[]): Promise<ArticleItem[]> {
    const { rows } = await this.database.pool.query<Row & { story_id: string; revision: number; url: string; source_authority: string; published_confidence: string; first_seen_at: Date }>(
      `SELECT a.article_id AS id, a.story_id, a.revision, a.url, a.title, left(a.text, 600) AS text, a.source_id, a.source_name, a.source_authority, a.language,
         a.published_at, a.published_confidence, a.first_seen_at, a.relevant, a.sectors, a.topics, a.authorities, a.jurisdictions, a.developments
       FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted(id, place) JOIN archived_articles a ON a.article_id = wanted.id ORDER BY wanted.place`,
      [ids],
    );
    return rows.map((row) => ({
      id: row.id, storyId: row.story_id, revision: row.revision, title: row.title, url: row.url,
      source: { id: row.source_id, name: row.source_name, authority: row.source_authority },
      language: row.language, publishedAt: row.published_at, publishedConfidence: row.published_confidence, firstSeenAt: row.first_seen_at, relevant: row.relevant,
      sectors: row.sectors, topics: row.topics, authorities: row.authorities, jurisdictions: row.jurisdictions,
      developments: row.developments.map(stepOf), excerpt: excerptOf(row.text),
    }));
  }
}

/** An article in a list of the REST interface. */
export interface ArticleItem {
  readonly id: string;
  readonly storyId: string;
  readonly revision: number;
  readonly title: string;
  readonly url: string;
  readonly source: { readonly id: string; readonly name: string; readonly authority: string };
  readonly language: string;
  readonly publishedAt: Date;
  readonly publishedConfidence: string;
  readonly firstSeenAt: Date;
  readonly relevant: boolean;
  readonly sectors: readonly string[];
  readonly topics: readonly string[];
  readonly authorities: readonly string[];
  readonly jurisdictions: readonly string[];
  readonly developments: readonly DevelopmentStep[];
  readonly excerpt: string;
}

function plainConditions(filter: Filter): { conditions: string[]; parameters: unknown[] } {
  const parameters: unknown[] = [];
  const conditions: string[] = [];
  for (const field of ['sectors', 'topics', 'authorities', 'jurisdictions'] as const) {
    if (filter[field]) conditions.push(`${field} && $${parameters.push(filter[field])}::text[]`);
  }
  if (filter.sources) conditions.push(`source_id = ANY($${parameters.push(filter.sources)}::text[])`);
  if (filter.languages) conditions.push(`language = ANY($${parameters.push(filter.languages)}::text[])`);
  if (filter.developments) conditions.push(`cardinality(developments) > 0`);
  return { conditions, parameters };
}

function facetsOfRow(row: Row): ArticleFacets {
  return {
    relevant: row.relevant, source: { id: row.source_id, name: row.source_name }, language: row.language,
    sectors: row.sectors, topics: row.topics, authorities: row.authorities, jurisdictions: row.jurisdictions,
    developments: row.developments.map(stepOf), htsCodes: row.hts_codes ?? [], title: row.title, text: row.text,
  };
}

function stepOf(pair: string): DevelopmentStep {
  const [kind, stage] = pair.split(':');
  return { kind, stage } as DevelopmentStep;
}

const longestExcerpt = 280;

function excerptOf(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain.length <= longestExcerpt) return plain;
  const cut = plain.slice(0, longestExcerpt - 1);
  const space = cut.lastIndexOf(' ');
  return `${(space > longestExcerpt / 2 ? cut.slice(0, space) : cut).toWellFormed()}…`;
}
