import type { Database } from '@tradewatch/database';
import { ArchivedArticlesStore } from './archived-articles.store.ts';
import { filterSchema } from './filter.ts';
import { PreviewFilter, type Preview } from './preview-filter.ts';

/** A subscription as an operator sees it, whoever owns it. Times are dates. */
export interface SubscriptionOverview {
  readonly id: string;
  readonly name: string;
  /** The owner's e-mail address. */
  readonly owner: string | null;
  readonly enabled: boolean;
  readonly filter: unknown;
  readonly mode: unknown;
  readonly quietHours: unknown;
  readonly channels: readonly { readonly id: string; readonly name: string; readonly type: string }[];
  readonly alerts: number;
  readonly lastAlertAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The subscriptions of everybody, for who operates the product; their owners have the REST interface. */
export class SubscriptionOverviewStore {
  constructor(private readonly database: Database) {}

  /** All of them, oldest first. */
  async list(): Promise<SubscriptionOverview[]> {
    return this.database.$queryRaw<SubscriptionOverview[]>`
      SELECT s.id, s.name, u.email AS owner, s.enabled, s.filter, s.mode, s.quiet_hours AS "quietHours",
        coalesce((SELECT json_agg(json_build_object('id', c.id, 'name', c.name, 'type', c.type) ORDER BY c.name) FROM subscription_channels sc
          JOIN channels c ON c.id = sc.channel_id WHERE sc.subscription_id = s.id), '[]') AS channels,
        (SELECT count(*)::int FROM alerts a WHERE a.subscription_id = s.id) AS alerts,
        (SELECT max(a.raised_at) FROM alerts a WHERE a.subscription_id = s.id) AS "lastAlertAt", s.created_at AS "createdAt", s.updated_at AS "updatedAt"
      FROM subscriptions s LEFT JOIN users u ON u.id = s.user_id ORDER BY s.created_at, s.id`;
  }

  /** Lets a subscription raise alerts, or keeps it from that. @returns false where there is none with this id. */
  async setEnabled(id: string, enabled: boolean): Promise<boolean> {
    return (await this.database.subscription.updateMany({ where: { id }, data: { enabled, updatedAt: new Date() } })).count > 0;
  }

  /** What a subscription would have matched in the last days; null where there is none with this id. */
  async preview(id: string, days: number): Promise<Preview | null> {
    const found = await this.database.subscription.findUnique({ where: { id }, select: { filter: true } });
    return found && new PreviewFilter(new ArchivedArticlesStore(this.database)).run(filterSchema.parse(found.filter), days);
  }
}
