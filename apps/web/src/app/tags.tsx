import type { Names } from './names.ts';
import classes from './tags.module.css';

interface DevelopmentBadgeProps {
  readonly kind: string;
  readonly stage: string;
  readonly names: Names;
}

/** Coloured by stage: warm while duties come nearer, grey when it is over. The words carry the meaning, the colour only helps the eye. */
export function DevelopmentBadge({ kind, stage, names }: DevelopmentBadgeProps) {
  return (
    <span className={classes['development']} data-stage={stage}>
      {names.of('development', kind)}: {names.of('stage', stage).toLowerCase()}
    </span>
  );
}

interface TagListProps {
  readonly article: { readonly developments: readonly { readonly kind: string; readonly stage: string }[]; readonly topics: readonly string[]; readonly sectors: readonly string[]; readonly authorities: readonly string[]; readonly jurisdictions: readonly string[] };
  readonly names: Names;
}

/** All tags of an article in one line: developments stand out, then topics, sectors, authorities, jurisdictions. */
export function TagList({ article, names }: TagListProps) {
  const groups = [
    ['topic', article.topics],
    ['sector', article.sectors],
    ['authority', article.authorities],
    ['jurisdiction', article.jurisdictions],
  ] as const;
  if (article.developments.length === 0 && groups.every(([, ids]) => ids.length === 0)) return null;
  return (
    <ul className={classes['list']} aria-label="Tags">
      {article.developments.map(({ kind, stage }) => (
        <li key={kind + stage}>
          <DevelopmentBadge kind={kind} stage={stage} names={names} />
        </li>
      ))}
      {groups.flatMap(([dimension, ids]) =>
        ids.map((id) => (
          <li key={dimension + id} className={classes['tag']} data-dimension={dimension} title={dimension === 'jurisdiction' ? names.of(dimension, id) : names.definition(dimension, id)}>
            {dimension === 'jurisdiction' ? <abbr title={names.of(dimension, id)}>{id}</abbr> : names.of(dimension, id)}
          </li>
        )),
      )}
    </ul>
  );
}
