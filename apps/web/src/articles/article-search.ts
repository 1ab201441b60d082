/** What a reader searches for, and its address: the URL is the only state, so that a link shows the same list to a colleague. */

export const facetNames = ['development', 'stage', 'topic', 'sector', 'jurisdiction', 'authority', 'source', 'language'] as const;
export type FilterName = (typeof facetNames)[number];

export type Sort = 'newest' | 'relevance';

export interface ArticleSearch {
  readonly q: string;
  readonly values: Readonly<Record<FilterName, readonly string[]>>;
  /** Inclusive days, `2026-11-22`, or empty. */
  readonly from: string;
  readonly to: string;
  /** False shows what is not about trade policy too. */
  readonly isTradeOnly: boolean;
  readonly sort: Sort;
}

/** One removable part of a search, as shown in a chip. */
export type ActiveFilter = { readonly name: FilterName; readonly value: string } | { readonly name: 'from' | 'to'; readonly value: string };

const dayPattern = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
const day = (value: string | null) => (value !== null && dayPattern.test(value) ? value : '');

/** Reads a search from an address; what cannot be meant (a broken date, an unknown order) is left out rather than shown as an error. */
export function readSearch(params: URLSearchParams): ArticleSearch {
  const values = Object.fromEntries(facetNames.map((name) => [name, [...new Set(params.getAll(name).filter((value) => value !== ''))]]));
  return {
    q: (params.get('q') ?? '').trim(),
    values: values as Record<FilterName, string[]>,
    from: day(params.get('from')),
    to: day(params.get('to')),
    isTradeOnly: params.get('relevant') !== 'all',
    sort: params.get('sort') === 'relevance' ? 'relevance' : 'newest',
  };
}

/** The address of a search: defaults are left out, and equal searches have equal addresses. */
export function writeSearch(search: ArticleSearch): URLSearchParams {
  const params = new URLSearchParams();
  if (search.q !== '') params.set('q', search.q);
  for (const name of facetNames) for (const value of search.values[name].toSorted()) params.append(name, value);
  if (search.from !== '') params.set('from', search.from);
  if (search.to !== '') params.set('to', search.to);
  if (!search.isTradeOnly) params.set('relevant', 'all');
  if (search.sort !== 'newest') params.set('sort', search.sort);
  return params;
}

/** The same search in the terms of `GET /api/articles`. */
export function apiQuery(search: ArticleSearch): URLSearchParams {
  const params = writeSearch(search);
  if (search.isTradeOnly) params.set('relevant', 'true');
  else params.delete('relevant');
  // Relevance orders by the words searched for; without words there is only time.
  if (search.q === '') params.delete('sort');
  return params;
}

export function toggleValue(search: ArticleSearch, name: FilterName, value: string): ArticleSearch {
  const current = search.values[name];
  const next = current.includes(value) ? current.filter((other) => other !== value) : [...current, value];
  return { ...search, values: { ...search.values, [name]: next } };
}

export function activeFilters(search: ArticleSearch): ActiveFilter[] {
  const chips: ActiveFilter[] = facetNames.flatMap((name) => search.values[name].map((value) => ({ name, value })));
  if (search.from !== '') chips.push({ name: 'from', value: search.from });
  if (search.to !== '') chips.push({ name: 'to', value: search.to });
  return chips;
}

export function withoutFilter(search: ArticleSearch, filter: ActiveFilter): ArticleSearch {
  return filter.name === 'from' || filter.name === 'to' ? { ...search, [filter.name]: '' } : toggleValue(search, filter.name, filter.value);
}

/** Keeps the words, the order and the trade-policy switch; drops every filter. */
export function withoutFilters(search: ArticleSearch): ArticleSearch {
  return { ...readSearch(new URLSearchParams()), q: search.q, sort: search.sort, isTradeOnly: search.isTradeOnly };
}

/** The first day of a range that ends today: 1 is today alone. Days are those of the reader's own calendar. */
export function daysBack(days: number, today: Date): string {
  const first = new Date(today.getFullYear(), today.getMonth(), today.getDate() - (days - 1));
  const pad = (part: number) => String(part).padStart(2, '0');
  return `${first.getFullYear()}-${pad(first.getMonth() + 1)}-${pad(first.getDate())}`;
}
