// SQL of the sources: what they are, and what is forgotten when that changes. Their polls: poll/poll.store.ts.
import { Injectable } from '@nestjs/common';
import { Database, Prisma } from '@tradewatch/database';
import type { SourceAuthority } from '@tradewatch/events';
import type { ArticleSelectors } from '../extract/main-text.ts';
import type { FeedSchedule, ListSelectors } from '../feed/feed-result.ts';
import type { CatalogEntry } from './source-catalog.ts';
import type { FullTextMode, Source, SourceDefinition, SourceKind } from './source.ts';

export type SourceRow = Awaited<ReturnType<Database['source']['findUniqueOrThrow']>>;

/** The same address, read in the same way: what was remembered of it still holds. */
const isReadAlike = Prisma.raw('sources.url = EXCLUDED.url AND sources.kind = EXCLUDED.kind AND sources.selectors IS NOT DISTINCT FROM EXCLUDED.selectors');

@Injectable()
export class SourceStore {
  constructor(private readonly database: Database) {}

  async list(): Promise<Source[]> {
    return (await this.database.source.findMany({ where: { removedAt: null }, orderBy: [{ name: 'asc' }, { id: 'asc' }] })).map(toSource);
  }

  async find(id: string): Promise<Source | undefined> {
    const row = await this.database.source.findFirst({ where: { id, removedAt: null } });
    return row ? toSource(row) : undefined;
  }

  /** Adds a source, or brings back a removed one of the same id with its articles. @returns false where the id is in use. */
  async create(definition: SourceDefinition, at: Date): Promise<boolean> {
    const { id } = definition;
    return this.database.$transaction(async (tx) => {
      const { count } = await tx.source.createMany({ data: [{ ...columns(definition), id, nextPollAt: at, updatedAt: at }], skipDuplicates: true });
      if (count === 1) return true;
      const revived = await tx.source.updateMany({ where: { id, removedAt: { not: null } }, data: { ...columns(definition), ...startOver(at), removedAt: null, updatedAt: at } });
      return revived.count === 1;
    });
  }

  /** @returns false where there is no such source. */
  async update(definition: SourceDefinition, at: Date): Promise<boolean> {
    return this.database.$transaction(async (tx) => {
      const [before] = await tx.$queryRaw<{ url: string; isReadAlike: boolean; enabled: boolean; intervalSeconds: number }[]>`
        SELECT url, kind = ${definition.kind} AND selectors IS NOT DISTINCT FROM ${definition.selectors === null ? null : JSON.stringify(definition.selectors)}::jsonb AS "isReadAlike",
          enabled, interval_seconds AS "intervalSeconds" FROM sources WHERE id = ${definition.id} AND removed_at IS NULL FOR UPDATE`;
      if (!before) return false;
      const isSameFeed = before.url === definition.url;
      const isSooner = definition.intervalSeconds < before.intervalSeconds || (definition.enabled && !before.enabled);
      // Another address is another feed: its validators, its health and its backfill begin anew, and a poll under way is void.
      // One that is read in another way must come whole once more.
      const unread = before.isReadAlike ? {} : { ...healthy, ...noValidators, nextPollAt: at };
      const changes = !isSameFeed ? startOver(at) : isSooner ? { ...healthy, ...unread, nextPollAt: at } : unread;
      await tx.source.update({ where: { id: definition.id }, data: { ...columns(definition), ...changes, updatedAt: at } });
      return true;
    });
  }

  /** Takes a source off the list; its articles and their identity stay. @returns false where there is no such source. */
  async remove(id: string, at: Date): Promise<boolean> {
    const { count } = await this.database.source.updateMany({ where: { id, removedAt: null }, data: { removedAt: at, leaseUntil: null, updatedAt: at } });
    return count === 1;
  }

  /**
   * Brings in the catalog: new entries are added, entries whose text changed since they were last brought in replace what the
   * database has, all others are left as they are; so is a source of the same id that a person made. @returns the ids written.
   */
  async bringIn(entries: readonly CatalogEntry[], at: Date): Promise<string[]> {
    const rows = entries
      .map(({ hash, ...definition }) => ({ ...definition, hash }))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
    const written = await this.database.$queryRaw<{ id: string }[]>`
      INSERT INTO sources (id, name, kind, url, selectors, folder, fallbacks, jurisdiction, language, authority, interval_seconds, alert_on_backfill, enabled, full_text, page_selectors, notes,
        catalog_hash, next_poll_at, created_at, updated_at)
      SELECT e.id, e.name, e.kind, e.url, e.selectors, e.folder, ARRAY(SELECT json_array_elements_text(e.fallbacks)), e.jurisdiction, e.language, e.authority, e."intervalSeconds",
        e."alertOnBackfill", e.enabled, e."fullText", e."pageSelectors", e.notes, e.hash, ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS e(id text, name text, kind text, url text, selectors jsonb, folder text, fallbacks json, jurisdiction text, language text,
        authority text, "intervalSeconds" int, "alertOnBackfill" boolean, enabled boolean, "fullText" text, "pageSelectors" jsonb, notes text, hash text)
      ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, kind = EXCLUDED.kind, url = EXCLUDED.url, selectors = EXCLUDED.selectors, folder = EXCLUDED.folder,
        fallbacks = EXCLUDED.fallbacks,
        jurisdiction = EXCLUDED.jurisdiction, language = EXCLUDED.language, authority = EXCLUDED.authority, interval_seconds = EXCLUDED.interval_seconds,
        alert_on_backfill = EXCLUDED.alert_on_backfill, enabled = EXCLUDED.enabled, full_text = EXCLUDED.full_text, page_selectors = EXCLUDED.page_selectors, notes = EXCLUDED.notes, catalog_hash = EXCLUDED.catalog_hash,
        next_poll_at = EXCLUDED.next_poll_at, updated_at = EXCLUDED.updated_at, removed_at = NULL,
        consecutive_failures = 0, error_code = NULL, error_message = NULL, failing_since = NULL,
        gaps = CASE WHEN sources.url = EXCLUDED.url THEN sources.gaps ELSE '{}' END,
        lease_until = CASE WHEN sources.url = EXCLUDED.url THEN sources.lease_until END,
        etag = CASE WHEN ${isReadAlike} THEN sources.etag END,
        last_modified = CASE WHEN ${isReadAlike} THEN sources.last_modified END,
        schedule = CASE WHEN ${isReadAlike} THEN sources.schedule END,
        usual_gap_seconds = CASE WHEN ${isReadAlike} THEN sources.usual_gap_seconds END,
        longest_gap_seconds = CASE WHEN ${isReadAlike} THEN sources.longest_gap_seconds END,
        newest_entry_at = CASE WHEN ${isReadAlike} THEN sources.newest_entry_at END,
        backfilled_at = CASE WHEN sources.url = EXCLUDED.url THEN sources.backfilled_at END
      WHERE sources.catalog_hash <> EXCLUDED.catalog_hash
      RETURNING id`;
    return written.map(({ id }) => id);
  }
}

const noValidators = { etag: null, lastModified: null };
/** Its rhythm is another feed's. */
const noRhythm = { usualGapSeconds: null, longestGapSeconds: null, newestEntryAt: null, schedule: Prisma.DbNull };
const healthy = { consecutiveFailures: 0, errorCode: null, errorMessage: null, failingSince: null };

function startOver(at: Date) {
  return { ...healthy, ...noValidators, ...noRhythm, backfilledAt: null, leaseUntil: null, gaps: [], nextPollAt: at };
}

function columns({ id: _id, fallbacks, selectors, pageSelectors, ...fields }: SourceDefinition) {
  return { ...fields, selectors: selectors === null ? Prisma.DbNull : { ...selectors }, pageSelectors: pageSelectors === null ? Prisma.DbNull : { ...pageSelectors }, fallbacks: [...fallbacks] };
}

/** A row as the rest of the step knows it. */
export function toSource({ kind, authority, selectors, fullText, pageSelectors, schedule, catalogHash: _hash, createdAt: _created, updatedAt: _updated, removedAt: _removed, ...row }: SourceRow): Source {
  return { ...row, kind: kind as SourceKind, authority: authority as SourceAuthority, selectors: selectors as ListSelectors | null, fullText: fullText as FullTextMode, pageSelectors: pageSelectors as ArticleSelectors | null, schedule: schedule as FeedSchedule | null };
}
