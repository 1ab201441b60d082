import type { ArticleItem } from './articles.ts';
import { request } from './client.ts';

export interface SubscriptionFilter {
  readonly sectors?: readonly string[];
  readonly topics?: readonly string[];
  readonly authorities?: readonly string[];
  readonly jurisdictions?: readonly string[];
  readonly developments?: readonly { readonly kind: string; readonly stages?: readonly string[] }[];
  readonly sources?: readonly string[];
  readonly languages?: readonly string[];
  readonly query?: string;
  readonly htsPrefixes?: readonly string[];
}

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

export type DeliveryMode =
  | { readonly type: 'instant' }
  | { readonly type: 'digest'; readonly at: string; readonly days?: readonly Weekday[]; readonly timeZone: string };

export interface QuietHours {
  /** Local times, "22:00". */
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

export interface SubscriptionBody {
  readonly name: string;
  readonly filter: SubscriptionFilter;
  readonly channelIds: readonly string[];
  readonly mode: DeliveryMode;
  readonly quietHours?: QuietHours | null;
  readonly enabled?: boolean;
}

export interface Subscription extends SubscriptionBody {
  readonly id: string;
  readonly quietHours: QuietHours | null;
  readonly enabled: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface SubscriptionPreview {
  readonly total: number;
  /** False where there was more to look at than a preview looks at; the total is then a lower bound. */
  readonly complete?: boolean;
  readonly items: readonly (ArticleItem & { readonly why: readonly string[] })[];
}

export const listSubscriptions = (signal?: AbortSignal) => request<{ items: Subscription[] }>('GET', '/subscriptions', { signal });
export const getSubscription = (id: string, signal?: AbortSignal) => request<Subscription>('GET', `/subscriptions/${encodeURIComponent(id)}`, { signal });
export const createSubscription = (body: SubscriptionBody) => request<Subscription>('POST', '/subscriptions', { body });
export const updateSubscription = (id: string, body: SubscriptionBody) => request<Subscription>('PUT', `/subscriptions/${encodeURIComponent(id)}`, { body });
export const deleteSubscription = (id: string) => request<undefined>('DELETE', `/subscriptions/${encodeURIComponent(id)}`);
export const previewSubscription = (filter: SubscriptionFilter, days: number, signal?: AbortSignal) =>
  request<SubscriptionPreview>('POST', '/subscriptions/preview', { body: { filter, days }, signal });
