import { Group, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ArticlePage } from '../api/articles.ts';
import { useNow } from '../app/clock.ts';
import { shortDate } from '../app/relative-time.ts';
import type { Names } from '../app/names.ts';
import { activeFilters, withoutFilter, withoutFilters, type ActiveFilter, type ArticleSearch } from './article-search.ts';
import classes from './articles-page.module.css';
import { filterLabel, filterTitles } from './filters.tsx';
import type { ChangeSearch } from './use-article-search.ts';

interface FilterChipsProps {
  readonly search: ArticleSearch;
  readonly facets: ArticlePage['facets'] | undefined;
  readonly names: Names;
  readonly onChange: ChangeSearch;
}

/** The filters in force, each removable. */
export function FilterChips({ search, facets, names, onChange }: FilterChipsProps) {
  const now = useNow();
  const active = activeFilters(search);
  if (active.length === 0) return null;
  const label = (filter: ActiveFilter) => {
    if (filter.name === 'from' || filter.name === 'to') return shortDate(Date.parse(`${filter.value}T12:00`), now);
    const source = filter.name === 'source' ? facets?.source?.find(({ value }) => value === filter.value)?.name : undefined;
    return source ?? filterLabel(filter.name, filter.value, names);
  };
  const title = (filter: ActiveFilter) => (filter.name === 'from' ? 'From' : filter.name === 'to' ? 'To' : filterTitles[filter.name]);
  return (
    <Group gap={6} component="ul" className={classes['chips']} aria-label="Filters in force">
      {active.map((filter) => (
        <li key={filter.name + filter.value}>
          <UnstyledButton className={classes['chip']} onClick={() => onChange((current) => withoutFilter(current, filter))}>
            <VisuallyHidden>Remove the filter </VisuallyHidden>
            <span className={classes['chipTitle']}>{title(filter)}</span> {label(filter)}
            <IconX size={13} stroke={2.2} aria-hidden />
          </UnstyledButton>
        </li>
      ))}
      <li>
        <UnstyledButton className={classes['clear']} onClick={() => onChange(withoutFilters)}>
          Clear all
        </UnstyledButton>
      </li>
    </Group>
  );
}
