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

/** How the article changed at its source; a single revision says nothing and is not shown. */
export function RevisionPanel({ revisions, current }: { readonly revisions: ArticleDetail['revisions']; readonly current: number }) {
  if (revisions.length < 2) return null;
  return (
    <section className={classes['panel']} aria-labelledby="revisions-title">
      <h2 id="revisions-title">Revisions</h2>
      <ol className={classes['plain']}>
        {revisions.toSorted((a, b) => b.revision - a.revision).map(({ revision, title, fetchedAt }) => (
          <li key={revision}>
            <span>
              <b>{revision}</b>
              {revision === current ? ' (shown)' : ''} · {title}
            </span>
            <p className={classes['quiet']}>
              fetched <Time at={fetchedAt} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
