import { Injectable } from '@nestjs/common';
import { Database, Prisma } from '@tradewatch/database';
import type { Subscription, SubscriptionDraft } from './subscription.ts';

const withChannels = { channels: { select: { channelId: true }, orderBy: { channelId: 'asc' } } } satisfies Prisma.SubscriptionInclude;
type Row = Prisma.SubscriptionGetPayload<{ include: typeof withChannels }>;

/** Subscriptions of one user each; nobody sees or changes another's. */
@Injectable()
export class SubscriptionsStore {
  constructor(private readonly database: Database) {}

  async list(userId: string): Promise<Subscription[]> {
    const rows = await this.database.subscription.findMany({ where: { userId }, include: withChannels, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
    return rows.map(toSubscription);
  }

  async find(userId: string, id: string): Promise<Subscription | null> {
    const row = await this.database.subscription.findFirst({ where: { userId, id }, include: withChannels });
    return row && toSubscription(row);
  }

  async create(userId: string, draft: SubscriptionDraft): Promise<Subscription> {
    const row = await this.database.subscription.create({
      data: { userId, ...columnsOf(draft), channels: { create: draft.channelIds.map((channelId) => ({ channelId })) } },
      include: withChannels,
    });
    return toSubscription(row);
  }

  /** @returns null where the user has no such subscription. */
  async replace(userId: string, id: string, draft: SubscriptionDraft): Promise<Subscription | null> {
    return this.database.$transaction(async (tx) => {
      const { count } = await tx.subscription.updateMany({ where: { userId, id }, data: { ...columnsOf(draft), updatedAt: new Date() } });
      if (count === 0) return null;
      await tx.subscriptionChannel.deleteMany({ where: { subscriptionId: id } });
      await tx.subscriptionChannel.createMany({ data: draft.channelIds.map((channelId) => ({ subscriptionId: id, channelId })) });
      return toSubscription(await tx.subscription.findUniqueOrThrow({ where: { id }, include: withChannels }));
    });
  }

  /** @returns whether there was one. */
  async delete(userId: string, id: string): Promise<boolean> {
    return (await this.database.subscription.deleteMany({ where: { userId, id } })).count > 0;
  }

  async knownChannels(userId: string, ids: readonly string[]): Promise<Set<string>> {
    return new Set((await this.database.channel.findMany({ where: { userId, id: { in: [...ids] } }, select: { id: true } })).map(({ id }) => id));
  }

  async knownSources(ids: readonly string[]): Promise<Set<string>> {
    return new Set((await this.database.source.findMany({ where: { id: { in: [...ids] } }, select: { id: true } })).map(({ id }) => id));
  }
}

function columnsOf({ name, filter, mode, quietHours, enabled }: SubscriptionDraft) {
  return { name, filter, mode, quietHours: quietHours ?? Prisma.DbNull, enabled };
}

// What is stored was validated when it was written; its readers (CurrentRules, the deliver step) validate it again.
function toSubscription(row: Row): Subscription {
  return {
    id: row.id,
    name: row.name,
    filter: row.filter as Subscription['filter'],
    channelIds: row.channels.map(({ channelId }) => channelId),
    mode: row.mode as Subscription['mode'],
    quietHours: row.quietHours as Subscription['quietHours'],
    enabled: row.enabled,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
