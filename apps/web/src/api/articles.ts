import { request } from './client.ts';

export interface Span {
  /** UTF-16 offset; `end` is exclusive. */
  readonly start: number;
  readonly end: number;
}

export interface Evidence extends Span {
  readonly field: 'title' | 'text';
  readonly text: string;
}

export interface Tag {
  readonly id: string;
  /** 0..1 */
  readonly score: number;
  readonly evidence: readonly Evidence[];
}

export interface Development {
  readonly kind: string;
  readonly stage: string;
}

export interface Fact {
  readonly type: string;
  readonly value: string;
  readonly role?: string;
  readonly evidence: Evidence;
}

export interface ArticleItem {
  readonly id: string;
  readonly storyId: string;
  readonly revision: number;
  readonly title: string;
  readonly url: string;
  readonly source: { readonly id: string; readonly name: string; readonly authority: string };
  readonly language: string;
  readonly publishedAt: string;
  readonly publishedConfidence?: 'stated' | 'guessed' | 'absent';
  readonly firstSeenAt: string;
  readonly relevant: boolean;
  readonly sectors: readonly string[];
  readonly topics: readonly string[];
  readonly authorities: readonly string[];
  readonly jurisdictions: readonly string[];
  readonly developments: readonly Development[];
  /** Plain text, at most 280 characters. */
  readonly excerpt: string;
  readonly highlights?: { readonly title?: readonly Span[]; readonly excerpt?: readonly Span[] };
}

/** What a revision changed against the one before it. */
export interface RevisionChange {
  /** Nothing but punctuation, spelling, bylines and times of day. */
  readonly cosmetic: boolean;
  /** The two texts have too little in common to be compared. */
  readonly rewritten: boolean;
  readonly title?: { readonly before: string; readonly after: string };
  readonly wordsAdded: number;
  readonly wordsRemoved: number;
  readonly passages: readonly { readonly removed: string; readonly added: string }[];
}

export interface Revision {
  readonly revision: number;
  readonly title: string;
  readonly fetchedAt: string;
  readonly change?: RevisionChange;
  /** The article it says it corrects. */
  readonly corrects?: string;
}

export interface ArticleDetail extends ArticleItem {
  readonly text: string;
  readonly author: string | null;
  readonly tags: {
    readonly sectors: readonly Tag[];
    readonly topics: readonly Tag[];
    readonly authorities: readonly Tag[];
    readonly jurisdictions: readonly Tag[];
    readonly developments: readonly (Development & Omit<Tag, 'id'>)[];
  };
  readonly facts: readonly Fact[];
  readonly taxonomyVersion: string;
  readonly revisions: readonly Revision[];
  /** The other article that this one corrects. */
  readonly corrects: { readonly id: string; readonly title: string } | null;
  readonly correctedBy: readonly ArticleItem[];
  readonly related: readonly ArticleItem[];
}

export interface FacetValue {
  readonly value: string | boolean;
  readonly count: number;
  /** Given for sources only. */
  readonly name?: string;
}

export type FacetName = 'sector' | 'topic' | 'authority' | 'jurisdiction' | 'development' | 'stage' | 'source' | 'language' | 'relevant';

export interface ArticlePage {
  readonly items: readonly ArticleItem[];
  readonly facets: Readonly<Partial<Record<FacetName, readonly FacetValue[]>>>;
  readonly total: number;
  readonly nextCursor: string | null;
}

export const searchArticles = (query: URLSearchParams, signal?: AbortSignal) => request<ArticlePage>('GET', '/articles', { query, signal });
export const getArticle = (id: string, signal?: AbortSignal) => request<ArticleDetail>('GET', `/articles/${encodeURIComponent(id)}`, { signal });

/** Address of the same search as a file or a feed. */
export const exportAddress = (format: 'rss' | 'csv' | 'ndjson', query: URLSearchParams) => `/api/articles.${format}${query.size > 0 ? `?${query}` : ''}`;
