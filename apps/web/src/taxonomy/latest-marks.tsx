import { Link } from 'react-router';
import type { MarkOverview } from '../api/marks.ts';
import type { Names } from '../app/names.ts';
import { ProblemAlert } from '../app/problem-alert.tsx';
import { Time } from '../app/time.tsx';
import { tagLabel } from '../marks/tag-label.ts';
import classes from './taxonomy.module.css';

interface LatestMarksProps {
  readonly overview: MarkOverview | undefined;
  readonly error: Error | null;
  readonly names: Names;
}

/** What was marked last, by anybody. */
export function LatestMarks({ overview, error, names }: LatestMarksProps) {
  return (
    <section className={classes['panel']} aria-labelledby="latest-title">
      <h2 id="latest-title">Latest marks</h2>
      {error !== null && <ProblemAlert error={error} />}
      {overview?.items.length === 0 && <p className={classes['quiet']}>Nothing is marked yet. On an article, or under a tag, say whether a tag is right or wrong; the marks become labelled articles that the classifier is evaluated on.</p>}
      <ol className={classes['marks']}>
        {overview?.items.map(({ articleId, revision, dimension, tag, verdict, title, by, markedAt }) => (
          <li key={`${articleId} ${revision} ${dimension} ${tag} ${by}`}>
            <span className={classes['counts']}>
              <span data-verdict={verdict}>{verdict}</span>
            </span>{' '}
            {dimension === 'relevant' ? tagLabel(names, dimension, tag) : <Link to={`/taxonomy/${dimension}/${encodeURIComponent(tag)}`}>{tagLabel(names, dimension, tag)}</Link>}
            <p className={classes['quiet']}>
              on <Link to={`/articles/${articleId}`}>{title}</Link>, by {by ?? 'somebody who is gone'}, <Time at={markedAt} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}
