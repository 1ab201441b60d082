import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconDownload, IconSearch, IconTagOff } from '@tabler/icons-react';
import { useState } from 'react';
import { searchArticles, type FacetName } from '../api/articles.ts';
import { getMarkOverview, marksExportAddress, type MarkCount, type MarkDimension } from '../api/marks.ts';
import { Empty } from '../app/empty.tsx';
import { ListSkeleton } from '../app/list-skeleton.tsx';
import { useNames } from '../app/names.ts';
import { Page } from '../app/page.tsx';
import { ProblemAlert } from '../app/problem-alert.tsx';
import { LatestMarks } from './latest-marks.tsx';
import { TagTable } from './tag-table.tsx';
import { tagGroups } from './tag-rows.ts';
import classes from './taxonomy.module.css';

const days = 30;

/** Every tag there is, how often it was given lately, and what analysts said of it. */
export function TaxonomyPage() {
  const names = useNames();
  const [words, setWords] = useState('');
  const overview = useQuery({ queryKey: ['marks', 'overview'], queryFn: ({ signal }) => getMarkOverview(signal) });
  const recent = useQuery({
    queryKey: ['articles', 'counts', days],
    queryFn: ({ signal }) => searchArticles(new URLSearchParams({ limit: '1', relevant: 'true', from: new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10) }), signal),
    select: ({ facets }) => countsOf(facets),
    staleTime: 60_000,
  });
  const groups = names.isReady ? tagGroups(names, { articles: recent.data ?? new Map(), marks: overview.data?.counts ?? noCounts, words }) : [];
  const marked = overview.data?.counts.reduce((sum, { right, wrong, missing }) => sum + right + wrong + missing, 0) ?? 0;
  const download = marked > 0 && (
    <Button component="a" href={marksExportAddress} download variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
      Download {marked} {marked === 1 ? 'mark' : 'marks'}
    </Button>
  );
  return (
    <Page title="Taxonomy" lead="What articles are tagged with, the phrases behind each tag, and where analysts find it right or wrong." actions={download} width="wide">
      <div className={classes['columns']}>
        <div>
          <TextInput
            aria-label="Find a tag"
            placeholder="Find a tag"
            mb="md"
            leftSection={<IconSearch size={16} aria-hidden />}
            value={words}
            onChange={(event) => setWords(event.currentTarget.value)}
          />
          {!names.isReady && <ListSkeleton label="Loading the taxonomy" rows={6} height={64} />}
          {recent.isError && <ProblemAlert error={recent.error} onRetry={() => void recent.refetch()} />}
          {names.isReady && groups.length === 0 && <Empty icon={IconTagOff} title="No tag matches" hint="Try another word; countries can be found by name or code." />}
          {groups.map(({ dimension, title, rows }) => (
            <TagTable key={dimension} title={title} dimension={dimension} rows={rows} days={days} />
          ))}
        </div>
        <LatestMarks overview={overview.data} error={overview.error} names={names} />
      </div>
    </Page>
  );
}

const noCounts: readonly MarkCount[] = [];
const facetOf: readonly (readonly [FacetName, MarkDimension])[] = [['sector', 'sector'], ['topic', 'topic'], ['authority', 'authority'], ['jurisdiction', 'jurisdiction']];

/** How many articles have each tag, by `dimension tag`. */
function countsOf(facets: Awaited<ReturnType<typeof searchArticles>>['facets']): ReadonlyMap<string, number> {
  return new Map(facetOf.flatMap(([facet, dimension]) => (facets[facet] ?? []).map(({ value, count }) => [`${dimension} ${value}`, count] as const)));
}
