import { request } from './client.ts';

export interface SourceHealth {
  readonly state: 'new' | 'ok' | 'silent' | 'failing' | 'disabled';
  readonly lastPolledAt: string | null;
  readonly lastSucceededAt: string | null;
  readonly lastNewEntryAt: string | null;
  readonly nextPollAt: string | null;
  readonly consecutiveFailures: number;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly articleCount: number;
}

export interface SourceBody {
  /** Left out on creation, the server makes one of the name. */
  readonly id?: string;
  readonly name: string;
  readonly kind: string;
  readonly url: string;
  readonly fallbacks: readonly string[];
  readonly jurisdiction: string;
  readonly language: string;
  readonly authority: string;
  /** A duration in words, "15m" or "1h". */
  readonly interval: string;
  readonly alertOnBackfill: boolean;
  readonly enabled: boolean;
  readonly notes: string | null;
}

export interface Source extends SourceBody {
  readonly id: string;
  readonly health: SourceHealth;
}

export interface PollOutcome {
  readonly outcome: 'polled' | 'not-modified' | 'failed';
  readonly newArticles: number;
  readonly revisions: number;
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

export const listSources = (signal?: AbortSignal) => request<{ items: Source[] }>('GET', '/sources', { signal });
export const createSource = (body: SourceBody) => request<Source>('POST', '/sources', { body });
export const updateSource = (id: string, body: SourceBody) => request<Source>('PUT', `/sources/${encodeURIComponent(id)}`, { body });
export const deleteSource = (id: string) => request<undefined>('DELETE', `/sources/${encodeURIComponent(id)}`);
export const pollSource = (id: string) => request<PollOutcome>('POST', `/sources/${encodeURIComponent(id)}/poll`);
