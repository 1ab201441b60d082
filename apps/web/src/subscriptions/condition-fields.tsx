import { Checkbox, Chip, Input, MultiSelect, TagsInput, Text, TextInput, Title } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { languageName, type Names } from '../app/names.ts';
import type { SubscriptionValues } from './subscription-form.ts';
import { useSources } from './subscription-queries.ts';
import classes from './subscriptions.module.css';

interface ConditionFieldsProps {
  readonly form: UseFormReturnType<SubscriptionValues>;
  readonly names: Names;
}

/** What an article must be about: every field that is filled must hold, any of its values is enough. */
export function ConditionFields({ form, names }: ConditionFieldsProps) {
  const sources = useSources();
  const pick = { searchable: true, clearable: true, hidePickedOptions: true, openOnFocus: false, nothingFoundMessage: 'Nothing of that name', comboboxProps: { shadow: 'md' } } as const;
  const emptyError = form.errors['filter'];
  return (
    <section className={classes['part']} aria-labelledby="conditions">
      <div>
        <Title order={2} id="conditions">
          Conditions
        </Title>
        <Text size="xs" c="dimmed">
          An article must meet every condition you fill in; any of its values is enough.
        </Text>
        {emptyError !== undefined && (
          <Input.Error mt={6} size="sm" role="alert" tabIndex={-1} data-form-error>
            {emptyError}
          </Input.Error>
        )}
      </div>
      <DevelopmentFields form={form} names={names} />
      <MultiSelect label="Topics" placeholder={form.values.filter.topics.length === 0 ? 'Any topic' : undefined} data={[...names.terms('topic')]} {...pick} {...form.getInputProps('filter.topics')} />
      <MultiSelect label="Sectors" placeholder={form.values.filter.sectors.length === 0 ? 'Any sector' : undefined} data={[...names.terms('sector')]} {...pick} {...form.getInputProps('filter.sectors')} />
      <MultiSelect label="Jurisdictions" placeholder={form.values.filter.jurisdictions.length === 0 ? 'Any jurisdiction' : undefined} data={[...names.terms('jurisdiction')]} {...pick} {...form.getInputProps('filter.jurisdictions')} />
      <MultiSelect label="Legal authorities" placeholder={form.values.filter.authorities.length === 0 ? 'Any authority' : undefined} data={[...names.terms('authority')]} {...pick} {...form.getInputProps('filter.authorities')} />
      <TextInput label="Words" description="As in the search box; word forms are found in English, Spanish and French." placeholder="rules of origin" {...form.getInputProps('filter.query')} />
      <TagsInput
        label="HTS codes"
        description="The beginning of a code is enough: 8703 finds 8703.23.01. Enter adds it."
        placeholder={form.values.filter.htsPrefixes.length === 0 ? '8703' : undefined}
        splitChars={[',', ' ', ';']}
        acceptValueOnBlur
        {...form.getInputProps('filter.htsPrefixes')}
      />
      <MultiSelect
        label="Sources"
        placeholder={form.values.filter.sources.length === 0 ? 'Any source' : undefined}
        data={(sources.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        {...pick}
        {...form.getInputProps('filter.sources')}
      />
      <MultiSelect
        label="Languages"
        placeholder={form.values.filter.languages.length === 0 ? 'Any language' : undefined}
        data={[...new Set(['en', 'es', 'fr', ...form.values.filter.languages])].map((code) => ({ value: code, label: languageName(code) }))}
        {...pick}
        {...form.getInputProps('filter.languages')}
      />
    </section>
  );
}

function DevelopmentFields({ form, names }: ConditionFieldsProps) {
  const chosen = form.values.filter.developments;
  const set = (next: typeof chosen) => form.setFieldValue('filter.developments', next);
  return (
    <Checkbox.Group
      label="Developments"
      description="A step that is reported as news. Without stages, every stage counts."
      error={form.errors['filter.developments']}
      value={chosen.map(({ kind }) => kind)}
      onChange={(kinds) => set(kinds.map((kind) => chosen.find((one) => one.kind === kind) ?? { kind, stages: [] }))}
    >
      <div className={classes['form']} style={{ gap: '0.55rem', marginTop: '0.6rem' }}>
        {names.terms('development').map(({ value: kind, label }) => {
          const own = chosen.find((one) => one.kind === kind);
          return (
            <div key={kind} className={classes['kind']}>
              <Checkbox value={kind} label={label} />
              {own !== undefined && (
                <Chip.Group multiple value={own.stages} onChange={(stages) => set(chosen.map((one) => (one.kind === kind ? { kind, stages } : one)))}>
                  <fieldset className={classes['stages']} aria-label={`Stages of ${label}`}>
                    {names.terms('stage').map((stage) => (
                      <Chip key={stage.value} value={stage.value} size="xs" variant="light">
                        {stage.label}
                      </Chip>
                    ))}
                  </fieldset>
                </Chip.Group>
              )}
            </div>
          );
        })}
      </div>
    </Checkbox.Group>
  );
}
