import { Button, Center } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconMoodEmpty } from '@tabler/icons-react';
import { useRef } from 'react';
import { Link } from 'react-router';
import { getTagHits, type TagDescription, type TagHit } from '../api/marks.ts';
import { Empty } from '../app/empty.tsx';
import { Hits } from '../app/hits.tsx';
import { ListSkeleton } from '../app/list-skeleton.tsx';
import { ProblemAlert } from '../app/problem-alert.tsx';
import { useShortcuts } from '../app/shortcuts.ts';
import { Time } from '../app/time.tsx';
import { publishedNote, SourceName } from '../articles/article-row.tsx';
import { MarkControl } from '../marks/mark-control.tsx';
import classes from './taxonomy.module.css';

/** The last articles a tag was given to, with the words that spoke for it; j and k move along, y and n say right and wrong. */
export function TagHits({ description: { dimension, id, names } }: { readonly description: TagDescription }) {
  const list = useRef<HTMLOListElement>(null);
  const hits = useInfiniteQuery({
    queryKey: ['tag-hits', dimension, id],
    queryFn: ({ pageParam, signal }) => getTagHits(dimension, id, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const items = hits.data?.pages.flatMap((page) => page.items) ?? [];
  const label = names['en'] ?? id;
  const move = (step: 1 | -1) => {
    const rows = [...(list.current?.children ?? [])];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const next = at === -1 ? rows[0] : rows[at + step];
    next?.querySelector('a')?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'nearest' });
  };
  const press = (verdict: 'right' | 'wrong') => document.activeElement?.closest(`.${classes['hit']}`)?.querySelector<HTMLButtonElement>(`[data-verdict="${verdict}"]`)?.click();
  useShortcuts({ j: () => move(1), k: () => move(-1), y: () => press('right'), n: () => press('wrong') });
  return (
    <section aria-labelledby="hits-title">
      <h2 id="hits-title" className={classes['title']}>
        Last articles with this tag
      </h2>
      {hits.isPending && <ListSkeleton label="Loading the articles" height={120} />}
      {hits.isError && <ProblemAlert error={hits.error} onRetry={() => void hits.refetch()} />}
      {hits.isSuccess && items.length === 0 && <Empty icon={IconMoodEmpty} title="No article has this tag" hint="Articles appear here as soon as one is tagged with it." />}
      {items.length > 0 && (
        <ol ref={list} className={classes['list']}>
          {items.map((hit) => (
            <Hit key={hit.article.id} hit={hit} label={label} dimension={dimension} tag={id} />
          ))}
        </ol>
      )}
      {hits.hasNextPage && (
        <Center mt="md">
          <Button variant="default" loading={hits.isFetchingNextPage} onClick={() => void hits.fetchNextPage()}>
            Show more
          </Button>
        </Center>
      )}
    </section>
  );
}

interface HitProps {
  readonly hit: TagHit;
  readonly label: string;
  readonly dimension: TagDescription['dimension'];
  readonly tag: string;
}

function Hit({ hit: { article, score, passages, marks }, label, dimension, tag }: HitProps) {
  const inTitle = passages.find(({ field }) => field === 'title')?.spans;
  const inText = passages.filter(({ field }) => field === 'text');
  return (
    <li className={classes['hit']}>
      <div className={classes['meta']}>
        <SourceName article={article} />
        <Time at={article.publishedAt} note={publishedNote(article)} />
        <span title="How sure the classifier is">{score.toFixed(2)}</span>
        <span className={classes['say']}>
          <MarkControl about={{ articleId: article.id, revision: article.revision, dimension, tag }} label={`${label} on ${article.title}`} marks={marks} />
        </span>
      </div>
      <h3 lang={article.language}>
        <Link to={`/articles/${article.id}`}>
          <Hits text={article.title} spans={inTitle} />
        </Link>
      </h3>
      {inText.map(({ text, spans }) => (
        <blockquote key={text} lang={article.language}>
          <Hits text={text} spans={spans} />
        </blockquote>
      ))}
      {passages.length === 0 && <p className={classes['quiet']}>No words are recorded; the tag follows from others.</p>}
    </li>
  );
}
