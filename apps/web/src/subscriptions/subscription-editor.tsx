import { Button, Switch, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { useCallback } from 'react';
import { useNavigate } from 'react-router';
import { createSubscription, updateSubscription } from '../api/subscriptions.ts';
import { LeaveGuard } from '../app/leave-guard.tsx';
import { ButtonLink } from '../app/links.tsx';
import type { Names } from '../app/names.ts';
import { SaveProblem } from '../app/save-problem.tsx';
import { useSave } from '../app/use-save.ts';
import { ChannelFields } from './channel-fields.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { isEmptyFilter, subscriptionBody, subscriptionFields, type SubscriptionValues } from './subscription-form.ts';
import { PreviewCount, SubscriptionPreview } from './subscription-preview.tsx';
import classes from './subscriptions.module.css';
import { TimingFields } from './timing-fields.tsx';

interface SubscriptionEditorProps {
  readonly id: string | undefined;
  readonly initialValues: SubscriptionValues;
  readonly names: Names;
}

const previewPauseMs = 350;

/** The form, beside what it would have sent. */
export function SubscriptionEditor({ id, initialValues, names }: SubscriptionEditorProps) {
  const navigate = useNavigate();
  const form = useForm<SubscriptionValues>({
    initialValues,
    validate: (values) => ({
      ...(values.name.trim() === '' ? { name: 'Give it a name your team will recognise in Slack' } : {}),
      ...(isEmptyFilter(values.filter) ? { filter: 'Choose at least one condition; without any, every article would be sent' } : {}),
      ...(values.channelIds.length === 0 ? { channelIds: 'Choose at least one channel' } : {}),
      ...(values.mode.type === 'digest' && values.mode.days.length === 0 ? { 'mode.days': 'Choose at least one day' } : {}),
      ...(values.mode.type === 'digest' && values.mode.at === '' ? { 'mode.at': 'Choose a time' } : {}),
    }),
  });
  const save = useSave({
    form,
    fields: subscriptionFields,
    save: (values: SubscriptionValues) => (id === undefined ? createSubscription(subscriptionBody(values)) : updateSubscription(id, subscriptionBody(values))),
    changes: ['subscriptions'],
    done: id === undefined ? 'Subscription created' : 'Subscription saved',
    onSaved: () => void navigate('/subscriptions'),
  });
  const [filter] = useDebouncedValue(form.values.filter, previewPauseMs);
  const isChanged = useCallback(() => form.isDirty() && !save.isSuccess, [form, save.isSuccess]);
  return (
    <div className={classes['columns']}>
      <LeaveGuard isChanged={isChanged} />
      <form noValidate className={classes['form']} onSubmit={form.onSubmit((values) => save.mutate(values), () => requestAnimationFrame(focusFirstError))}>
        <SaveProblem error={save.error} fields={subscriptionFields} />
        <section className={classes['part']}>
          <TextInput label="Name" size="sm" placeholder="Auto tariffs, all steps" {...form.getInputProps('name')} />
        </section>
        <ConditionFields form={form} names={names} />
        <ChannelFields form={form} />
        <TimingFields form={form} />
        <section className={classes['part']}>
          <Title order={2}>State</Title>
          <Switch label="Send alerts" description="Switched off, it keeps its conditions and sends nothing." {...form.getInputProps('enabled', { type: 'checkbox' })} />
        </section>
        <div className={classes['save']}>
          <PreviewCount filter={filter} />
          <ButtonLink variant="default" to="/subscriptions">
            Cancel
          </ButtonLink>
          <Button type="submit" loading={save.isPending}>
            {id === undefined ? 'Create the subscription' : 'Save'}
          </Button>
        </div>
      </form>
      <SubscriptionPreview filter={filter} isTyping={filter !== form.values.filter} />
    </div>
  );
}

function focusFirstError() {
  const first = document.querySelector<HTMLElement>('form [aria-invalid="true"], form [data-form-error]');
  first?.scrollIntoView({ block: 'center' });
  first?.focus();
}
