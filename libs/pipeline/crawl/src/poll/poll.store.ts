// SQL of the polls: which source may be asked next and by whom (its lease and its host's turn), and what a poll leaves on its row.
import { Injectable } from '@nestjs/common';
import { Database, Prisma, type Transaction } from '@tradewatch/database';
import { HostStore, type HostTurn } from '../host/host.store.ts';
import { sourceStates, stateOf, type Source, type SourceState } from '../source/source.ts';
import { toSource, type SourceRow } from '../source/source.store.ts';

/** The right to poll a source until `until`, which also tells this lease from a later one. */
export interface Lease {
  readonly sourceId: string;
  readonly until: Date;
}

/** A source that is due, leased together with its host's turn. */
export interface DuePoll {
  readonly source: Source;
  readonly turn: HostTurn;
}

type Health = Pick<Source, 'lastPolledAt' | 'nextPollAt' | 'consecutiveFailures' | 'errorCode' | 'errorMessage'>;

/** What a poll leaves on the source's row. */
export type PollRecord = Health & { readonly newArticles?: number } & Partial<
  Pick<Source, 'url' | 'fallbacks' | 'etag' | 'lastModified' | 'lastSucceededAt' | 'lastNewEntryAt' | 'backfilledAt' | 'enabled' | 'gaps' | 'usualGapSeconds' | 'longestGapSeconds' | 'newestEntryAt' | 'schedule'>>;

/** What a poll leaves that found everything as it was: times, and health where it changed. */
export interface UnchangedRecord extends Health {
  readonly lease: Lease;
  readonly lastPolledAt: Date;
  readonly url: string;
}

/** Scheme and path left out: `https://example.org:8080/feed` is polled on host `example.org:8080`. */
const hostOf = (table: string) => Prisma.raw(`split_part(${table}.url, '/', 3)`);
const isActive = (table: string) => Prisma.raw(`${table}.enabled AND ${table}.removed_at IS NULL`);
const isFree = (table: string, at: Date) => Prisma.sql`(${Prisma.raw(table)}.lease_until IS NULL OR ${Prisma.raw(table)}.lease_until <= ${at}::timestamptz)`;

/** $1 now, $2 end of the leases, $3 this process, $4 how many. */
const takeDueStatement = `
  WITH waiting AS (
    SELECT due.id, split_part(due.url, '/', 3) AS host, due.next_poll_at FROM sources due LEFT JOIN crawl_hosts h ON h.host = split_part(due.url, '/', 3)
    WHERE due.enabled AND due.removed_at IS NULL AND due.next_poll_at <= $1::timestamptz AND (due.lease_until IS NULL OR due.lease_until <= $1::timestamptz)
      AND (h.host IS NULL OR (h.next_request_at <= $1::timestamptz AND (h.lease_until IS NULL OR h.lease_until <= $1::timestamptz)))
    ORDER BY due.next_poll_at, due.id LIMIT $4::int * 8
  ), chosen AS (
    SELECT * FROM (SELECT DISTINCT ON (host) * FROM waiting ORDER BY host, next_poll_at, id) first_of_host ORDER BY next_poll_at, id LIMIT $4::int
  ), taken AS (
    INSERT INTO crawl_hosts AS h (host, next_request_at, lease_until, held_by) SELECT host, $1::timestamptz, $2::timestamptz, $3::uuid FROM chosen ORDER BY host
    ON CONFLICT (host) DO UPDATE SET lease_until = EXCLUDED.lease_until, held_by = EXCLUDED.held_by
    WHERE h.next_request_at <= $1::timestamptz AND (h.lease_until IS NULL OR h.lease_until <= $1::timestamptz)
    RETURNING host, crawl_delay_ms, robots_fetched_at, robots_expire_at, robots_text = '' AS robots_open
  )
  UPDATE sources s SET lease_until = $2::timestamptz FROM chosen JOIN taken USING (host)
  WHERE s.id = chosen.id AND s.enabled AND s.removed_at IS NULL AND s.next_poll_at <= $1::timestamptz AND (s.lease_until IS NULL OR s.lease_until <= $1::timestamptz)
  RETURNING s.*, taken.host AS turn_host, taken.crawl_delay_ms AS turn_crawl_delay_ms, taken.robots_fetched_at AS turn_robots_fetched_at,
    taken.robots_expire_at AS turn_robots_expire_at, taken.robots_open AS turn_robots_open`;

const camelNames = new Map<string, string>();

/** A row under the names that Prisma gives its columns; those of the turn are left out. */
function camelCase(row: Record<string, unknown>): Record<string, unknown> {
  const renamed: Record<string, unknown> = {};
  for (const column in row) {
    if (column.startsWith('turn_')) continue;
    let name = camelNames.get(column);
    if (name === undefined) camelNames.set(column, (name = column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())));
    renamed[name] = row[column];
  }
  return renamed;
}

function turnOf(row: Record<string, unknown>): HostTurn {
  return {
    host: row['turn_host'] as string, crawlDelayMs: row['turn_crawl_delay_ms'] as number, robotsFetchedAt: row['turn_robots_fetched_at'] as Date | null,
    robotsExpireAt: row['turn_robots_expire_at'] as Date | null, robotsOpen: row['turn_robots_open'] === true,
  };
}

@Injectable()
export class PollStore {
  constructor(private readonly database: Database, private readonly hosts: HostStore) {}

  /**
   * Leases sources to be polled now, the longest overdue first: enabled, due, and one of each host whose turn is free, which is taken
   * in the same statement. Callers at the same time, in whatever process, never get the same source or host.
   */
  async takeDue(most: number, at: Date, until: Date): Promise<DuePoll[]> {
    // One of the step's hot statements, hence on a plain connection: rows of forty columns cost Prisma more than PostgreSQL.
    const { rows } = await this.database.pool.query<Record<string, unknown>>(takeDueStatement, [at, until, this.hosts.holder, most]);
    return rows.map((row) => ({ source: toSource(camelCase(row) as SourceRow), turn: turnOf(row) }));
  }

  /** When the next source can be taken, as far as it is known now; undefined where none is due within `withinMs`. */
  async nextDueAt(at: Date, withinMs: number): Promise<Date | undefined> {
    const [row] = await this.database.$queryRaw<{ next: Date | null }[]>`
      SELECT min(greatest(s.next_poll_at, s.lease_until, h.next_request_at, h.lease_until)) AS next FROM sources s LEFT JOIN crawl_hosts h ON h.host = ${hostOf('s')}
      WHERE ${isActive('s')} AND s.next_poll_at <= ${new Date(at.getTime() + withinMs)}::timestamptz`;
    return row?.next ?? undefined;
  }

  async countDue(at: Date): Promise<number> {
    return this.database.source.count({ where: { enabled: true, removedAt: null, nextPollAt: { lte: at } } });
  }

  /** How many sources are in each state, the empty states included, and which codes they show. */
  async health(): Promise<{ states: { state: SourceState; count: number }[]; sources: Pick<Source, 'consecutiveFailures' | 'errorCode'>[] }> {
    const sources = await this.database.source.findMany({ where: { removedAt: null }, select: { enabled: true, consecutiveFailures: true, errorCode: true, lastSucceededAt: true } });
    const states = sources.map(stateOf);
    return { states: sourceStates.map((state) => ({ state, count: states.filter((each) => each === state).length })), sources: sources.filter(({ enabled }) => enabled) };
  }

  /** Leases a source because a person asked, due or not; undefined where it is being polled, or there is none. */
  async leaseNow(id: string, at: Date, until: Date): Promise<Source | undefined> {
    const leased = await this.database.$executeRaw`
      UPDATE sources s SET lease_until = ${until}::timestamptz WHERE id = ${id} AND removed_at IS NULL AND ${isFree('s', at)}`;
    if (leased !== 1) return undefined;
    const row = await this.database.source.findFirst({ where: { id, removedAt: null } });
    return row ? toSource(row) : undefined;
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
  async record(lease: Lease, { newArticles = 0, fallbacks, gaps, schedule, ...record }: PollRecord, tx: Transaction = this.database): Promise<boolean> {
    const { count } = await tx.source.updateMany({
      where: { id: lease.sourceId, leaseUntil: lease.until },
      data: {
        ...record, ...(fallbacks ? { fallbacks: [...fallbacks] } : {}), ...(gaps ? { gaps: [...gaps] } : {}), ...(record.errorCode === null ? { failingSince: null } : {}),
        ...(schedule === undefined ? {} : { schedule: schedule === null ? Prisma.DbNull : { ...schedule, skipHours: [...schedule.skipHours], skipDays: [...schedule.skipDays] } }),
        articleCount: { increment: newArticles }, leaseUntil: null,
      },
    });
    if (count === 1 && record.errorCode !== null) await tx.source.updateMany({ where: { id: lease.sourceId, failingSince: null }, data: { failingSince: record.lastPolledAt } });
    return count === 1;
  }

  /** Writes what many polls showed that found nothing changed, and ends their leases: one statement. @returns for each whether the lease was still ours. */
  async recordUnchanged(records: readonly UnchangedRecord[]): Promise<boolean[]> {
    const rows = records.map(({ lease, url, lastPolledAt, nextPollAt, errorCode, errorMessage }) => ({
      id: lease.sourceId, lease: lease.until, url, at: lastPolledAt, next: nextPollAt, code: errorCode, message: errorMessage,
    }));
    const { rows: written } = await this.database.pool.query<{ id: string }>(
      `UPDATE sources s SET last_polled_at = r.at, last_succeeded_at = r.at, next_poll_at = r.next, lease_until = NULL, url = r.url,
         consecutive_failures = 0, error_code = r.code, error_message = r.message, failing_since = CASE WHEN r.code IS NOT NULL THEN coalesce(s.failing_since, r.at) END
       FROM json_to_recordset($1::json) AS r(id text, lease timestamptz, url text, at timestamptz, next timestamptz, code text, message text)
       WHERE s.id = r.id AND s.lease_until = r.lease RETURNING s.id`,
      [JSON.stringify(rows)],
    );
    const held = new Set(written.map(({ id }) => id));
    return records.map(({ lease }) => held.has(lease.sourceId));
  }
}
