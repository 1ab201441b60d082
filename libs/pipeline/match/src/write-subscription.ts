import { Injectable } from '@nestjs/common';
import { Problem, type FieldError } from '@tradewatch/api';
import type { Subscription, SubscriptionDraft } from './subscription.ts';
import { SubscriptionsStore } from './subscriptions.store.ts';

/** Creates and replaces subscriptions, once what they refer to is known to exist. */
@Injectable()
export class WriteSubscription {
  constructor(private readonly store: SubscriptionsStore) {}

  /** @throws Problem 400 naming each unknown channel or source. */
  async create(userId: string, draft: SubscriptionDraft): Promise<Subscription> {
    await this.checkReferences(userId, draft);
    return this.store.create(userId, draft);
  }

  /** @throws Problem 400 naming each unknown channel or source; 404 where the user has no such subscription. */
  async replace(userId: string, id: string, draft: SubscriptionDraft): Promise<Subscription> {
    await this.checkReferences(userId, draft);
    const replaced = await this.store.replace(userId, id, draft);
    if (!replaced) throw Problem.notFound('subscription', id);
    return replaced;
  }

  private async checkReferences(userId: string, { channelIds, filter: { sources = [] } }: SubscriptionDraft): Promise<void> {
    const channels = await this.store.knownChannels(userId, channelIds);
    const known = sources.length > 0 ? await this.store.knownSources(sources) : new Set<string>();
    const errors: FieldError[] = [
      ...missing(channelIds, channels, 'channelIds', 'channel'),
      ...missing(sources, known, 'filter.sources', 'source'),
    ];
    if (errors.length > 0) throw new Problem(400, errors.map(({ field, message }) => `${field}: ${message}`).join('; '), errors);
  }
}

function missing(ids: readonly string[], known: ReadonlySet<string>, field: string, what: string): FieldError[] {
  return ids.flatMap((id, index) => (known.has(id) ? [] : [{ field: `${field}.${index}`, message: `there is no ${what} ${JSON.stringify(id)}` }]));
}
