import { Injectable } from '@nestjs/common';
import { Database, Prisma, type Transaction } from '@tradewatch/database';
import { ArticleClassifiedV1, type Article, type DateConfidence, type SourceAuthority } from '@tradewatch/events';
import type { ArchivedRevision } from '../archive.store.ts';
import { changesSchema, type Changes, type TagSet } from './tag-changes.ts';

/** An article of the archive as it was published, and the tags it has. */
export interface ArchivedForReading {
  /** As its event carried it, but never alertable. */
  readonly article: Article;
  readonly taxonomyVersion: string;
  readonly tags: TagSet;
}

/** A run that is under way, or was when it was killed. */
export interface Run {
  readonly id: string;
  readonly startedAt: Date;
  /** The last article done; null before the first. */
  readonly position: string | null;
  readonly changes: Changes;
}

/** How far a consumer group is behind on classified articles. */
export interface Backlog {
  readonly group: string;
  /** Events it has yet to handle, counted to `countedTo` at most. */
  readonly lag: number;
  /** Grows whenever the group handles something. */
  readonly moved: bigint;
}

interface Row {
  readonly article_id: string;
  readonly revision: number;
  readonly story_id: string;
  readonly source_id: string;
  readonly source_name: string;
  readonly source_authority: string;
  readonly source_jurisdiction: string | null;
  readonly source_language: string | null;
  readonly url: string;
  readonly title: string;
  readonly text: string;
  readonly author: string | null;
  readonly published_at: Date;
  readonly published_confidence: string;
  readonly first_seen_at: Date;
  readonly revisions: ArchivedRevision[];
  readonly relevant: boolean;
  readonly sectors: string[];
  readonly topics: string[];
  readonly authorities: string[];
  readonly jurisdictions: string[];
  readonly developments: string[];
  readonly taxonomy_version: string;
}

/** Characters of text in one chunk; a longer article comes alone. */
const longestChunk = 8_000_000;
const countedTo = 10_000;
/** Key of the session lock that says "the archive is being reclassified". */
const lockKey = 0x7472_7263;

@Injectable()
export class ReclassificationsStore {
  constructor(private readonly database: Database) {}

  /** Makes this the only run, for as long as its process lives. @returns what lets go; null while another run is under way. */
  async hold(): Promise<(() => Promise<void>) | null> {
    const client = await this.database.pool.connect();
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [lockKey]);
    if (!rows[0]?.held) {
      client.release();
      return null;
    }
    return async () => {
      await client.query('SELECT pg_advisory_unlock($1)', [lockKey]).catch(() => undefined);
      client.release(true);
    };
  }

  /** Articles that another taxonomy version classified, after a position in the order of their ids. */
  async chunk(taxonomyVersion: string, after: string | null, limit: number): Promise<ArchivedForReading[]> {
    const rows = await this.database.$queryRaw<Row[]>`
      SELECT article_id, revision, story_id, source_id, source_name, source_authority, source_jurisdiction, source_language, url, title, text, author, published_at,
        published_confidence, first_seen_at, revisions, relevant, sectors, topics, authorities, jurisdictions, developments, taxonomy_version
      FROM (SELECT a.*, s.jurisdiction AS source_jurisdiction, s.language AS source_language,
          sum(octet_length(a.text)) OVER (ORDER BY a.article_id) AS length, row_number() OVER (ORDER BY a.article_id) AS place
        FROM (SELECT * FROM archived_articles WHERE taxonomy_version <> ${taxonomyVersion} AND ${reachedFrom(after)} ORDER BY article_id LIMIT ${limit}) AS a
        LEFT JOIN sources AS s ON s.id = a.source_id) AS next
      WHERE place = 1 OR length <= ${longestChunk} ORDER BY article_id`;
    return rows.map(archived);
  }

  async remaining(taxonomyVersion: string, after: string | null): Promise<number> {
    const [row] = await this.database.$queryRaw<[{ count: bigint }]>`
      SELECT count(*) FROM archived_articles WHERE taxonomy_version <> ${taxonomyVersion} AND ${reachedFrom(after)}`;
    return Number(row.count);
  }

  /** Articles of another version that came in since a moment: some classifier still has the old taxonomy. */
  async arrivedSince(taxonomyVersion: string, since: Date): Promise<number> {
    const [row] = await this.database.$queryRaw<[{ count: bigint }]>`SELECT count(*) FROM archived_articles WHERE taxonomy_version <> ${taxonomyVersion} AND archived_at > ${since}`;
    return Number(row.count);
  }

  /** The run to this version that was not finished; runs to other versions are given up. */
  async unfinished(taxonomyVersion: string): Promise<Run | null> {
    await this.database.reclassification.deleteMany({ where: { finishedAt: null, taxonomyVersion: { not: taxonomyVersion } } });
    const row = await this.database.reclassification.findFirst({ where: { finishedAt: null }, orderBy: { startedAt: 'desc' } });
    return row && { id: row.id, startedAt: row.startedAt, position: row.position, changes: changesSchema.parse(row.changes) };
  }

  async begin(taxonomyVersion: string, changes: Changes): Promise<Run> {
    const { id, startedAt } = await this.database.reclassification.create({ data: { taxonomyVersion, changes } });
    return { id, startedAt, position: null, changes };
  }

  /** Notes that everything up to a position is done, in the transaction that did it. */
  async advance(tx: Transaction, id: string, position: string, changes: Changes): Promise<void> {
    await tx.reclassification.update({ where: { id }, data: { position, changes, updatedAt: new Date() } });
  }

  async finish(id: string): Promise<void> {
    await this.database.reclassification.update({ where: { id }, data: { finishedAt: new Date() } });
  }

  /** The groups that read classified articles from the log: the steps themselves, or the relay to Kafka. */
  async backlogs(): Promise<Backlog[]> {
    const rows = await this.database.$queryRaw<{ group: string; lag: bigint; moved: bigint }[]>`
      SELECT consumer_group AS group, sum(lag) AS lag, sum(position)::bigint AS moved FROM event_cursors AS c CROSS JOIN LATERAL (
        SELECT count(*) AS lag FROM (SELECT 1 FROM event_log AS e WHERE e.topic = c.topic AND e.partition = c.partition AND e.seq > c.position LIMIT ${countedTo}) AS ahead) AS waiting
      WHERE topic = ${ArticleClassifiedV1.topic} GROUP BY consumer_group`;
    return rows.map(({ group, lag, moved }) => ({ group, lag: Number(lag), moved: BigInt(moved) }));
  }
}

function reachedFrom(after: string | null): Prisma.Sql {
  return after === null ? Prisma.sql`TRUE` : Prisma.sql`article_id > ${after}::uuid`;
}

function archived(row: Row): ArchivedForReading {
  const { revision } = row;
  return {
    article: {
      id: row.article_id, revision, storyId: row.story_id,
      // A source that was taken away for good leaves its articles without a country.
      source: { id: row.source_id, name: row.source_name, authority: row.source_authority as SourceAuthority, jurisdiction: row.source_jurisdiction ?? '' },
      url: row.url, title: row.title, text: row.text, author: row.author, claimedLanguage: row.source_language,
      publishedAt: row.published_at.toISOString(), publishedConfidence: row.published_confidence as DateConfidence, firstSeenAt: row.first_seen_at.toISOString(),
      fetchedAt: row.revisions.find((each) => each.revision === revision)?.fetchedAt ?? row.first_seen_at.toISOString(),
      alertable: false,
    },
    taxonomyVersion: row.taxonomy_version,
    tags: {
      relevant: row.relevant ? ['relevant'] : [], sector: row.sectors, topic: row.topics, authority: row.authorities, jurisdiction: row.jurisdictions,
      development: row.developments,
    },
  };
}
