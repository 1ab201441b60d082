import type { NamedEntry, TagDescription } from '../api/marks.ts';
import classes from './taxonomy.module.css';

/** What else decides: where a hit stands, what must stand beside it, what speaks against it. */
export function TagRules({ description: { threshold, places, needs, against, combinations, taxonomyVersion } }: { readonly description: TagDescription }) {
  return (
    <section className={classes['panel']} aria-labelledby="rules-title">
      <h2 id="rules-title">What else decides</h2>
      <dl className={classes['rules']}>
        {threshold !== null && (
          <>
            <dt>Given from a probability of</dt>
            <dd>{threshold}</dd>
          </>
        )}
        <dt>A hit counts, by its place</dt>
        <dd>
          title ×{places.title}, lead ×{places.lead}, body ×{places.body}, last part ×{places.tail}
        </dd>
        {needs.length > 0 && (
          <>
            <dt>One of these must stand in the article</dt>
            {needs.map((entry) => <Entry key={entry.id} entry={entry} />)}
          </>
        )}
        {against.length > 0 && (
          <>
            <dt>These speak against it</dt>
            {against.map((entry) => <Entry key={entry.id} entry={entry} note={`×${entry.weight} is taken off`} />)}
          </>
        )}
        {combinations.length > 0 && (
          <>
            <dt>Together in one sentence, these speak for it</dt>
            {combinations.map(({ all, weight }) => (
              <dd key={all.map(({ id }) => id).join()}>
                {all.map(({ id, phrases }, index) => (
                  <span key={id} title={phrases.join(', ')}>
                    {index > 0 && ' + '}
                    <code>{id}</code>
                  </span>
                ))}{' '}
                (counts {weight})
              </dd>
            ))}
          </>
        )}
      </dl>
      <p className={classes['quiet']}>Taxonomy {taxonomyVersion}. The files are in libs/taxonomy/data; “(a|b)” are alternatives, “#” is any number.</p>
    </section>
  );
}

function Entry({ entry: { id, phrases, note: why }, note }: { readonly entry: NamedEntry; readonly note?: string }) {
  return (
    <dd>
      <code>{id}</code>
      {note !== undefined && ` ${note}`}
      {(why ?? phrases.length > 0) && <p className={classes['quiet']}>{why ?? `${phrases.join(', ')} …`}</p>}
    </dd>
  );
}
