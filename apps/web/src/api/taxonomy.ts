import { request } from './client.ts';

export type Names = Readonly<Record<string, string>>;

/** One entry of the taxonomy: the stable id and what people call it, by language. */
export interface Term {
  readonly id: string;
  readonly names: Names;
  readonly definition?: Names;
}

export interface Taxonomy {
  readonly version: string;
  readonly sectors: readonly Term[];
  readonly topics: readonly Term[];
  readonly authorities: readonly Term[];
  readonly jurisdictions: readonly Term[];
  readonly developmentKinds: readonly Term[];
  readonly developmentStages: readonly Term[];
}

export const getTaxonomy = (signal?: AbortSignal) => request<Taxonomy>('GET', '/taxonomy', { signal });
