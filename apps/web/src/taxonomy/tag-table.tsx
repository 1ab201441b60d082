import { Link } from 'react-router';
import type { TagGroup } from './tag-rows.ts';
import { MarkCounts } from './mark-counts.tsx';
import classes from './taxonomy.module.css';

interface TagTableProps extends TagGroup {
  readonly days: number;
}

/** The tags of one dimension, each leading to its page. */
export function TagTable({ dimension, title, rows, days }: TagTableProps) {
  return (
    <section className={classes['group']} aria-labelledby={`group-${dimension}`}>
      <h2 id={`group-${dimension}`}>{title}</h2>
      <ul className={classes['list']}>
        {rows.map(({ tag, label, definition, articles, marks }) => (
          <li key={tag} className={classes['row']}>
            <div>
              <h3>
                <Link to={`/taxonomy/${dimension}/${encodeURIComponent(tag)}`}>{label}</Link>
              </h3>
              {definition !== undefined && <p>{definition}</p>}
            </div>
            <div className={classes['figures']}>
              {marks !== undefined && <MarkCounts counts={marks} />}
              {articles !== undefined && (
                <span title={`Articles of the last ${days} days`}>
                  {articles.toLocaleString('en')} {articles === 1 ? 'article' : 'articles'}
                </span>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
