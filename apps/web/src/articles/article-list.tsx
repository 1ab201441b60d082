import { Button, Center, Skeleton, Stack } from '@mantine/core';
import { IconFileSearch, IconFilterOff } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Empty } from '../app/empty.tsx';
import { ButtonLink } from '../app/links.tsx';
import type { Names } from '../app/names.ts';
import { ProblemAlert } from '../app/problem-alert.tsx';
import { useShortcuts } from '../app/shortcuts.ts';
import type { useArticleList } from './article-list-query.ts';
import { activeFilters, withoutFilters, writeSearch, type ArticleSearch } from './article-search.ts';
import classes from './articles-page.module.css';
import { ArticleRow } from './article-row.tsx';
import { takeLastOpened } from './last-opened.ts';
import type { ChangeSearch } from './use-article-search.ts';

interface ArticleListProps {
  readonly list: ReturnType<typeof useArticleList>;
  readonly search: ArticleSearch;
  readonly names: Names;
  readonly outsideCount: number;
  readonly onChange: ChangeSearch;
}

export function ArticleList({ list, search, names, outsideCount, onChange }: ArticleListProps) {
  const root = useRef<HTMLOListElement>(null);
  const articles = list.data?.pages.flatMap((page) => page.items) ?? [];
  const links = () => [...(root.current?.querySelectorAll<HTMLAnchorElement>('[data-article-link]') ?? [])];
  const move = (step: 1 | -1) => {
    const all = links();
    const at = all.findIndex((link) => link === document.activeElement);
    if (at >= all.length - 4 && list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
    const next = at === -1 ? all[0] : all[at + step];
    next?.focus({ preventScroll: true });
    next?.closest('li')?.scrollIntoView({ block: 'nearest' });
  };
  const isListed = articles.length > 0;
  useEffect(() => {
    if (!isListed) return;
    const opened = takeLastOpened();
    if (opened !== undefined) root.current?.querySelector<HTMLAnchorElement>(`[data-article-link="${CSS.escape(opened)}"]`)?.focus({ preventScroll: true });
  }, [isListed]);
  useShortcuts({
    j: () => move(1),
    k: () => move(-1),
    o: () => {
      const original = (document.activeElement as HTMLElement | null)?.dataset['original'];
      if (original !== undefined && /^https?:/.test(original)) window.open(original, '_blank', 'noopener');
    },
    Escape: () => (document.activeElement as HTMLElement | null)?.blur(),
  });
  if (list.isPending) return <ArticleListSkeleton />;
  if (list.isError && articles.length === 0) return <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />;
  if (articles.length === 0) return <NothingFound search={search} outsideCount={outsideCount} onChange={onChange} />;
  const from = writeSearch(search).toString();
  return (
    <div aria-busy={list.isPlaceholderData}>
      <ol ref={root} className={classes['results']} data-stale={list.isPlaceholderData || undefined}>
        {articles.map((article) => (
          <li key={article.id}>
            <ArticleRow article={article} names={names} from={from} />
          </li>
        ))}
      </ol>
      {list.isFetchNextPageError && <ProblemAlert error={list.error} />}
      {list.hasNextPage && (
        <Center mt="md">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show more
          </Button>
        </Center>
      )}
    </div>
  );
}

interface NothingFoundProps {
  readonly search: ArticleSearch;
  readonly outsideCount: number;
  readonly onChange: ChangeSearch;
}

function NothingFound({ search, outsideCount, onChange }: NothingFoundProps) {
  const isFiltered = activeFilters(search).length > 0;
  if (search.q === '' && !isFiltered && outsideCount === 0) {
    return <Empty icon={IconFileSearch} title="No articles yet" hint="They appear here seconds after a source is polled. Look at the sources to see what has been polled and what could not be reached." action={<ButtonLink to="/sources">See the sources</ButtonLink>} />;
  }
  return (
    <Empty
      icon={IconFilterOff}
      title="Nothing matches"
      hint={outsideCount > 0 ? `${outsideCount.toLocaleString('en')} outside trade policy would.` : isFiltered ? 'Remove a filter, or all of them.' : 'Try fewer or other words; the search knows English, Spanish and French word forms.'}
      action={
        <>
          {isFiltered && <Button onClick={() => onChange(withoutFilters)}>Clear the filters</Button>}
          {outsideCount > 0 && <Button variant="default" onClick={() => onChange((current) => ({ ...current, isTradeOnly: false }))}>Show everything</Button>}
          {search.q !== '' && !isFiltered && outsideCount === 0 && <Button onClick={() => onChange((current) => ({ ...current, q: '' }))}>Empty the search</Button>}
        </>
      }
    />
  );
}

function ArticleListSkeleton() {
  return (
    <Stack gap={0} className={classes['results'] ?? ''} component="output" aria-label="Loading articles">
      {Array.from({ length: 7 }, (_, index) => (
        <Stack key={index} gap={9} px="1.1rem" py="0.95rem" className={classes['ghost'] ?? ''}>
          <Skeleton height={11} width={180} />
          <Skeleton height={16} width={`${88 - (index % 3) * 14}%`} />
          <Skeleton height={11} width="96%" />
          <Skeleton height={17} width={`${44 + (index % 3) * 9}%`} />
        </Stack>
      ))}
    </Stack>
  );
}
