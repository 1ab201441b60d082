import { Injectable } from '@nestjs/common';
import { Database } from '@tradewatch/database';

export interface StoredRule {
  readonly subscriptionId: string;
  readonly filter: unknown;
  readonly channelIds: readonly string[];
  readonly createdAt: Date;
}

/** Reads the rules of enabled subscriptions. */
@Injectable()
export class RulesStore {
  constructor(private readonly database: Database) {}

  /**
   * A fingerprint of all subscriptions and their channels that changes with any committed change: built on row versions
   * (xmin), because times can tie and commit out of order.
   */
  async version(): Promise<string> {
    const { rows } = await this.database.pool.query<{ version: string }>({
      name: 'rules-version',
      text: `SELECT (SELECT count(*) || ':' || coalesce(sum(hashtextextended(id::text || xmin::text, 0)), 0) FROM subscriptions) || '/' ||
               (SELECT count(*) || ':' || coalesce(sum(hashtextextended(subscription_id::text || channel_id || xmin::text, 0)), 0) FROM subscription_channels) AS version`,
    });
    return rows[0]!.version;
  }

  async enabled(): Promise<StoredRule[]> {
    const { rows } = await this.database.pool.query<StoredRule>(
      `SELECT s.id AS "subscriptionId", s.filter, s.created_at AS "createdAt",
         coalesce((SELECT array_agg(c.channel_id ORDER BY c.channel_id) FROM subscription_channels c WHERE c.subscription_id = s.id), '{}') AS "channelIds"
       FROM subscriptions s WHERE s.enabled`,
    );
    return rows;
  }
}
