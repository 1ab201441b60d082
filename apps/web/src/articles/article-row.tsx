import { Badge, VisuallyHidden } from '@mantine/core';
import { IconRosetteDiscountCheck } from '@tabler/icons-react';
import { memo } from 'react';
import { Link } from 'react-router';
import type { ArticleItem } from '../api/articles.ts';
import { Hits } from '../app/hits.tsx';
import { languageName, type Names } from '../app/names.ts';
import { TagList } from '../app/tags.tsx';
import { Time } from '../app/time.tsx';
import classes from './article-row.module.css';

interface ArticleRowProps {
  readonly article: ArticleItem;
  readonly names: Names;
  /** The search the row was found by, so that the article can lead back to it. */
  readonly from: string;
}

export const ArticleRow = memo(function ArticleRow({ article, names, from }: ArticleRowProps) {
  return (
    <article className={classes['row']} aria-labelledby={`title-${article.id}`}>
      <div className={classes['meta']}>
        <SourceName article={article} />
        <Time at={article.publishedAt} note={publishedNote(article)} />
        {article.language !== 'en' && <span title={languageName(article.language)}>{article.language.toUpperCase()}</span>}
        {!article.relevant && (
          <Badge size="sm" variant="default">
            Outside trade policy
          </Badge>
        )}
      </div>
      <h2 className={classes['title']}>
        <Link id={`title-${article.id}`} data-article-link={article.id} data-original={article.url} to={`/articles/${article.id}`} state={{ from }} lang={article.language}>
          <Hits text={article.title} spans={article.highlights?.title} />
        </Link>
      </h2>
      {addsToTitle(article.excerpt, article.title) && (
        <p className={classes['excerpt']} lang={article.language}>
          <Hits text={article.excerpt} spans={article.highlights?.excerpt} />
        </p>
      )}
      <TagList article={article} names={names} />
    </article>
  );
});

/** Headline-only feeds repeat the title as the text; it is not worth reading twice. */
export function addsToTitle(text: string, title: string): boolean {
  const plain = text.replace(/\s+/g, ' ').replace(/…$/, '').trim();
  return plain !== '' && !title.replace(/\s+/g, ' ').trim().startsWith(plain);
}

export function SourceName({ article }: { readonly article: ArticleItem }) {
  return (
    <span className={classes['source']}>
      {article.source.authority === 'official' && (
        <>
          <IconRosetteDiscountCheck size={14} aria-hidden />
          <VisuallyHidden>Official source: </VisuallyHidden>
        </>
      )}
      {article.source.name}
    </span>
  );
}

/** What a reader should know of a date that the source did not state. */
export function publishedNote({ publishedConfidence }: ArticleItem): string | undefined {
  if (publishedConfidence === 'guessed') return 'guessed from an unclear date';
  return publishedConfidence === 'absent' ? 'when it was first seen; the source gives no date' : undefined;
}
