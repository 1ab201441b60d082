import { SegmentedControl, TextInput } from '@mantine/core';
import { useNow } from '../app/clock.ts';
import { daysBack, type ArticleSearch } from './article-search.ts';
import classes from './filters.module.css';
import type { ChangeSearch } from './use-article-search.ts';

const ranges = [
  { label: 'Today', days: 1 },
  { label: '7 d', days: 7 },
  { label: '30 d', days: 30 },
] as const;

/** When an article was published: the usual ranges, or any days. */
export function DateRange({ search, onChange }: { readonly search: ArticleSearch; readonly onChange: ChangeSearch }) {
  const today = new Date(useNow());
  const chosen = search.to === '' ? ranges.find(({ days }) => search.from === daysBack(days, today)) : undefined;
  const value = search.from === '' && search.to === '' ? 'any' : chosen === undefined ? 'other' : String(chosen.days);
  return (
    <section className={classes['facet']} aria-label="Published">
      <h2 className={classes['heading']}>
        <span className={classes['title']}>Published</span>
      </h2>
      <div className={classes['dates']}>
        <SegmentedControl
          size="xs"
          fullWidth
          aria-label="Published within"
          data={[{ value: 'any', label: 'Any' }, ...ranges.map(({ label, days }) => ({ label, value: String(days) }))]}
          value={value}
          onChange={(next) => onChange((current) => ({ ...current, from: next === 'any' ? '' : daysBack(Number(next), new Date()), to: '' }))}
        />
        <TextInput size="xs" type="date" label="From" value={search.from} max={search.to || undefined} onChange={(event) => { const from = event.currentTarget.value; onChange((current) => ({ ...current, from })); }} />
        <TextInput size="xs" type="date" label="To" value={search.to} min={search.from || undefined} onChange={(event) => { const to = event.currentTarget.value; onChange((current) => ({ ...current, to })); }} />
      </div>
    </section>
  );
}
