// SQL of the sources: what they are, who polls them now (the lease), and how they are doing.
import { Injectable } from '@nestjs/common';
import { Database, Prisma, type Transaction } from '@tradewatch/database';
import type { SourceAuthority } from '@tradewatch/events';
import type { ListSelectors } from '../feed/feed-result.ts';
import type { CatalogEntry } from './source-catalog.ts';
import { sourceStates, stateOf, type Source, type SourceDefinition, type SourceKind, type SourceState } from './source.ts';

/** The right to poll a source until `until`, which also tells this lease from a later one. */
export interface Lease {
  readonly sourceId: string;
  readonly until: Date;
}

/** What a poll leaves on the source's row. */
export type PollRecord = Partial<Pick<Source, 'url' | 'fallbacks' | 'etag' | 'lastModified' | 'lastSucceededAt' | 'lastNewEntryAt' | 'backfilledAt' | 'enabled' | 'gaps'>> &
  Pick<Source, 'lastPolledAt' | 'nextPollAt' | 'consecutiveFailures' | 'errorCode' | 'errorMessage'> & { readonly newArticles?: number };

type Row = Awaited<ReturnType<Database['source']['findUniqueOrThrow']>>;

/** Scheme and path left out: `https://example.org:8080/feed` is polled on host `example.org:8080`. */
const hostOf = (table: string) => Prisma.raw(`split_part(${table}.url, '/', 3)`);
const isDue = (at: Date) => Prisma.sql`due.enabled AND due.removed_at IS NULL AND due.next_poll_at <= ${at}::timestamptz`;
const isHostFree = (at: Date) =>
  Prisma.sql`NOT EXISTS (SELECT FROM sources busy WHERE busy.lease_until > ${at}::timestamptz AND ${hostOf('busy')} = ${hostOf('due')})`;

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

  /** How many sources are in each state, the empty states included. */
  async countByState(): Promise<{ state: SourceState; count: number }[]> {
    const rows = await this.database.source.findMany({ where: { removedAt: null }, select: { enabled: true, consecutiveFailures: true, lastSucceededAt: true } });
    const states = rows.map(stateOf);
    return sourceStates.map((state) => ({ state, count: states.filter((each) => each === state).length }));
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
      INSERT INTO sources (id, name, kind, url, selectors, folder, fallbacks, jurisdiction, language, authority, interval_seconds, alert_on_backfill, enabled, notes,
        catalog_hash, next_poll_at, created_at, updated_at)
      SELECT e.id, e.name, e.kind, e.url, e.selectors, e.folder, ARRAY(SELECT json_array_elements_text(e.fallbacks)), e.jurisdiction, e.language, e.authority, e."intervalSeconds",
        e."alertOnBackfill", e.enabled, e.notes, e.hash, ${at}::timestamptz, ${at}::timestamptz, ${at}::timestamptz
      FROM json_to_recordset(${JSON.stringify(rows)}::json) AS e(id text, name text, kind text, url text, selectors jsonb, folder text, fallbacks json, jurisdiction text, language text,
        authority text, "intervalSeconds" int, "alertOnBackfill" boolean, enabled boolean, notes text, hash text)
      ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, kind = EXCLUDED.kind, url = EXCLUDED.url, selectors = EXCLUDED.selectors, folder = EXCLUDED.folder,
        fallbacks = EXCLUDED.fallbacks,
        jurisdiction = EXCLUDED.jurisdiction, language = EXCLUDED.language, authority = EXCLUDED.authority, interval_seconds = EXCLUDED.interval_seconds,
        alert_on_backfill = EXCLUDED.alert_on_backfill, enabled = EXCLUDED.enabled, notes = EXCLUDED.notes, catalog_hash = EXCLUDED.catalog_hash,
        next_poll_at = EXCLUDED.next_poll_at, updated_at = EXCLUDED.updated_at, removed_at = NULL,
        consecutive_failures = 0, error_code = NULL, error_message = NULL, failing_since = NULL,
        gaps = CASE WHEN sources.url = EXCLUDED.url THEN sources.gaps ELSE '{}' END,
        lease_until = CASE WHEN sources.url = EXCLUDED.url THEN sources.lease_until END,
        etag = CASE WHEN ${isReadAlike} THEN sources.etag END,
        last_modified = CASE WHEN ${isReadAlike} THEN sources.last_modified END,
        backfilled_at = CASE WHEN sources.url = EXCLUDED.url THEN sources.backfilled_at END
      WHERE sources.catalog_hash <> EXCLUDED.catalog_hash
      RETURNING id`;
    return written.map(({ id }) => id);
  }

  /** The sources to poll now: enabled, due, on a host that nobody is asking; of each host the one that waited longest. */
  async due(at: Date): Promise<string[]> {
    const rows = await this.database.$queryRaw<{ id: string }[]>`
      SELECT DISTINCT ON (${hostOf('due')}) due.id FROM sources due
      WHERE ${isDue(at)} AND ${isHostFree(at)}
      ORDER BY ${hostOf('due')}, due.next_poll_at, due.id`;
    return rows.map(({ id }) => id);
  }

  /** The due source to poll next where one of its host was polled just now. */
  async nextOfSameHost(id: string, at: Date): Promise<string | undefined> {
    const [next] = await this.database.$queryRaw<{ id: string }[]>`
      SELECT due.id FROM sources due JOIN sources polled ON polled.id = ${id} AND ${hostOf('polled')} = ${hostOf('due')}
      WHERE ${isDue(at)} AND ${isHostFree(at)}
      ORDER BY due.next_poll_at, due.id LIMIT 1`;
    return next?.id;
  }

  /** Leases a source that is due and whose host nobody is asking; undefined where that is not so any more. */
  async leaseDue(id: string, at: Date, until: Date): Promise<Source | undefined> {
    return this.database.$transaction(async (tx) => {
      // Two sources of one host wait here for each other, so that they cannot both find the host free.
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('tradewatch.host'), hashtext(${hostOf('sources')})) FROM sources WHERE id = ${id}`;
      const leased = await tx.$executeRaw`
        UPDATE sources due SET lease_until = ${until}::timestamptz WHERE due.id = ${id} AND ${isDue(at)} AND ${isHostFree(at)}`;
      return leased === 1 ? toSource(await tx.source.findUniqueOrThrow({ where: { id } })) : undefined;
    });
  }

  /** Leases a source because a person asked, due or not; undefined where it is being polled, or there is none. */
  async leaseNow(id: string, at: Date, until: Date): Promise<Source | undefined> {
    const leased = await this.database.$executeRaw`
      UPDATE sources SET lease_until = ${until}::timestamptz
      WHERE id = ${id} AND removed_at IS NULL AND (lease_until IS NULL OR lease_until <= ${at}::timestamptz)`;
    return leased === 1 ? this.find(id) : undefined;
  }

  /** Moves the end of a lease. @returns the lease from now on; undefined where it is no longer ours. */
  async renew(lease: Lease, until: Date): Promise<Lease | undefined> {
    const { count } = await this.database.source.updateMany({ where: { id: lease.sourceId, leaseUntil: lease.until }, data: { leaseUntil: until } });
    return count === 1 ? { ...lease, until } : undefined;
  }

  async release(lease: Lease): Promise<void> {
    await this.database.source.updateMany({ where: { id: lease.sourceId, leaseUntil: lease.until }, data: { leaseUntil: null } });
  }

  /** Holds the source's row until commit. @returns false where the lease is no longer ours. */
  async lock(tx: Transaction, lease: Lease): Promise<boolean> {
    const rows = await tx.$queryRaw<unknown[]>`SELECT id FROM sources WHERE id = ${lease.sourceId} AND lease_until = ${lease.until}::timestamptz FOR UPDATE`;
    return rows.length === 1;
  }

  /** Writes what a poll showed and ends its lease. @returns false where the lease is no longer ours. */
  async record(lease: Lease, { newArticles = 0, fallbacks, gaps, ...record }: PollRecord, tx: Transaction = this.database): Promise<boolean> {
    const { count } = await tx.source.updateMany({
      where: { id: lease.sourceId, leaseUntil: lease.until },
      data: {
        ...record, ...(fallbacks ? { fallbacks: [...fallbacks] } : {}), ...(gaps ? { gaps: [...gaps] } : {}), ...(record.errorCode === null ? { failingSince: null } : {}),
        articleCount: { increment: newArticles }, leaseUntil: null,
      },
    });
    if (count === 1 && record.errorCode !== null) await tx.source.updateMany({ where: { id: lease.sourceId, failingSince: null }, data: { failingSince: record.lastPolledAt } });
    return count === 1;
  }
}

const noValidators = { etag: null, lastModified: null };
const healthy = { consecutiveFailures: 0, errorCode: null, errorMessage: null, failingSince: null };

function startOver(at: Date) {
  return { ...healthy, ...noValidators, backfilledAt: null, leaseUntil: null, gaps: [], nextPollAt: at };
}

function columns({ id: _id, fallbacks, selectors, ...fields }: SourceDefinition) {
  return { ...fields, selectors: selectors === null ? Prisma.DbNull : { ...selectors }, fallbacks: [...fallbacks] };
}

function toSource({ kind, authority, selectors, catalogHash: _hash, createdAt: _created, updatedAt: _updated, removedAt: _removed, ...row }: Row): Source {
  return { ...row, kind: kind as SourceKind, authority: authority as SourceAuthority, selectors: selectors as ListSelectors | null };
}
