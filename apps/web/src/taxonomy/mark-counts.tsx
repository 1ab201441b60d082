import type { MarkCount } from '../api/marks.ts';
import classes from './taxonomy.module.css';

const words = [['right', 'right'], ['wrong', 'wrong'], ['missing', 'missing']] as const;

/** How often a tag was marked so, in words; what never happened is left out. */
export function MarkCounts({ counts }: { readonly counts: Pick<MarkCount, 'right' | 'wrong' | 'missing'> }) {
  return (
    <span className={classes['counts']}>
      {words.map(([verdict, word]) => counts[verdict] > 0 && (
        <span key={verdict} data-verdict={verdict}>
          {counts[verdict]} {word}
        </span>
      ))}
    </span>
  );
}
