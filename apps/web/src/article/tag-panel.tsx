import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import type { Names } from '../app/names.ts';
import classes from './article-page.module.css';
import type { Claim } from './evidence-keys.ts';
import type { Spotlight } from './use-spotlight.ts';

const groups = [
  ['development', 'Development'],
  ['topic', 'Topics'],
  ['sector', 'Sectors'],
  ['authority', 'Legal authority'],
  ['jurisdiction', 'Jurisdictions'],
] as const;

interface TagPanelProps {
  readonly claims: readonly Claim[];
  readonly names: Names;
  readonly spotlight: Spotlight;
}

/** Every tag with how much speaks for it; pointing at one lights up its evidence, choosing it keeps the light on and lists the words. */
export function TagPanel({ claims, names, spotlight }: TagPanelProps) {
  const pinned = claims.find(({ key }) => key === spotlight.pinnedKey);
  return (
    <section className={classes['panel']} aria-labelledby="tags-title">
      <h2 id="tags-title">Tags and their evidence</h2>
      {claims.length === 0 && <p className={classes['quiet']}>No tags: the article is not about trade policy in North America.</p>}
      {groups.map(([dimension, title]) => {
        const own = claims.filter((claim) => claim.dimension === dimension);
        if (own.length === 0) return null;
        return (
          <div key={dimension} className={classes['group']}>
            <h3>{title}</h3>
            <div className={classes['pills']}>
              {own.map((claim) => (
                <UnstyledButton
                  key={claim.key}
                  className={classes['pill']}
                  aria-pressed={claim.key === spotlight.pinnedKey}
                  title={dimension === 'development' ? undefined : names.definition(dimension, claim.key.slice(dimension.length + 1))}
                  {...spotlight.bind(claim.key)}
                >
                  {claim.label}
                  {claim.score !== undefined && (
                    <span className={classes['score']} data-strength={strengthOf(claim.score)} title={`Score ${claim.score.toFixed(2)}: ${strengthOf(claim.score)} evidence`}>
                      <VisuallyHidden>, {strengthOf(claim.score)} evidence</VisuallyHidden>
                    </span>
                  )}
                </UnstyledButton>
              ))}
            </div>
          </div>
        );
      })}
      <div aria-live="polite">{pinned !== undefined && <Quotes claim={pinned} />}</div>
    </section>
  );
}

function strengthOf(score: number): 'strong' | 'fair' | 'weak' {
  if (score >= 0.7) return 'strong';
  return score >= 0.35 ? 'fair' : 'weak';
}

function Quotes({ claim }: { readonly claim: Claim }) {
  if (claim.evidence.length === 0) return <p className={classes['quiet']}>No words are recorded for this tag; it follows from the source or from other tags.</p>;
  const quotes = [...new Map(claim.evidence.map((one) => [`${one.field}:${one.text}`, one])).values()];
  return (
    <ul className={classes['quotes']} aria-label={`Evidence of ${claim.label}`}>
      {quotes.slice(0, 6).map(({ field, text, start }) => (
        <li key={field + start}>
          “{text}” <span>in the {field}</span>
        </li>
      ))}
    </ul>
  );
}
