import { Injectable } from '@nestjs/common';
import { Database } from '@tradewatch/database';
import type { Classification, RevisionChange } from '@tradewatch/events';
import { storableJson } from './storable-text.ts';

export interface ArchivedRevision {
  readonly revision: number;
  readonly title: string;
  readonly fetchedAt: string;
  /** What it changed against the revision before; absent in the first, and where the text of the article's page took the place of its feed's summary. */
  readonly change?: RevisionChange;
  /** The article it says it corrects: another one, or its own. */
  readonly corrects?: string;
}

/** A row of archived_articles as it is written, by column name; times are ISO 8601. */
export interface ArticleRecord {
  readonly article_id: string;
  readonly revision: number;
  readonly story_id: string;
  readonly source_id: string;
  readonly source_name: string;
  readonly source_authority: string;
  readonly url: string;
  readonly title: string;
  readonly text: string;
  readonly author: string | null;
  readonly language: string;
  readonly published_at: string;
  readonly published_confidence: string;
  readonly first_seen_at: string;
  readonly classified_at: string;
  readonly relevant: boolean;
  readonly sectors: readonly string[];
  readonly topics: readonly string[];
  readonly authorities: readonly string[];
  readonly jurisdictions: readonly string[];
  readonly developments: readonly string[];
  readonly classification: Classification;
  readonly taxonomy_version: string;
  readonly revisions: readonly ArchivedRevision[];
}

/** The one writer of archived_articles. */
@Injectable()
export class ArchiveStore {
  constructor(private readonly database: Database) {}

  /**
   * Writes records (no article twice) in one statement. A newer revision replaces the row; the same revision under
   * another taxonomy version, classified later, replaces the classification; anything else leaves the row untouched.
   * @returns how many rows were written.
   */
  async save(records: readonly ArticleRecord[]): Promise<number> {
    if (records.length === 0) return 0;
    const { rowCount } = await this.database.effects.query(archiveSql, [storableJson(records)]);
    return rowCount ?? 0;
  }
}

/** Archives a JSON list of ArticleRecord. */
export const archiveSql = `
  INSERT INTO archived_articles AS kept (
    article_id, revision, story_id, source_id, source_name, source_authority, url, title, text, author, language, published_at,
    published_confidence, first_seen_at, classified_at, relevant, sectors, topics, authorities, jurisdictions, developments,
    classification, taxonomy_version, revisions, search)
  SELECT article_id, revision, story_id, source_id, source_name, source_authority, url, title, text, author, language, published_at,
    published_confidence, first_seen_at, classified_at, relevant, sectors, topics, authorities, jurisdictions, developments,
    classification, taxonomy_version, revisions, search_vector(language, title, text)
  FROM json_to_recordset($1::json) AS incoming (
    article_id uuid, revision int, story_id uuid, source_id text, source_name text, source_authority text, url text, title text,
    text text, author text, language text, published_at timestamptz, published_confidence text, first_seen_at timestamptz,
    classified_at timestamptz, relevant boolean, sectors text[], topics text[], authorities text[], jurisdictions text[],
    developments text[], classification jsonb, taxonomy_version text, revisions jsonb)
  ON CONFLICT (article_id) DO UPDATE SET
    revision = excluded.revision, story_id = excluded.story_id, source_id = excluded.source_id, source_name = excluded.source_name,
    source_authority = excluded.source_authority, url = excluded.url, title = excluded.title, text = excluded.text,
    author = excluded.author, language = excluded.language, published_at = excluded.published_at,
    published_confidence = excluded.published_confidence, classified_at = excluded.classified_at, relevant = excluded.relevant,
    sectors = excluded.sectors, topics = excluded.topics, authorities = excluded.authorities, jurisdictions = excluded.jurisdictions,
    developments = excluded.developments, classification = excluded.classification, taxonomy_version = excluded.taxonomy_version,
    search = excluded.search,
    revisions = kept.revisions || jsonb_path_query_array(
      excluded.revisions, '$[*] ? (@.revision > $newest)', jsonb_build_object('newest', kept.revision))
  WHERE excluded.revision > kept.revision
    OR (excluded.revision = kept.revision AND excluded.taxonomy_version <> kept.taxonomy_version AND excluded.classified_at >= kept.classified_at)`;
