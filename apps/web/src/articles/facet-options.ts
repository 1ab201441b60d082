import type { ArticlePage, FacetValue } from '../api/articles.ts';

export interface FacetOption {
  readonly value: string;
  readonly label: string;
  readonly count: number;
  readonly isSelected: boolean;
}

/** How many articles outside trade policy the same search would show: the facet counts each of its values as if it were not chosen itself. */
export function outsideCount(facets: ArticlePage['facets'] | undefined): number {
  return facets?.relevant?.find(({ value }) => String(value) === 'false')?.count ?? 0;
}

/**
 * What a filter offers: the values found, most frequent first (or in `order`), and every selected value even when it now finds nothing,
 * since what is selected must be visible to be removed.
 */
export function facetOptions(
  found: readonly FacetValue[],
  selected: readonly string[],
  label: (value: string) => string,
  order?: readonly string[],
): FacetOption[] {
  const options = new Map(found.map(({ value, count, name }) => [String(value), { count, label: name ?? label(String(value)) }]));
  for (const value of selected) if (!options.has(value)) options.set(value, { count: 0, label: label(value) });
  const rank = (value: string) => (order?.includes(value) ? order.indexOf(value) : Number.MAX_SAFE_INTEGER);
  return [...options]
    .map(([value, { label: text, count }]) => ({ value, label: text, count, isSelected: selected.includes(value) }))
    .toSorted((a, b) => rank(a.value) - rank(b.value) || b.count - a.count || a.label.localeCompare(b.label));
}
