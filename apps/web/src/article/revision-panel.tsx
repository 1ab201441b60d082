import { VisuallyHidden } from '@mantine/core';
import type { ArticleDetail, Revision, RevisionChange } from '../api/articles.ts';
import { Time } from '../app/time.tsx';
import classes from './article-page.module.css';
import { changeInWords } from './change-words.ts';

/** How the article changed at its source, newest first; a single revision says nothing and is not shown. */
export function RevisionPanel({ revisions, current, language }: { readonly revisions: ArticleDetail['revisions']; readonly current: number; readonly language: string }) {
  if (revisions.length < 2) return null;
  return (
    <section className={classes['panel']} aria-labelledby="revisions-title">
      <h2 id="revisions-title">Revisions</h2>
      <ol className={classes['plain']}>
        {revisions.toSorted((a, b) => b.revision - a.revision).map((each) => (
          <li key={each.revision}>
            <span>
              <b>{each.revision}</b>
              {each.revision === current ? ' (shown)' : ''} · <span lang={language}>{each.title}</span>
            </span>
            <p className={classes['quiet']}>
              {changeInWords(each)} · fetched <Time at={each.fetchedAt} />
            </p>
            <Passages revision={each} language={language} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The words taken out and put in, folded away until asked for. */
function Passages({ revision: { revision, change }, language }: { readonly revision: Revision; readonly language: string }) {
  if (change === undefined || (change.passages.length === 0 && change.title === undefined)) return null;
  return (
    <details className={classes['changes']}>
      <summary>What changed<VisuallyHidden> in revision {revision}</VisuallyHidden></summary>
      <ul lang={language}>
        {change.title !== undefined && (
          <li>
            <del>{change.title.before}</del> <ins>{change.title.after}</ins>
          </li>
        )}
        {distinct(change.passages).map(([key, { removed, added }]) => (
          <li key={key}>
            {removed !== '' && <del>{removed}</del>} {added !== '' && <ins>{added}</ins>}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Each replacement once, however often it was made. */
function distinct(passages: RevisionChange['passages']): [string, RevisionChange['passages'][number]][] {
  return [...new Map(passages.map((passage) => [`${passage.removed}\n${passage.added}`, passage]))];
}
