import { UnstyledButton, VisuallyHidden } from '@mantine/core';
import type { ArticleDetail } from '../api/articles.ts';
import type { MarkDimension, MarkedTag } from '../api/marks.ts';
import { AnchorLink } from '../app/links.tsx';
import type { Names } from '../app/names.ts';
import { useShortcuts } from '../app/shortcuts.ts';
import { MarkControl } from '../marks/mark-control.tsx';
import { MissingTags } from '../marks/missing-tags.tsx';
import { tagLabel } from '../marks/tag-label.ts';
import { useArticleMarks, useMarking } from '../marks/use-marks.ts';
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
  readonly article: ArticleDetail;
  readonly claims: readonly Claim[];
  readonly names: Names;
  readonly spotlight: Spotlight;
}

const noMarks: readonly never[] = [];

/**
 * Every tag with how much speaks for it; pointing at one lights up its evidence, choosing it keeps the light on and lists the words.
 * Beside each, the analyst says whether it is right.
 */
export function TagPanel({ article, claims, names, spotlight }: TagPanelProps) {
  const marks = useArticleMarks(article.id).data ?? noMarks;
  const pinned = claims.find(({ key }) => key === spotlight.pinnedKey);
  const about = (key: string): MarkedTag => ({ articleId: article.id, revision: article.revision, dimension: key.slice(0, key.indexOf(':')) as MarkDimension, tag: key.slice(key.indexOf(':') + 1) });
  const inHand = claims.find(({ key }) => key === spotlight.activeKey);
  return (
    <section className={classes['panel']} aria-labelledby="tags-title">
      <h2 id="tags-title">Tags and their evidence</h2>
      {inHand !== undefined && <MarkByKey about={about(inHand.key)} marks={marks} />}
      {claims.length === 0 && <p className={classes['quiet']}>No tags: the article is not about trade policy in North America.</p>}
      {groups.map(([dimension, title]) => {
        const own = claims.filter((claim) => claim.dimension === dimension);
        if (own.length === 0) return null;
        return (
          <div key={dimension} className={classes['group']}>
            <h3>{title}</h3>
            <div className={classes['pills']}>
              {own.map((claim) => (
                <span key={claim.key} className={classes['marked']}>
                  <UnstyledButton
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
                  <MarkControl about={about(claim.key)} label={claim.label} marks={marks} />
                </span>
              ))}
            </div>
          </div>
        );
      })}
      <div aria-live="polite">{pinned !== undefined && <Quotes claim={pinned} />}</div>
      {pinned !== undefined && (
        <p className={classes['more']}>
          <AnchorLink to={`/taxonomy/${about(pinned.key).dimension}/${encodeURIComponent(about(pinned.key).tag)}`} size="sm">
            Phrases and other articles of {pinned.label}
          </AnchorLink>
        </p>
      )}
      {article.relevant && (
        <p className={classes['verdict']}>
          About trade policy
          <MarkControl about={about('relevant:relevant')} label={tagLabel(names, 'relevant', 'relevant')} marks={marks} />
        </p>
      )}
      {names.isReady && <MissingTags article={article} names={names} marks={marks} />}
    </section>
  );
}

/** While a tag is pointed at, focused or chosen, y and n say whether it is right. */
function MarkByKey({ about, marks }: { readonly about: MarkedTag; readonly marks: Parameters<typeof useMarking>[1] }) {
  const { toggle } = useMarking(about, marks);
  useShortcuts({ y: () => toggle('right'), n: () => toggle('wrong') });
  return null;
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
