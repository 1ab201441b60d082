import { request } from './client.ts';

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  /** The webhook address comes back redacted: only its host and end can be read. */
  readonly settings: { readonly webhookUrl?: string };
  readonly health: { readonly state: 'ok' | 'failing' | 'unused'; readonly lastSentAt: string | null; readonly lastErrorMessage: string | null };
  readonly createdAt: string;
}

export interface ChannelBody {
  readonly name: string;
  readonly type: 'slack';
  /** Left out on an update to keep the stored one. */
  readonly webhookUrl?: string;
}

export type ChannelTest = { readonly ok: true; readonly status: number } | { readonly ok: false; readonly errorCode: string; readonly message: string };

export const listChannels = (signal?: AbortSignal) => request<{ items: Channel[] }>('GET', '/channels', { signal });
export const createChannel = (body: ChannelBody) => request<Channel>('POST', '/channels', { body });
export const updateChannel = (id: string, body: ChannelBody) => request<Channel>('PUT', `/channels/${encodeURIComponent(id)}`, { body });
export const deleteChannel = (id: string) => request<undefined>('DELETE', `/channels/${encodeURIComponent(id)}`);
export const testChannel = (id: string) => request<ChannelTest>('POST', `/channels/${encodeURIComponent(id)}/test`);
