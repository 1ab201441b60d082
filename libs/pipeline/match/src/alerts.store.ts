import { Injectable } from '@nestjs/common';
import { storableText, type Connection } from '@tradewatch/database';
import type { AlertContent } from './alert-content.ts';

export interface NewAlert {
  readonly id: string;
  readonly subscriptionId: string;
  readonly storyId: string;
  readonly articleId: string;
  readonly cause: string;
  /** `kind:stage` pairs. */
  readonly developments: readonly string[];
  readonly content: AlertContent;
  readonly raisedAt: Date;
}

/** A subscription's view of one story. */
export interface StoryOfSubscription {
  readonly subscriptionId: string;
  readonly storyId: string;
}

@Injectable()
export class AlertsStore {
  /** Makes whoever else decides about one of these stories wait until the transaction ends. */
  async lockStories(connection: Connection, storyIds: readonly string[]): Promise<void> {
    await connection.query({
      name: 'alerts-lock-stories',
      text: `SELECT count(pg_advisory_xact_lock(hashtext('tradewatch.alerts'), key)) FROM (
               SELECT DISTINCT hashtext(story) AS key FROM unnest($1::text[]) AS story ORDER BY 1) AS ordered`,
      values: [storyIds],
    });
  }

  /**
   * What earlier alerts said: those of the pairs of subscription and story, and all of the corrected stories, whose readers are to be told
   * whether the correction matches their rule or not. A pair without an alert has no entry.
   */
  async told(connection: Connection, wanted: readonly StoryOfSubscription[], correctedStories: readonly string[]): Promise<(StoryOfSubscription & { articleId: string; developments: string[]; correctionId: string | null })[]> {
    const { rows } = await connection.query<StoryOfSubscription & { articleId: string; developments: string[]; correctionId: string | null }>({
      name: 'alerts-told',
      text: `SELECT a.subscription_id AS "subscriptionId", a.story_id AS "storyId", a.article_id AS "articleId", a.developments, a.content->>'correctionId' AS "correctionId"
             FROM unnest($1::uuid[], $2::uuid[]) AS w(subscription_id, story_id) JOIN alerts a USING (subscription_id, story_id)
             UNION ALL
             SELECT a.subscription_id, a.story_id, a.article_id, a.developments, a.content->>'correctionId' FROM alerts a WHERE a.story_id = ANY($3::uuid[])`,
      values: [wanted.map((each) => each.subscriptionId), wanted.map((each) => each.storyId), correctedStories],
    });
    return rows;
  }

  /** Adds what is not there yet; a subscription deleted in the meantime gets none. @returns ids of the alerts added. */
  async insert(connection: Connection, alerts: readonly NewAlert[]): Promise<Set<string>> {
    const rows = JSON.stringify(alerts.map((each) => ({
      id: each.id, subscription_id: each.subscriptionId, story_id: each.storyId, article_id: each.articleId, cause: each.cause,
      developments: each.developments, content: each.content, raised_at: each.raisedAt,
    })), (_, value: unknown) => (typeof value === 'string' ? storableText(value) : value));
    const { rows: added } = await connection.query<{ id: string }>({
      name: 'alerts-insert',
      text: `WITH fresh AS (SELECT * FROM jsonb_to_recordset($1::jsonb) AS r(id uuid, subscription_id uuid, story_id uuid, article_id uuid,
          cause text, developments text[], content jsonb, raised_at timestamptz)),
        alive AS (SELECT id FROM subscriptions WHERE id IN (SELECT subscription_id FROM fresh) FOR KEY SHARE)
      INSERT INTO alerts (id, subscription_id, story_id, article_id, cause, developments, content, raised_at)
      SELECT f.id, f.subscription_id, f.story_id, f.article_id, f.cause, f.developments, f.content, f.raised_at
      FROM fresh f JOIN alive ON alive.id = f.subscription_id
      ON CONFLICT DO NOTHING RETURNING id`,
      values: [rows],
    });
    return new Set(added.map(({ id }) => id));
  }
}
