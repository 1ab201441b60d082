import { Skeleton, Stack } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { IconArticleOff } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useLocation, useNavigate, useParams } from 'react-router';
import { getArticle } from '../api/articles.ts';
import { Problem } from '../api/problem.ts';
import { Empty } from '../app/empty.tsx';
import { ButtonLink } from '../app/links.tsx';
import { ProblemAlert } from '../app/problem-alert.tsx';
import { useShortcuts } from '../app/shortcuts.ts';
import { rememberOpened } from '../articles/last-opened.ts';
import classes from './article-page.module.css';
import { ArticleToolbar } from './article-toolbar.tsx';
import { ArticleView } from './article-view.tsx';
import { useNeighbours } from './use-neighbours.ts';

/** One article, on its own address. */
export function ArticlePage() {
  const { id = '' } = useParams();
  const location = useLocation();
  const navigate = useNavigate();
  const from = (location.state as { from?: string } | null)?.from;
  const article = useQuery({ queryKey: ['articles', 'one', id], queryFn: ({ signal }) => getArticle(id, signal), staleTime: 60_000 });
  const { previous, next } = useNeighbours(id, from);
  useDocumentTitle(`${article.data?.title ?? 'Article'} · tradewatch`);
  useEffect(() => rememberOpened(id), [id]);
  const open = (other: string | undefined) => {
    if (other !== undefined) void navigate(`/articles/${other}`, { state: { from }, replace: true });
  };
  const back = () => void (from === undefined ? navigate('/articles') : navigate(-1));
  useShortcuts({
    j: () => open(next),
    k: () => open(previous),
    o: () => {
      if (article.data !== undefined && /^https?:/.test(article.data.url)) window.open(article.data.url, '_blank', 'noopener');
    },
    Escape: back,
  });
  return (
    <div className={classes['page']}>
      <ArticleToolbar from={from} onBack={back} onPrevious={previous === undefined ? undefined : () => open(previous)} onNext={next === undefined ? undefined : () => open(next)} />
      {article.isPending && <ArticleSkeleton />}
      {article.isError && <ArticleError error={article.error} onRetry={() => void article.refetch()} />}
      {article.data !== undefined && <ArticleView key={id} article={article.data} from={from} />}
    </div>
  );
}

function ArticleError({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  if (error instanceof Problem && (error.status === 404 || error.status === 400)) {
    return <Empty icon={IconArticleOff} title="There is no such article" hint={error.message} action={<ButtonLink to="/articles">Search the articles</ButtonLink>} />;
  }
  return <ProblemAlert error={error} onRetry={onRetry} />;
}

function ArticleSkeleton() {
  return (
    <Stack gap="sm" maw={720} component="output" aria-label="Loading the article">
      <Skeleton height={12} width={220} />
      <Skeleton height={30} width="92%" />
      <Skeleton height={30} width="60%" mb="md" />
      {Array.from({ length: 9 }, (_, index) => (
        <Skeleton key={index} height={14} width={`${97 - (index % 4) * 7}%`} />
      ))}
    </Stack>
  );
}
