import { Skeleton, Stack } from '@mantine/core';
import type { ArticlePage } from '../api/articles.ts';
import { languageName, type Names } from '../app/names.ts';
import { facetNames, toggleValue, type ArticleSearch, type FilterName } from './article-search.ts';
import { DateRange } from './date-range.tsx';
import { FacetGroup } from './facet-group.tsx';
import { facetOptions } from './facet-options.ts';
import type { ChangeSearch } from './use-article-search.ts';

export const filterTitles: Readonly<Record<FilterName, string>> = {
  development: 'Development',
  stage: 'Stage',
  topic: 'Topic',
  sector: 'Sector',
  jurisdiction: 'Jurisdiction',
  authority: 'Legal authority',
  source: 'Source',
  language: 'Language',
};

const openAtFirst: ReadonlySet<FilterName> = new Set(['development', 'stage', 'topic', 'sector']);

interface FiltersProps {
  readonly search: ArticleSearch;
  readonly facets: ArticlePage['facets'] | undefined;
  readonly names: Names;
  readonly onChange: ChangeSearch;
}

/** Everything a list can be narrowed by, in the rail beside it and in the drawer of a phone. */
export function Filters({ search, facets, names, onChange }: FiltersProps) {
  if (facets === undefined) {
    return (
      <Stack gap="xs" aria-hidden>
        {Array.from({ length: 9 }, (_, index) => (
          <Skeleton key={index} height={18} width={`${90 - (index % 4) * 12}%`} />
        ))}
      </Stack>
    );
  }
  return (
    <>
      {facetNames.map((name) => (
        <FacetGroup
          key={name}
          title={filterTitles[name]}
          isInitiallyOpen={openAtFirst.has(name)}
          options={facetOptions(facets[name] ?? [], search.values[name], (value) => filterLabel(name, value, names), stageOrder(name, names))}
          onToggle={(value) => onChange((current) => toggleValue(current, name, value))}
        />
      ))}
      <DateRange search={search} onChange={onChange} />
    </>
  );
}

const stageOrder = (name: FilterName, names: Names) => (name === 'stage' ? names.terms('stage').map(({ value }) => value) : undefined);

/** What a filter's value is called; a source is called by the server's name where it is known. */
export function filterLabel(name: FilterName, value: string, names: Names): string {
  if (name === 'language') return languageName(value);
  return name === 'source' ? value : names.of(name, value);
}
