import type { ArticleItem, Span } from './articles.ts';
import { request } from './client.ts';
import type { Names } from './taxonomy.ts';

export type MarkDimension = 'relevant' | 'sector' | 'topic' | 'authority' | 'jurisdiction' | 'development';
/** `right`: the tag stands and should. `wrong`: it stands and should not. `missing`: it does not stand and should. */
export type Verdict = 'right' | 'wrong' | 'missing';

/** What an analyst says of one tag on one revision; developments are `kind:stage`, relevance has the tag `relevant`. */
export interface Mark {
  readonly articleId: string;
  readonly revision: number;
  readonly dimension: MarkDimension;
  readonly tag: string;
  readonly verdict: Verdict;
  readonly markedAt: string;
  /** E-mail address; null for a user who is gone. */
  readonly by: string | null;
  readonly mine: boolean;
}

export interface MarkCount {
  readonly dimension: MarkDimension;
  readonly tag: string;
  readonly right: number;
  readonly wrong: number;
  readonly missing: number;
}

/** The tag a mark is about, on the revision that was read. */
export interface MarkedTag {
  readonly articleId: string;
  readonly revision: number;
  readonly dimension: MarkDimension;
  readonly tag: string;
}

const articlePath = (id: string) => `/articles/${encodeURIComponent(id)}/marks`;

export const getMarks = (articleId: string, signal?: AbortSignal) => request<{ items: readonly Mark[] }>('GET', articlePath(articleId), { signal });
export const putMark = ({ articleId, ...tag }: MarkedTag, verdict: Verdict) => request<{ items: readonly Mark[] }>('PUT', articlePath(articleId), { body: { ...tag, verdict } });
export const deleteMark = ({ articleId, revision, dimension, tag }: MarkedTag) =>
  request<undefined>('DELETE', `${articlePath(articleId)}/${dimension}/${encodeURIComponent(tag)}`, { query: { revision } });

export interface MarkOverview {
  readonly items: readonly (Mark & { readonly title: string })[];
  readonly counts: readonly MarkCount[];
}

export const getMarkOverview = (signal?: AbortSignal) => request<MarkOverview>('GET', '/taxonomy/marks', { query: { limit: 12 }, signal });
export const marksExportAddress = '/api/taxonomy/marks.ndjson';

export interface PhraseList {
  readonly language: 'any' | 'en' | 'es' | 'fr';
  readonly strong: readonly string[];
  readonly medium: readonly string[];
  readonly weak: readonly string[];
}

export interface NamedEntry {
  readonly id: string;
  readonly note: string | null;
  readonly phrases: readonly string[];
}

/** A tag as its editor sees it. */
export interface TagDescription {
  readonly dimension: MarkDimension;
  readonly id: string;
  readonly names: Names;
  readonly definition: Names | null;
  readonly taxonomyVersion: string;
  readonly threshold: number | null;
  readonly weights: Readonly<Record<'strong' | 'medium' | 'weak', number>>;
  readonly places: Readonly<Record<'title' | 'lead' | 'body' | 'tail', number>>;
  readonly phrases: readonly PhraseList[];
  readonly needs: readonly NamedEntry[];
  readonly against: readonly (NamedEntry & { readonly weight: number })[];
  readonly combinations: readonly { readonly all: readonly NamedEntry[]; readonly weight: number }[];
}

export interface Passage {
  readonly field: 'title' | 'text';
  readonly text: string;
  readonly spans: readonly Span[];
}

export interface TagHit {
  readonly article: ArticleItem;
  readonly score: number;
  readonly passages: readonly Passage[];
  readonly marks: readonly Mark[];
}

const tagPath = (dimension: string, tag: string) => `/taxonomy/tags/${encodeURIComponent(dimension)}/${encodeURIComponent(tag)}`;

export const getTag = (dimension: string, tag: string, signal?: AbortSignal) => request<TagDescription>('GET', tagPath(dimension, tag), { signal });
export const getTagHits = (dimension: string, tag: string, cursor: string | undefined, signal?: AbortSignal) =>
  request<{ items: readonly TagHit[]; nextCursor: string | null }>('GET', `${tagPath(dimension, tag)}/hits`, { query: { limit: 15, cursor }, signal });
