import { Anchor, Skeleton, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Problem } from '../api/problem.ts';
import { ProblemAlert } from '../app/problem-alert.tsx';
import { Time } from '../app/time.tsx';
import type { FilterValues } from './subscription-form.ts';
import classes from './subscriptions.module.css';
import { previewDays, usePreview } from './use-preview.ts';

/** What the conditions would have found in the last month, kept up to date while they are being chosen. */
export function SubscriptionPreview({ filter, isTyping }: { readonly filter: FilterValues; readonly isTyping: boolean }) {
  const preview = usePreview(filter);
  const { data, isEmpty } = preview;
  const isStale = isTyping || preview.isPlaceholderData;
  return (
    <aside className={classes['preview']} aria-labelledby="preview">
      <div className={classes['previewHead']}>
        <Text id="preview" size="xs" fw={600} c="dimmed">
          Preview: the last {previewDays} days
        </Text>
        <output className={classes['found']}>
          {data !== undefined && (
            <>
              <span className={classes['count']}>{data.total.toLocaleString('en')}{data.complete === false && '+'}</span> <Text span c="dimmed">{data.total === 1 ? 'article' : 'articles'}, {pace(data.total)}</Text>
            </>
          )}
          {isEmpty && <Text size="sm" mt={4}>Choose a condition to see what it would have found.</Text>}
          {data === undefined && !isEmpty && preview.isPending && <Skeleton height={30} width={150} mt={4} />}
        </output>
      </div>
      {preview.isError && !isEmpty && <PreviewProblem error={preview.error} />}
      {data === undefined && !isEmpty && preview.isPending && (
        <Stack p="md" gap="sm" aria-hidden>
          {Array.from({ length: 5 }, (_, index) => (
            <Skeleton key={index} height={42} />
          ))}
        </Stack>
      )}
      {data !== undefined && data.total === 0 && <Text size="sm" c="dimmed" p="md">Nothing matched. Fewer conditions, or more values in one, find more.</Text>}
      {data !== undefined && data.items.length > 0 && (
        <ul className={classes['samples']} data-stale={isStale || undefined} aria-label="Newest matches">
          {data.items.map((article) => (
            <li key={article.id}>
              <Link to={`/articles/${article.id}`} target="_blank" lang={article.language}>
                {article.title}
              </Link>
              <p className={classes['small']}>
                {article.source.name} · <Time at={article.publishedAt} />
              </p>
              {article.why.length > 0 && (
                <div className={classes['why']} aria-label="Why it matched">
                  {article.why.map((reason) => (
                    <span key={reason}>{reason}</span>
                  ))}
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
    </aside>
  );
}

/** The count alone, beside the buttons of a narrow screen, where the preview itself is far below. */
export function PreviewCount({ filter }: { readonly filter: FilterValues }) {
  const { data } = usePreview(filter);
  if (data === undefined) return null;
  return (
    <Anchor href="#preview" size="xs" hiddenFrom="md" mr="auto">
      {data.total.toLocaleString('en')}
      {data.complete === false && '+'} in {previewDays} days
    </Anchor>
  );
}

/** The server names what is wrong with a condition; the form shows it beside the field when it is saved. */
function PreviewProblem({ error }: { readonly error: Error }) {
  const shown = error instanceof Problem && error.errors.length > 0 ? new Problem(error.status, 'This filter cannot be searched yet', error.message, error.errors) : error;
  return <ProblemAlert error={shown} />;
}

/** How often alerts would come. */
function pace(total: number): string {
  const perDay = total / previewDays;
  if (total === 0) return 'nothing to send';
  if (perDay >= 1.5) return `about ${Math.round(perDay)} a day`;
  return perDay * 7 >= 1.5 ? `about ${Math.round(perDay * 7)} a week` : 'about one a week or less';
}
