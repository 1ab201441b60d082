import { Chip, Input, SegmentedControl, Select, Switch, TextInput, Title } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useMemo } from 'react';
import { weekdays, type Weekday } from '../api/subscriptions.ts';
import { dayNames } from './rule-words.ts';
import type { SubscriptionValues } from './subscription-form.ts';
import classes from './subscriptions.module.css';

/** When the alerts go out. */
export function TimingFields({ form }: { readonly form: UseFormReturnType<SubscriptionValues> }) {
  const { mode, hasQuietHours, quietHours } = form.values;
  const zones = useMemo(() => [...new Set([mode.timeZone, quietHours.timeZone, 'UTC', ...Intl.supportedValuesOf('timeZone')])].toSorted(), [mode.timeZone, quietHours.timeZone]);
  const isDigest = mode.type === 'digest';
  return (
    <section className={classes['part']} aria-labelledby="timing">
      <Title order={2} id="timing">
        Timing
      </Title>
      <SegmentedControl
        aria-labelledby="timing"
        data={[{ value: 'instant', label: 'As it happens' }, { value: 'digest', label: 'Digest' }]}
        value={mode.type}
        onChange={(type) => form.setFieldValue('mode.type', type as SubscriptionValues['mode']['type'])}
      />
      {isDigest && (
        <>
          <div className={classes['two']}>
            <TextInput type="time" label="At" {...form.getInputProps('mode.at')} />
            <Select label="Time zone" searchable allowDeselect={false} data={zones} {...form.getInputProps('mode.timeZone')} />
          </div>
          <Input.Wrapper label="Days" error={form.errors['mode.days']}>
            <Chip.Group multiple value={mode.days} onChange={(days) => form.setFieldValue('mode.days', days as Weekday[])}>
              <fieldset className={classes['chips']} aria-label="Days">
                {weekdays.map((day) => (
                  <Chip key={day} value={day} size="xs" variant="light">
                    {dayNames[day]}
                  </Chip>
                ))}
              </fieldset>
            </Chip.Group>
          </Input.Wrapper>
        </>
      )}
      <Switch label="Quiet hours" description="What happens in them is sent when they end." {...form.getInputProps('hasQuietHours', { type: 'checkbox' })} />
      {hasQuietHours && (
        <>
          <div className={classes['two']}>
            <TextInput type="time" label="From" {...form.getInputProps('quietHours.from')} />
            <TextInput type="time" label="To" {...form.getInputProps('quietHours.to')} />
          </div>
          <Select label="Time zone" searchable allowDeselect={false} data={zones} {...form.getInputProps('quietHours.timeZone')} />
        </>
      )}
    </section>
  );
}
