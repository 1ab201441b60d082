import { useQueryClient } from '@tanstack/react-query';
import { articleListKey, type ArticleListData } from '../articles/article-list-query.ts';
import { readSearch } from '../articles/article-search.ts';

/** The articles before and after this one in the list it was opened from, as far as that list is loaded. */
export function useNeighbours(articleId: string, from: string | undefined): { readonly previous: string | undefined; readonly next: string | undefined } {
  const client = useQueryClient();
  if (from === undefined) return { previous: undefined, next: undefined };
  const list = client.getQueryData<ArticleListData>(articleListKey(readSearch(new URLSearchParams(from))));
  const ids = list?.pages.flatMap((page) => page.items.map(({ id }) => id)) ?? [];
  const at = ids.indexOf(articleId);
  return at === -1 ? { previous: undefined, next: undefined } : { previous: ids[at - 1], next: ids[at + 1] };
}
