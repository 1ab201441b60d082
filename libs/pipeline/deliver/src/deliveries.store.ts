import { Injectable } from '@nestjs/common';
import { Database } from '@tradewatch/database';

export const deliveryStates = ['pending', 'sending', 'sent', 'dead'] as const;

export interface DeliveryQuery {
  readonly states?: readonly string[] | undefined;
  readonly channelIds?: readonly string[] | undefined;
  readonly subscriptionIds?: readonly string[] | undefined;
  /** The last delivery of the page before, newest first. */
  readonly after?: { readonly createdAt: string; readonly id: string } | undefined;
  readonly limit: number;
}

/** A delivery as the API tells of it. */
export interface DeliveryRecord {
  readonly id: string;
  readonly state: (typeof deliveryStates)[number];
  readonly alertId: string;
  readonly channel: { readonly id: string; readonly name: string; readonly type: string };
  readonly subscription: { readonly id: string; readonly name: string };
  readonly article: { readonly id: string; readonly title: string | null; readonly url: string | null };
  readonly developments: readonly { readonly kind: string; readonly stage: string }[];
  readonly digest: boolean;
  readonly createdAt: Date;
  readonly dueAt: Date;
  readonly sentAt: Date | null;
  readonly attemptCount: number;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

export interface AttemptRecord {
  readonly attempt: number;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly outcome: string;
  readonly httpStatus: number | null;
  readonly errorCode: string | null;
  readonly message: string | null;
}

interface Row {
  readonly id: string;
  readonly state: DeliveryRecord['state'];
  readonly alert_id: string;
  readonly channel_id: string;
  readonly channel_name: string;
  readonly channel_type: string;
  readonly subscription_id: string;
  readonly subscription_name: string;
  readonly article_id: string;
  readonly title: string | null;
  readonly url: string | null;
  readonly developments: string[];
  readonly digest: boolean;
  readonly created_at: Date;
  readonly due_at: Date;
  readonly sent_at: Date | null;
  readonly attempt_count: number;
  readonly error_code: string | null;
  readonly error_message: string | null;
}

const selection = `SELECT d.id, d.state, d.alert_id, d.channel_id, c.name AS channel_name, c.type AS channel_type, d.subscription_id, s.name AS subscription_name,
    a.article_id, a.content->'article'->>'title' AS title, a.content->'article'->>'url' AS url, a.developments, d.digest, d.created_at, d.due_at, d.sent_at,
    d.attempt_count, d.error_code, d.error_message
  FROM deliveries d JOIN channels c ON c.id = d.channel_id JOIN alerts a ON a.id = d.alert_id JOIN subscriptions s ON s.id = a.subscription_id`;

/** The record of deliveries, for people. */
@Injectable()
export class DeliveriesStore {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(userId: string, { states, channelIds, subscriptionIds, after, limit }: DeliveryQuery): Promise<DeliveryRecord[]> {
    const values: unknown[] = [userId];
    const bind = (value: unknown): string => `$${values.push(value)}`;
    const conditions = ['s.user_id = $1::uuid'];
    if (states) conditions.push(`d.state = ANY(${bind(states)}::text[])`);
    if (channelIds) conditions.push(`d.channel_id = ANY(${bind(channelIds)}::uuid[])`);
    if (subscriptionIds) conditions.push(`d.subscription_id = ANY(${bind(subscriptionIds)}::uuid[])`);
    if (after) conditions.push(`(d.created_at, d.id) < (${bind(after.createdAt)}::timestamptz, ${bind(after.id)}::uuid)`);
    const { rows } = await this.database.pool.query<Row>(`${selection} WHERE ${conditions.join(' AND ')} ORDER BY d.created_at DESC, d.id DESC LIMIT ${bind(limit)}`, values);
    return rows.map(toRecord);
  }

  async find(userId: string, id: string): Promise<(DeliveryRecord & { attempts: AttemptRecord[] }) | null> {
    const { rows: [row] } = await this.database.pool.query<Row>(`${selection} WHERE s.user_id = $1::uuid AND d.id = $2::uuid`, [userId, id]);
    if (!row) return null;
    const { rows: attempts } = await this.database.pool.query<AttemptRecord>(
      `SELECT attempt, started_at AS "startedAt", finished_at AS "finishedAt", outcome, http_status AS "httpStatus", error_code AS "errorCode", message
       FROM delivery_attempts WHERE delivery_id = $1::uuid ORDER BY attempt`, [id]);
    return { ...toRecord(row), attempts };
  }

  /** Makes a dead delivery due again. @returns its channel, or null where it is not dead. */
  async revive(id: string, dueAt: Date): Promise<string | null> {
    const { rows: [row] } = await this.database.pool.query<{ channel_id: string }>(
      `UPDATE deliveries SET state = 'pending', due_at = $2, lease_until = NULL WHERE id = $1::uuid AND state = 'dead' RETURNING channel_id`, [id, dueAt]);
    return row?.channel_id ?? null;
  }
}

function toRecord(row: Row): DeliveryRecord {
  return {
    id: row.id, state: row.state, alertId: row.alert_id,
    channel: { id: row.channel_id, name: row.channel_name, type: row.channel_type },
    subscription: { id: row.subscription_id, name: row.subscription_name },
    article: { id: row.article_id, title: row.title, url: row.url },
    developments: row.developments.map((pair) => {
      const [kind = '', stage = ''] = pair.split(':');
      return { kind, stage };
    }),
    digest: row.digest, createdAt: row.created_at, dueAt: row.due_at, sentAt: row.sent_at,
    attemptCount: row.attempt_count, errorCode: row.error_code, errorMessage: row.error_message,
  };
}
