import type { Development } from './articles.ts';
import { request } from './client.ts';

export const deliveryStates = ['pending', 'sending', 'sent', 'dead'] as const;
export type DeliveryState = (typeof deliveryStates)[number];

export interface Delivery {
  readonly id: string;
  readonly state: DeliveryState;
  readonly alertId: string;
  readonly channel: { readonly id: string; readonly name: string; readonly type: string };
  readonly subscription: { readonly id: string; readonly name: string };
  readonly article: { readonly id: string; readonly title: string | null; readonly url: string | null };
  readonly developments: readonly Development[];
  /** True where the alert goes out in a digest. */
  readonly digest?: boolean;
  readonly createdAt: string;
  readonly dueAt: string;
  readonly sentAt: string | null;
  readonly attemptCount: number;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}

export interface DeliveryAttempt {
  readonly attempt: number;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly outcome: string | null;
  readonly httpStatus: number | null;
  readonly errorCode: string | null;
  readonly message: string | null;
}

export interface DeliveryDetail extends Delivery {
  readonly attempts: readonly DeliveryAttempt[];
}

export interface DeliveryPage {
  readonly items: readonly Delivery[];
  readonly nextCursor: string | null;
}

export interface DeliveryFilter {
  readonly state?: string | undefined;
  readonly channel?: string | undefined;
  readonly subscription?: string | undefined;
}

export const listDeliveries = (filter: DeliveryFilter, cursor: string | undefined, signal?: AbortSignal) =>
  request<DeliveryPage>('GET', '/deliveries', { query: { ...filter, limit: 50, cursor }, signal });
export const getDelivery = (id: string, signal?: AbortSignal) => request<DeliveryDetail>('GET', `/deliveries/${encodeURIComponent(id)}`, { signal });
export const retryDelivery = (id: string) => request<unknown>('POST', `/deliveries/${encodeURIComponent(id)}/retry`);
