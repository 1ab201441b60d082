import { keepPreviousData, useInfiniteQuery, useQuery, type InfiniteData } from '@tanstack/react-query';
import { searchArticles, type ArticlePage } from '../api/articles.ts';
import { apiQuery, type ArticleSearch } from './article-search.ts';

const pageSize = 30;

export const articleListKey = (search: ArticleSearch) => ['articles', 'list', apiQuery(search).toString()] as const;
export type ArticleListData = InfiniteData<ArticlePage, string | null>;

/** The pages of a search. While a changed search loads, the old list stays in place, so that nothing jumps. */
export function useArticleList(search: ArticleSearch) {
  return useInfiniteQuery({
    queryKey: articleListKey(search),
    queryFn: ({ pageParam, signal }) => {
      const query = apiQuery(search);
      query.set('limit', String(pageSize));
      if (pageParam !== null) query.set('cursor', pageParam);
      return searchArticles(query, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    // A list that is being read is not reloaded under the reader's eyes; `useNewArticles` tells of what came in.
    refetchOnWindowFocus: false,
    staleTime: 60_000,
  });
}

/** How many articles the search has gained since its list was loaded; asked every half minute while the page is visible. */
export function useNewArticles(search: ArticleSearch, loadedTotal: number | undefined): number {
  const query = apiQuery(search);
  query.set('limit', '1');
  const { data } = useQuery({
    queryKey: ['articles', 'newest', query.toString()],
    queryFn: ({ signal }) => searchArticles(query, signal),
    enabled: loadedTotal !== undefined,
    refetchInterval: 30_000,
    select: (page) => page.total,
  });
  return data === undefined || loadedTotal === undefined ? 0 : Math.max(0, data - loadedTotal);
}
