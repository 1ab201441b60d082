import { Injectable } from '@nestjs/common';
import { Database } from '@tradewatch/database';
import type pg from 'pg';
import { logPartitions } from '../event-log.ts';

/** Who reads a topic of the log by a cursor of its own. */
export interface LogReader {
  readonly group: string;
  readonly topic: string;
}

const lockKey = 0x7472_7072;

/** Events of one partition deleted at a time: a chunk holds its locks for some tens of milliseconds. */
const chunk = 200;

// A reader that never read stands at 0 in every partition: those this process has declared ($1, $2) count like those
// with cursors. What has moved on since this was read has moved forward.
const readers = `
  readers AS (SELECT consumer_group, topic FROM event_cursors UNION SELECT * FROM unnest($1::text[], $2::text[])),
  positions AS MATERIALIZED (
    SELECT r.consumer_group, r.topic, p.partition::smallint AS partition, coalesce(c.position, 0) AS position
    FROM readers r CROSS JOIN generate_series(0, ${logPartitions - 1}) AS p(partition)
    LEFT JOIN event_cursors c ON c.consumer_group = r.consumer_group AND c.topic = r.topic AND c.partition = p.partition)`;

// Only the beginning of each partition is looked at, so that a log with nothing to delete costs nothing.
const deleteSql = `
  WITH ${readers},
  passed AS (SELECT topic, partition, min(position) AS position FROM positions GROUP BY topic, partition),
  old AS MATERIALIZED (
    SELECT e.seq FROM passed CROSS JOIN LATERAL (
      SELECT seq, occurred_at FROM event_log
      WHERE topic = passed.topic AND partition = passed.partition AND seq <= passed.position ORDER BY seq LIMIT ${chunk}
    ) AS e WHERE e.occurred_at < $3),
  deleted AS (DELETE FROM event_log USING old WHERE event_log.seq = old.seq RETURNING event_log.topic)
  SELECT topic, count(*)::int AS deleted FROM deleted GROUP BY topic`;

const behindSql = `
  WITH ${readers}
  SELECT DISTINCT p.consumer_group AS "group", p.topic FROM positions p CROSS JOIN LATERAL (
    SELECT occurred_at FROM event_log WHERE topic = p.topic AND partition = p.partition AND seq > p.position ORDER BY seq LIMIT 1
  ) AS next WHERE next.occurred_at < $3 ORDER BY 1, 2`;

/** Deletes from the event log, and only what every reader of it has passed. */
@Injectable()
export class EventRetentionStore {
  constructor(private readonly database: Database) {}

  /**
   * Runs `work` while no other process runs its own; it gets the connection that holds the lock, so that whoever lost the
   * one has lost the other. @returns false, at once, when another process is at it.
   */
  async alone(work: (connection: pg.ClientBase) => Promise<void>): Promise<boolean> {
    const connection = await this.database.pool.connect();
    let broken: Error | undefined;
    try {
      const { rows } = await connection.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [lockKey]);
      if (!rows[0]?.held) return false;
      await work(connection);
      await connection.query('SELECT pg_advisory_unlock($1)', [lockKey]);
      return true;
    } catch (error) {
      // The lock goes with the connection.
      broken = error as Error;
      throw error;
    } finally {
      connection.release(broken);
    }
  }

  /** Deletes some of the oldest events from before `cutoff` that every reader has passed. @returns how many, by topic; empty when none is left. */
  async deleteChunk(connection: pg.ClientBase, declared: readonly LogReader[], cutoff: Date): Promise<Map<string, number>> {
    const { rows } = await connection.query<{ topic: string; deleted: number }>(deleteSql, parameters(declared, cutoff));
    return new Map(rows.map(({ topic, deleted }) => [topic, deleted]));
  }

  /** Readers that have yet to handle an event from before `cutoff`: what is kept longer is kept for them. */
  async behind(declared: readonly LogReader[], cutoff: Date): Promise<LogReader[]> {
    return (await this.database.pool.query<LogReader>(behindSql, parameters(declared, cutoff))).rows;
  }

  /** When the oldest event in the log occurred; null when it is empty. */
  async oldest(): Promise<Date | null> {
    const { rows } = await this.database.pool.query<{ oldest: Date | null }>('SELECT min(occurred_at) AS oldest FROM event_log');
    return rows[0]?.oldest ?? null;
  }
}

function parameters(declared: readonly LogReader[], cutoff: Date): unknown[] {
  return [declared.map(({ group }) => group), declared.map(({ topic }) => topic), cutoff];
}
