import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { ArticleDetail } from '../api/articles.ts';
import { Time } from '../app/time.tsx';
import classes from './article-page.module.css';

/** Other articles of the same story, newest as the server orders them. */
export function RelatedPanel({ related, from }: { readonly related: ArticleDetail['related']; readonly from: string | undefined }) {
  if (related.length === 0) return null;
  return (
    <section className={classes['panel']} aria-labelledby="related-title">
      <h2 id="related-title">Same story elsewhere</h2>
      <ul className={classes['plain']}>
        {related.map((article) => (
          <li key={article.id}>
            <Link to={`/articles/${article.id}`} state={{ from }} lang={article.language}>
              {article.title}
            </Link>
            <p className={classes['quiet']}>
              {article.source.name} · <Time at={article.publishedAt} />
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What the article corrects, and what corrects it: the first thing its reader should know. */
export function CorrectionNotice({ article, from }: { readonly article: Pick<ArticleDetail, 'corrects' | 'correctedBy'>; readonly from: string | undefined }) {
  const { corrects, correctedBy } = article;
  if (corrects === null && correctedBy.length === 0) return null;
  return (
    <Alert className={classes['notice'] ?? ''} color="yellow" variant="light" icon={<IconAlertTriangle aria-hidden />}>
      {corrects !== null && (
        <p>
          This corrects <Link to={`/articles/${corrects.id}`} state={{ from }}>{corrects.title}</Link>
        </p>
      )}
      {correctedBy.map((other) => (
        <p key={other.id}>
          Corrected by <Link to={`/articles/${other.id}`} state={{ from }} lang={other.language}>{other.title}</Link>, {other.source.name}, <Time at={other.publishedAt} />
        </p>
      ))}
    </Alert>
  );
}
