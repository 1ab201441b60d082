import { Fieldset, SimpleGrid, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { Selectors } from '../api/sources.ts';

export type SelectorValues = Readonly<Record<keyof Selectors, string>>;

export const noSelectors: SelectorValues = { item: '', link: '', title: '', date: '', summary: '' };

/** Where articles stand on a page that lists them. */
export function SelectorFields<Values extends { selectors: SelectorValues }>({ form }: { readonly form: UseFormReturnType<Values> }) {
  return (
    <Fieldset legend="Where the articles stand (CSS selectors)">
      <TextInput label="One article" description="Everything that belongs to one article of the list, or its link" placeholder="ul.news > li" {...form.getInputProps('selectors.item')} />
      <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" mt="sm">
        <TextInput label="Its link" placeholder="the first link" {...form.getInputProps('selectors.link')} />
        <TextInput label="Its title" placeholder="the text of the link" {...form.getInputProps('selectors.title')} />
        <TextInput label="Its date" placeholder="time" {...form.getInputProps('selectors.date')} />
        <TextInput label="Its summary" placeholder="none" {...form.getInputProps('selectors.summary')} />
      </SimpleGrid>
    </Fieldset>
  );
}

/** The fields that were filled in; null for a source that is no page with a list. */
export function selectorsOf(kind: string, values: SelectorValues): Selectors | null {
  if (kind !== 'html-list') return null;
  const { item, ...parts } = values;
  return { item: item.trim(), ...Object.fromEntries(Object.entries(parts).flatMap(([part, selector]) => (selector.trim() === '' ? [] : [[part, selector.trim()]]))) };
}
