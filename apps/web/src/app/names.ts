import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { getTaxonomy, type Taxonomy, type Term } from '../api/taxonomy.ts';

export type Dimension = 'sector' | 'topic' | 'authority' | 'jurisdiction' | 'development' | 'stage';

const lists = {
  sector: 'sectors',
  topic: 'topics',
  authority: 'authorities',
  jurisdiction: 'jurisdictions',
  development: 'developmentKinds',
  stage: 'developmentStages',
} as const satisfies Record<Dimension, keyof Taxonomy>;

export interface Names {
  /** False until the taxonomy is here; ids stand in for names until then. */
  readonly isReady: boolean;
  of(dimension: Dimension, id: string): string;
  definition(dimension: Dimension, id: string): string | undefined;
  /** All terms of a dimension in the taxonomy's order. */
  terms(dimension: Dimension): readonly { readonly value: string; readonly label: string }[];
}

/** English names of tags, from the taxonomy the server classifies with. */
export function useNames(): Names {
  const { data } = useQuery({ queryKey: ['taxonomy'], queryFn: ({ signal }) => getTaxonomy(signal), staleTime: Infinity });
  return useMemo(() => namesFrom(data), [data]);
}

export function namesFrom(taxonomy: Taxonomy | undefined): Names {
  const index = new Map<string, Term>();
  for (const [dimension, list] of Object.entries(lists)) for (const term of taxonomy?.[list] ?? []) index.set(`${dimension}:${term.id}`, term);
  const of = (dimension: Dimension, id: string) => index.get(`${dimension}:${id}`)?.names['en'] ?? (dimension === 'jurisdiction' ? countryName(id) : fromId(id));
  return {
    isReady: taxonomy !== undefined,
    of,
    definition: (dimension, id) => index.get(`${dimension}:${id}`)?.definition?.['en'],
    terms: (dimension) => (taxonomy?.[lists[dimension]] ?? []).map(({ id }) => ({ value: id, label: of(dimension, id) })),
  };
}

const countries = new Intl.DisplayNames('en', { type: 'region' });
const languages = new Intl.DisplayNames('en', { type: 'language' });

/** The English name of an ISO 3166 code; the code itself where it is none. */
export function countryName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (countries.of(code) ?? code) : code;
}

/** The English name of an ISO 639 code. */
export function languageName(code: string): string {
  if (code === 'und' || code === '') return 'Unknown language';
  return /^[a-z]{2,3}$/.test(code) ? (languages.of(code) ?? code) : code;
}

function fromId(id: string): string {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const authorityNames: Readonly<Record<string, string>> = { official: 'Official', press: 'Press', 'law-firm': 'Law firm', 'think-tank': 'Think tank' };
