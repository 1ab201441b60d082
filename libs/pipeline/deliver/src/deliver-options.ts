import type { HttpClient } from '@tradewatch/http';

export interface DeliverOptions {
  readonly httpClient: Pick<HttpClient, 'fetch'>;
  /** Where readers of alerts reach the web app, without a trailing slash. */
  readonly publicUrl: string;
  /** Lets webhooks use http: and private addresses, as the HTTP client does. */
  readonly allowPrivateNetworks: boolean;
  /** The time; tests set it. */
  readonly now?: () => Date;
  /** Milliseconds one attempt may take. */
  readonly sendTimeoutMs?: number;
  /** Channels sent to at the same time by one process. */
  readonly parallelChannels?: number;
}

export const DELIVER_OPTIONS = Symbol('deliver options');
