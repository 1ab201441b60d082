import { Injectable } from '@nestjs/common';
import { Database } from '@tradewatch/database';
import type pg from 'pg';
import { logPartitions } from '../event-log.ts';
import type { ReceivedEvent } from '../received-event.ts';

/** Highest sequence number handled, by partition. */
export type Positions = Map<number, bigint>;

interface LogRow {
  seq: string;
  partition: number;
  key: string;
  event_id: string;
  occurred_at: Date;
  traceparent: string | null;
  tracestate: string | null;
  data: string;
}

/** Where the log is read: the pool, or one connection that must be the one. */
export interface LogConnection {
  query<Row extends pg.QueryResultRow>(config: pg.QueryConfig): Promise<pg.QueryResult<Row>>;
}

const fetchSql = `
  SELECT e.* FROM unnest($1::smallint[], $2::bigint[]) AS cursor(partition, position)
  CROSS JOIN LATERAL (
    SELECT seq, partition, key, event_id, occurred_at, traceparent, tracestate, data::text AS data FROM event_log
    WHERE topic = $3 AND partition = cursor.partition AND seq > cursor.position ORDER BY seq LIMIT $4
  ) AS e`;

// One statement, so one round trip: the setting holds for its own transaction.
const commitSql = `
  WITH relaxed AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
  INSERT INTO event_cursors AS kept (consumer_group, topic, partition, position, updated_at)
  SELECT $1, $2, partition, position, now() FROM relaxed, unnest($3::smallint[], $4::bigint[]) AS moved(partition, position)
  ON CONFLICT (consumer_group, topic, partition) DO UPDATE SET position = excluded.position, updated_at = now()
  WHERE kept.position < excluded.position`;

const lagSql = `
  SELECT count(*)::int AS lag FROM (
    SELECT FROM generate_series(0, ${logPartitions - 1}) AS p(partition)
    LEFT JOIN event_cursors c ON c.consumer_group = $1 AND c.topic = $2 AND c.partition = p.partition
    CROSS JOIN LATERAL (SELECT FROM event_log e WHERE e.topic = $2 AND e.partition = p.partition::smallint AND e.seq > coalesce(c.position, 0) LIMIT $3) AS unread
    LIMIT $3) AS counted`;

/** Reads the event log by cursor: one position for each (consumer group, topic, partition). */
@Injectable()
export class EventCursorStore {
  constructor(private readonly database: Database) {}

  async positions(group: string, topic: string): Promise<Positions> {
    const rows = await this.database.eventCursor.findMany({ where: { consumerGroup: group, topic } });
    return new Map(rows.map(({ partition, position }) => [partition, position]));
  }

  /** Up to `limit` events after the given positions of each partition named, oldest first in each; payloads are JSON text. */
  async fetch(topic: string, positions: Positions, limit: number, reader: LogConnection = this.database.pool): Promise<ReceivedEvent[]> {
    const { rows } = await reader.query<LogRow>({ name: 'fetch-events', text: fetchSql, values: [[...positions.keys()], [...positions.values()].map(String), topic, limit] });
    return rows.map((row) => ({
      topic, partition: row.partition, offset: BigInt(row.seq), id: row.event_id, key: row.key, occurredAt: row.occurred_at,
      traceparent: row.traceparent ?? undefined, tracestate: row.tracestate ?? undefined, payload: row.data,
    }));
  }

  /** Moves the group's cursors forward. Losing this in a crash only repeats events, so it need not wait for the disk. */
  async commit(group: string, topic: string, positions: Positions): Promise<void> {
    await this.database.pool.query({ name: 'commit-cursors', text: commitSql, values: [group, topic, [...positions.keys()], [...positions.values()].map(String)] });
  }

  /** Events the group has yet to handle, counted up to `most`: a long backlog must not become slower by being counted. */
  async lag(group: string, topic: string, most = 10_000): Promise<number> {
    const { rows } = await this.database.pool.query<{ lag: number }>({ name: 'count-lag', text: lagSql, values: [group, topic, most] });
    return rows[0]?.lag ?? 0;
  }
}
