import { randomUUID } from 'node:crypto';
import type { Database } from '@tradewatch/database';

export interface ArchivedRowOverrides {
  readonly title?: string;
  readonly text?: string;
  readonly language?: string;
  readonly sectors?: readonly string[];
  readonly jurisdictions?: readonly string[];
  readonly developments?: readonly string[];
  readonly publishedAt?: Date;
  readonly taxonomyVersion?: string;
}

/** One row of the archive, as the archive step leaves it. @returns the article's id. */
export async function archivedRow(database: Database, over: ArchivedRowOverrides = {}): Promise<string> {
  const { title = 'A notice', text = '', language = 'en', sectors = [], jurisdictions = [], developments = [], publishedAt = new Date(), taxonomyVersion = 'old' } = over;
  const id = randomUUID();
  const classification = { relevant: true, language, sectors: [], topics: [], authorities: [], jurisdictions: [], developments: [], facts: [], taxonomyVersion };
  await database.$executeRaw`
    INSERT INTO archived_articles (article_id, revision, story_id, source_id, source_name, source_authority, url, title, text, language, published_at, published_confidence,
      first_seen_at, classified_at, relevant, sectors, topics, authorities, jurisdictions, developments, classification, taxonomy_version, revisions, search)
    VALUES (${id}::uuid, 1, ${randomUUID()}::uuid, 'gazette', 'Gazette', 'official', ${`https://gazette.example/${id}`}, ${title}, ${text}, ${language}, ${publishedAt}, 'stated',
      ${publishedAt}, ${publishedAt}, true, ${[...sectors]}, '{}', '{}', ${[...jurisdictions]}, ${[...developments]}, ${JSON.stringify(classification)}::jsonb, ${taxonomyVersion},
      ${JSON.stringify([{ revision: 1, title, fetchedAt: publishedAt.toISOString() }])}::jsonb, search_vector(${language}, ${title}, ${text}))`;
  return id;
}
