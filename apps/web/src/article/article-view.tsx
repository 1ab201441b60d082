import { Badge, Button } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import type { ArticleDetail } from '../api/articles.ts';
import { authorityNames, languageName, useNames } from '../app/names.ts';
import { useShortcuts } from '../app/shortcuts.ts';
import { TagList } from '../app/tags.tsx';
import { Time } from '../app/time.tsx';
import { addsToTitle, publishedNote, SourceName } from '../articles/article-row.tsx';
import classes from './article-page.module.css';
import { ArticleText } from './article-text.tsx';
import { factClaims, spansOf, tagClaims } from './evidence-keys.ts';
import { FactTable } from './fact-table.tsx';
import { MarkedText } from './marked-text.tsx';
import { RevisionPanel } from './revision-panel.tsx';
import { CorrectionNotice, RelatedPanel } from './story-panels.tsx';
import { TagPanel } from './tag-panel.tsx';
import { useSpotlight } from './use-spotlight.ts';

/** The article beside what the classifier made of it: text with evidence on one side, tags, facts and story on the other. */
export function ArticleView({ article, from }: { readonly article: ArticleDetail; readonly from: string | undefined }) {
  const names = useNames();
  const spotlight = useSpotlight();
  const tags = useMemo(() => tagClaims(article, names), [article, names]);
  const claims = useMemo(() => [...tags, ...factClaims(article)], [article, tags]);
  const titleSpans = useMemo(() => spansOf(claims, 'title'), [claims]);
  const textSpans = useMemo(() => spansOf(claims, 'text'), [claims]);
  const labels = useMemo(() => new Map(claims.map(({ key, label }) => [key, label])), [claims]);
  const labelOf = useCallback((key: string) => labels.get(key) ?? key, [labels]);
  return (
    <>
      {spotlight.pinnedKey !== undefined && <ReleaseOnEscape onEscape={spotlight.release} />}
      <article className={classes['columns']}>
        <div className={classes['main']}>
          <header className={classes['head']}>
            <div className={classes['meta']}>
              <SourceName article={article} />
              <span>{authorityNames[article.source.authority] ?? article.source.authority}</span>
              <Time at={article.publishedAt} note={publishedNote(article)} />
              {article.language !== 'en' && <span>{languageName(article.language)}</span>}
              {article.author !== null && article.author !== '' && <span>by {article.author}</span>}
              {!article.relevant && <Badge size="sm" variant="default">Outside trade policy</Badge>}
            </div>
            <h1 lang={article.language}>
              <MarkedText text={article.title} spans={titleSpans} activeKey={spotlight.activeKey} labelOf={labelOf} />
            </h1>
            <div className={classes['under']}>
              <TagList article={{ ...article, topics: [], sectors: [], authorities: [], jurisdictions: [] }} names={names} />
              {/^https?:/.test(article.url) && (
                <Button component="a" href={article.url} target="_blank" rel="noopener noreferrer" variant="default" size="xs" rightSection={<IconExternalLink size={14} aria-hidden />}>
                  Read at the source
                </Button>
              )}
            </div>
          </header>
          <CorrectionNotice article={article} from={from} />
          {!addsToTitle(article.text, article.title) ? (
            <p className={classes['quiet']}>The source gives a headline alone. Read the whole article at the source.</p>
          ) : (
            <ArticleText text={article.text} language={article.language} spans={textSpans} activeKey={spotlight.activeKey} labelOf={labelOf} />
          )}
        </div>
        <div className={classes['side']}>
          <TagPanel article={article} claims={tags} names={names} spotlight={spotlight} />
          <FactTable facts={article.facts} spotlight={spotlight} />
          <RelatedPanel related={article.related} from={from} />
          <RevisionPanel revisions={article.revisions} current={article.revision} language={article.language} />
          <p className={classes['version']}>Tagged with taxonomy {article.taxonomyVersion}</p>
        </div>
      </article>
    </>
  );
}

/** While a tag is chosen, Esc lets go of it instead of leaving the article. */
function ReleaseOnEscape({ onEscape }: { readonly onEscape: () => void }) {
  useShortcuts({ Escape: onEscape });
  return null;
}
