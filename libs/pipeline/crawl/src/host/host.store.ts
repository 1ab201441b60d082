// SQL of the hosts: who may send the next request to one, when, and what its robots.txt said. One row a host, shared by all replicas.
import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database } from '@tradewatch/database';

/** The right to send one request to a host. */
export interface HostTurn {
  readonly host: string;
  /** From robots.txt; 0 where it says nothing. */
  readonly crawlDelayMs: number;
  /** When the robots.txt on record was fetched; null where there is none. */
  readonly robotsFetchedAt: Date | null;
  /** The robots.txt on record counts until then. */
  readonly robotsExpireAt: Date | null;
  /** The robots.txt on record has no rules. */
  readonly robotsOpen: boolean;
}

/** A host that has to wait; `until` is a guess where somebody is talking to it. */
export interface HostWait {
  readonly turn?: undefined;
  readonly waitUntil: Date;
  readonly isTaken: boolean;
}

export interface HostRelease {
  readonly host: string;
  readonly nextRequestAt: Date;
}

@Injectable()
export class HostStore {
  /** This process among the replicas. */
  readonly holder = randomUUID();

  constructor(private readonly database: Database) {}

  /** Takes the host where nobody is talking to it and its gap is over; otherwise says how long to wait. */
  async take(host: string, at: Date, until: Date): Promise<{ readonly turn: HostTurn } | HostWait> {
    const [row] = await this.database.$queryRaw<(HostTurn & { isOurs: boolean; waitUntil: Date; isTaken: boolean })[]>`
      WITH taken AS (
        INSERT INTO crawl_hosts AS h (host, next_request_at, lease_until, held_by) VALUES (${host}, ${at}::timestamptz, ${until}::timestamptz, ${this.holder}::uuid)
        ON CONFLICT (host) DO UPDATE SET lease_until = EXCLUDED.lease_until, held_by = EXCLUDED.held_by
        WHERE h.next_request_at <= ${at}::timestamptz AND (h.lease_until IS NULL OR h.lease_until <= ${at}::timestamptz)
        RETURNING *
      )
      SELECT true AS "isOurs", false AS "isTaken", host, crawl_delay_ms AS "crawlDelayMs", robots_fetched_at AS "robotsFetchedAt", robots_expire_at AS "robotsExpireAt",
        robots_text = '' AS "robotsOpen", lease_until AS "waitUntil"
      FROM taken
      UNION ALL
      SELECT false, coalesce(lease_until > ${at}::timestamptz, false), host, crawl_delay_ms, robots_fetched_at, robots_expire_at, false, greatest(next_request_at, lease_until)
      FROM crawl_hosts WHERE host = ${host} AND NOT EXISTS (SELECT FROM taken)`;
    // Inserted by another process at this moment: its row is not to be seen yet.
    if (!row) return { waitUntil: at, isTaken: true };
    const { isOurs, waitUntil, isTaken, ...turn } = row;
    return isOurs ? { turn } : { waitUntil, isTaken };
  }

  /** Gives hosts back. A host that is no longer ours is left alone. */
  async release(releases: readonly HostRelease[]): Promise<void> {
    await this.database.pool.query(
      `UPDATE crawl_hosts h SET lease_until = NULL, held_by = NULL, next_request_at = r.next
       FROM unnest($1::text[], $2::timestamptz[]) AS r(host, next) WHERE h.host = r.host AND h.held_by = $3::uuid`,
      [releases.map(({ host }) => host), releases.map(({ nextRequestAt }) => nextRequestAt), this.holder],
    );
  }

  /** Moves the end of the leases of hosts that are still ours. */
  async renew(hosts: readonly string[], until: Date): Promise<void> {
    await this.database.$executeRaw`UPDATE crawl_hosts SET lease_until = ${until}::timestamptz WHERE host = ANY(${hosts}::text[]) AND held_by = ${this.holder}::uuid`;
  }

  async robotsText(host: string): Promise<string> {
    const [row] = await this.database.$queryRaw<{ text: string | null }[]>`SELECT robots_text AS text FROM crawl_hosts WHERE host = ${host}`;
    return row?.text ?? '';
  }

  async saveRobots(host: string, { text, crawlDelayMs, fetchedAt, expireAt }: { text: string; crawlDelayMs: number; fetchedAt: Date; expireAt: Date }): Promise<void> {
    await this.database.$executeRaw`
      UPDATE crawl_hosts SET robots_text = ${text}, crawl_delay_ms = ${Math.round(crawlDelayMs)}, robots_fetched_at = ${fetchedAt}::timestamptz, robots_expire_at = ${expireAt}::timestamptz
      WHERE host = ${host}`;
  }

  /** Lets the robots.txt on record count longer, because a new one cannot be had. */
  async keepRobots(host: string, expireAt: Date): Promise<void> {
    await this.database.$executeRaw`UPDATE crawl_hosts SET robots_expire_at = ${expireAt}::timestamptz WHERE host = ${host}`;
  }
}

/** What the gate needs of the record of hosts; where there is no database, it is kept in memory. */
export type Hosts = Pick<HostStore, 'take' | 'release' | 'renew' | 'robotsText' | 'saveRobots' | 'keepRobots'>;
