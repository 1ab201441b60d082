import { Injectable } from '@nestjs/common';
import { Database } from '@tradewatch/database';
import { effectId } from '@tradewatch/messaging';
import { rateLimit, toleranceMs } from './rate-limit.ts';

/** A subscription's wishes, for planning the delivery of one alert to its channels. */
export interface AlertToDeliver {
  readonly alertId: string;
  readonly subscriptionId: string;
  readonly mode: unknown;
  readonly quietHours: unknown;
}

export interface PlannedDelivery {
  readonly alertId: string;
  readonly subscriptionId: string;
  readonly channelIds: readonly string[];
  readonly dueAt: Date;
  readonly digest: boolean;
  /** W3C trace context of the alert. */
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
}

/** One message to send: a delivery, or the deliveries of a digest, with a lease on its channel. */
export interface ClaimedMessage {
  readonly channelId: string;
  readonly channelType: string;
  readonly settings: unknown;
  readonly subscriptionName: string;
  readonly digest: boolean;
  /** Ends the claim; also names it, so that an expired one cannot release the next. */
  readonly leaseUntil: Date;
  readonly deliveries: readonly ClaimedDelivery[];
}

export interface ClaimedDelivery {
  readonly id: string;
  readonly attempt: number;
  readonly content: unknown;
  readonly traceparent: string | null;
  readonly tracestate: string | null;
}

/** What came of an attempt at one delivery, to be recorded. */
export interface FinishedAttempt {
  readonly deliveryId: string;
  readonly channelId: string;
  readonly attempt: number;
  readonly leaseUntil: Date;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly state: 'pending' | 'sent' | 'dead';
  /** When it is due again; null unless pending. */
  readonly dueAt: Date | null;
  /** Until when the channel is left alone after a failure; null where it need not be. */
  readonly holdUntil: Date | null;
  /** The channel's time must not be earlier than this: what a receiver that limits us asks for, its bursts included; else null. */
  readonly channelTime: Date | null;
  readonly httpStatus: number | null;
  readonly errorCode: string | null;
  readonly message: string | null;
}

/** Longer than an attempt takes; short, for a message whose process was killed is sent by another only when it ends. */
const leaseMs = 12_000;
const mostInDigest = 500;

/** Deliveries as a queue: the rows are the truth, and every statement leaves them true. */
@Injectable()
export class DeliveryQueueStore {
  constructor(private readonly database: Database) {}

  /** The alerts that (still) exist, with what their subscriptions ask for. */
  async toDeliver(alertIds: readonly string[]): Promise<AlertToDeliver[]> {
    const { rows } = await this.database.pool.query<AlertToDeliver>({
      name: 'deliver-wishes',
      text: `SELECT a.id AS "alertId", s.id AS "subscriptionId", s.mode, s.quiet_hours AS "quietHours"
             FROM alerts a JOIN subscriptions s ON s.id = a.subscription_id WHERE a.id = ANY($1::uuid[])`,
      values: [alertIds],
    });
    return rows;
  }

  /** Adds a delivery for each (alert, channel) that has none; what was deleted meanwhile gets none. @returns those added. */
  async add(planned: readonly PlannedDelivery[]): Promise<{ channelId: string; dueAt: Date }[]> {
    const flat = planned.flatMap((each) => each.channelIds.map((channelId) => ({ ...each, channelId, id: effectId('delivery', each.alertId, channelId) })));
    const { rows } = await this.database.effects.query<{ channelId: string; dueAt: Date }>({
      name: 'deliver-add',
      text: `WITH planned AS (SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::boolean[], $6::text[], $7::text[], $8::uuid[]) AS p(alert_id, channel_id, subscription_id, due_at, digest, traceparent, tracestate, id)),
               live_alerts AS (SELECT id FROM alerts WHERE id IN (SELECT alert_id FROM planned) FOR KEY SHARE),
               live_channels AS (SELECT id FROM channels WHERE id IN (SELECT channel_id FROM planned) FOR KEY SHARE)
             INSERT INTO deliveries (id, alert_id, channel_id, subscription_id, due_at, digest, traceparent, tracestate)
             SELECT p.id, p.alert_id, p.channel_id, p.subscription_id, p.due_at, p.digest, p.traceparent, p.tracestate
             FROM planned p JOIN live_alerts a ON a.id = p.alert_id JOIN live_channels c ON c.id = p.channel_id
             ON CONFLICT (alert_id, channel_id) DO NOTHING RETURNING channel_id AS "channelId", due_at AS "dueAt"`,
      values: [flat.map((each) => each.alertId), flat.map((each) => each.channelId), flat.map((each) => each.subscriptionId), flat.map((each) => each.dueAt), flat.map((each) => each.digest),
        flat.map((each) => each.traceparent ?? null), flat.map((each) => each.tracestate ?? null), flat.map((each) => each.id)],
    });
    return rows;
  }

  /**
   * Claims the next due message of each of these channels that may be sent to now: the oldest due delivery, and where it is
   * part of a digest all that are due with it. A claim holds the channel and counts as an attempt; a delivery whose earlier
   * claim ran out (its process is gone) is claimed again, and the lost attempt recorded.
   */
  async claim(channelIds: readonly string[], now: Date): Promise<ClaimedMessage[]> {
    const leaseUntil = new Date(now.getTime() + leaseMs);
    const { rows } = await this.database.effects.query<ClaimRow>({
      name: 'deliver-claim',
      text: `
        WITH free AS MATERIALIZED (
          SELECT c.id, c.type, c.settings FROM channels c
          WHERE c.id = ANY($1::uuid[]) AND c.next_send_at <= $2::timestamptz + $4 * interval '1 ms' AND (c.lease_until IS NULL OR c.lease_until <= $2)
            AND EXISTS (SELECT 1 FROM deliveries d WHERE d.channel_id = c.id AND ${isOpen} AND ${claimableAt} <= $2::timestamptz)
          ORDER BY c.id FOR NO KEY UPDATE SKIP LOCKED
        ), head AS MATERIALIZED (
          SELECT d.* FROM free CROSS JOIN LATERAL (
            SELECT d.id, d.channel_id, d.subscription_id, d.digest, d.state, d.due_at, d.attempt_count FROM deliveries d
            WHERE d.channel_id = free.id AND ${isOpen} AND ${claimableAt} <= $2::timestamptz ORDER BY d.due_at, d.id LIMIT 1 FOR UPDATE SKIP LOCKED) d
        ), picked AS MATERIALIZED (
          SELECT id, state FROM head
          UNION ALL
          SELECT more.id, more.state FROM head CROSS JOIN LATERAL (
            SELECT d.id, d.state FROM deliveries d
            WHERE head.digest AND d.digest AND d.channel_id = head.channel_id AND d.subscription_id = head.subscription_id AND d.id <> head.id
              AND ${isOpen} AND d.state = head.state AND ${claimableAt} <= $2::timestamptz AND d.due_at = head.due_at AND d.attempt_count = head.attempt_count
            ORDER BY d.id LIMIT ${mostInDigest - 1} FOR UPDATE SKIP LOCKED) more
        ), lost AS (
          INSERT INTO delivery_attempts (delivery_id, attempt, started_at, finished_at, outcome, error_code, message)
          SELECT d.id, d.attempt_count, d.lease_until - interval '${leaseMs} ms', $2, 'retry', 'interrupted', 'The process sending it ended before the outcome was known'
          FROM deliveries d JOIN picked ON picked.id = d.id WHERE picked.state = 'sending'
          ON CONFLICT DO NOTHING
        ), claimed AS (
          UPDATE deliveries d SET state = 'sending', lease_until = $3, attempt_count = d.attempt_count + 1
          FROM picked WHERE d.id = picked.id RETURNING d.id, d.channel_id, d.alert_id, d.digest, d.attempt_count, d.traceparent, d.tracestate
        ), held AS (
          UPDATE channels c SET lease_until = $3, next_send_at = greatest(c.next_send_at, $2) + interval '${rateLimit.intervalMs} ms'
          FROM head WHERE c.id = head.channel_id
        )
        SELECT claimed.id, claimed.attempt_count AS attempt, claimed.channel_id, claimed.digest, claimed.traceparent, claimed.tracestate, free.type, free.settings, s.name, a.content
        FROM claimed JOIN free ON free.id = claimed.channel_id JOIN alerts a ON a.id = claimed.alert_id JOIN subscriptions s ON s.id = a.subscription_id
        ORDER BY claimed.channel_id, a.raised_at DESC, claimed.id`,
      values: [channelIds, now, leaseUntil, toleranceMs],
    });
    return [...Map.groupBy(rows, (row) => row.channel_id).values()].map((group) => toMessage(group, leaseUntil));
  }

  /**
   * Records attempts and what follows from them. An answer that comes after its claim ran out still counts if it says "sent".
   * (Both writes go through `live`: a row that its own statement has updated already can no longer be locked by it.)
   */
  async finish(attempts: readonly FinishedAttempt[]): Promise<void> {
    await this.database.effects.query({
      name: 'deliver-finish',
      text: `
        WITH done AS MATERIALIZED (
          SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::int[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[], $7::text[], $8::timestamptz[], $9::timestamptz[], $10::int[], $11::text[], $12::text[], $13::timestamptz[])
            AS t(id, channel_id, attempt, lease_until, started_at, finished_at, state, due_at, channel_time, http_status, error_code, message, hold_until)
        ), live AS (SELECT id FROM deliveries WHERE id IN (SELECT id FROM done) ORDER BY id FOR UPDATE
        ), recorded AS (
          INSERT INTO delivery_attempts (delivery_id, attempt, started_at, finished_at, outcome, http_status, error_code, message)
          SELECT done.id, attempt, started_at, finished_at, CASE state WHEN 'pending' THEN 'retry' ELSE state END, http_status, error_code, message FROM done JOIN live USING (id)
          ON CONFLICT (delivery_id, attempt) DO UPDATE SET finished_at = excluded.finished_at, outcome = excluded.outcome,
            http_status = excluded.http_status, error_code = excluded.error_code, message = excluded.message
        ), moved AS (
          UPDATE deliveries d SET state = done.state, lease_until = NULL, due_at = coalesce(done.due_at, d.due_at), error_code = done.error_code, error_message = done.message,
            sent_at = CASE WHEN done.state = 'sent' THEN done.finished_at END
          FROM done JOIN live USING (id) WHERE d.id = done.id AND ((d.state = 'sending' AND d.attempt_count = done.attempt) OR (done.state = 'sent' AND d.state <> 'sent'))
        )
        UPDATE channels c SET
          lease_until = CASE WHEN c.lease_until = done.lease_until THEN done.hold_until ELSE c.lease_until END,
          next_send_at = greatest(c.next_send_at, done.channel_time),
          last_sent_at = CASE WHEN done.state = 'sent' THEN done.finished_at ELSE c.last_sent_at END,
          last_error_at = CASE WHEN done.state = 'sent' THEN c.last_error_at ELSE done.finished_at END,
          last_error_message = CASE WHEN done.state = 'sent' THEN c.last_error_message ELSE done.message END
        FROM (SELECT DISTINCT ON (channel_id) * FROM done ORDER BY channel_id, finished_at DESC) done WHERE c.id = done.channel_id`,
      values: [
        attempts.map((each) => each.deliveryId), attempts.map((each) => each.channelId), attempts.map((each) => each.attempt), attempts.map((each) => each.leaseUntil),
        attempts.map((each) => each.startedAt), attempts.map((each) => each.finishedAt), attempts.map((each) => each.state), attempts.map((each) => each.dueAt),
        attempts.map((each) => each.channelTime), attempts.map((each) => each.httpStatus), attempts.map((each) => each.errorCode), attempts.map((each) => each.message), attempts.map((each) => each.holdUntil),
      ],
    });
  }

  /** When each of these channels next has something to send that it may send; channels with nothing open are left out. */
  async nextWakes(channelIds: readonly string[]): Promise<{ channelId: string; at: Date }[]> {
    const { rows } = await this.database.pool.query<{ channelId: string; at: Date }>({
      name: 'deliver-next-wakes',
      text: `SELECT c.id AS "channelId", greatest(next.at, c.next_send_at - $2 * interval '1 ms', c.lease_until) AS at
             FROM channels c CROSS JOIN LATERAL (
               SELECT min(${claimableAt}) AS at FROM deliveries d WHERE d.channel_id = c.id AND ${isOpen}) next
             WHERE c.id = ANY($1::uuid[]) AND next.at IS NOT NULL`,
      values: [channelIds, toleranceMs],
    });
    return rows;
  }

  /** Every channel with something due, or claimed by a process that may be gone, until then, whatever became of its wake-up. */
  async channelsWithDue(until: Date): Promise<string[]> {
    const { rows } = await this.database.pool.query<{ id: string }>({
      name: 'deliver-due-channels',
      text: `SELECT DISTINCT d.channel_id AS id FROM deliveries d WHERE ${isOpen} AND ${claimableAt} <= $1::timestamptz`,
      values: [until],
    });
    return rows.map(({ id }) => id);
  }
}

// The planner uses the partial index on open deliveries where this condition is spelt as the index has it.
const isOpen = `d.state IN ('pending', 'sending')`;
/** When an open delivery may be claimed: at its due time, or when an earlier claim has run out. */
const claimableAt = `(CASE d.state WHEN 'pending' THEN d.due_at ELSE d.lease_until END)`;

interface ClaimRow {
  readonly id: string;
  readonly attempt: number;
  readonly channel_id: string;
  readonly digest: boolean;
  readonly type: string;
  readonly settings: unknown;
  readonly name: string;
  readonly content: unknown;
  readonly traceparent: string | null;
  readonly tracestate: string | null;
}

function toMessage(group: readonly ClaimRow[], leaseUntil: Date): ClaimedMessage {
  const { channel_id: channelId, type: channelType, settings, name: subscriptionName, digest } = group[0]!;
  return { channelId, channelType, settings, subscriptionName, digest, leaseUntil, deliveries: group.map(({ id, attempt, content, traceparent, tracestate }) => ({ id, attempt, content, traceparent, tracestate })) };
}
