import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { readSearch, writeSearch, type ArticleSearch } from './article-search.ts';

export type ChangeSearch = (change: (current: ArticleSearch) => ArticleSearch, options?: { readonly replace?: boolean }) => void;

/** The search of the page on screen, read from its address, and the one way to change it. */
export function useArticleSearch(): readonly [ArticleSearch, ChangeSearch] {
  const [params, setParams] = useSearchParams();
  const search = useMemo(() => readSearch(params), [params]);
  const change = useCallback<ChangeSearch>(
    (next, options) => setParams((current) => writeSearch(next(readSearch(current))), { preventScrollReset: true, replace: options?.replace ?? false }),
    [setParams],
  );
  return [search, change];
}
