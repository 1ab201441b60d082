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
  readonly failingSince: string | null;
  /** Days (ISO) of a gazette that came empty and are asked for again. */
  readonly gaps: readonly string[];
  readonly articleCount: number;
}

/** CSS selectors of a page with a list; all but `item` inside an item. */
export interface Selectors {
  readonly item: string;
  readonly link?: string;
  readonly title?: string;
  readonly date?: string;
  readonly summary?: string;
}

export interface SourceBody {
  /** Left out on creation, the server makes one of the name. */
  readonly id?: string;
  readonly name: string;
  readonly kind: string;
  readonly url: string;
  readonly selectors: Selectors | null;
  readonly fallbacks: readonly string[];
  readonly jurisdiction: string;
  readonly language: string;
  readonly authority: string;
  /** A duration in words, "15m" or "1h". */
  readonly interval: string;
  readonly alertOnBackfill: boolean;
  readonly enabled: boolean;
  /** Whether the pages of its articles are fetched: `auto` does where the feed carries a summary only. */
  readonly fullText: string;
  /** Where the text stands on such a page, by CSS selectors. */
  readonly pageSelectors: { readonly content: string; readonly remove?: string } | null;
  readonly folder: string | null;
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

export interface ImportOutcome {
  readonly added: readonly { readonly id: string; readonly name: string }[];
  readonly duplicates: readonly { readonly id: string; readonly name: string }[];
  readonly refused: readonly { readonly line: number; readonly name: string; readonly url: string; readonly message: string }[];
}

/** Address of all sources as a list for other readers. */
export const opmlAddress = '/api/sources.opml';

export const listSources = (signal?: AbortSignal) => request<{ items: Source[] }>('GET', '/sources', { signal });
export const createSource = (body: SourceBody) => request<Source>('POST', '/sources', { body });
export const updateSource = (id: string, body: SourceBody) => request<Source>('PUT', `/sources/${encodeURIComponent(id)}`, { body });
export const deleteSource = (id: string) => request<undefined>('DELETE', `/sources/${encodeURIComponent(id)}`);
export const pollSource = (id: string) => request<PollOutcome>('POST', `/sources/${encodeURIComponent(id)}/poll`);
/** Sent as the file is, so that its own encoding counts. */
export const importSources = (content: Blob) => request<ImportOutcome>('POST', '/sources/import', { file: { content, type: 'text/x-opml' } });
