import { ActionIcon, Group, Switch, Text, Title, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconAlertTriangle, IconBolt, IconCalendarTime, IconMoon, IconPencil, IconSend, IconTrash } from '@tabler/icons-react';
import type { Channel } from '../api/channels.ts';
import { deleteSubscription, updateSubscription, type Subscription } from '../api/subscriptions.ts';
import card from '../app/card.module.css';
import { Confirm } from '../app/confirm.tsx';
import { AnchorLink, IconLink } from '../app/links.tsx';
import type { Names } from '../app/names.ts';
import { modeWords, quietWords } from './rule-words.ts';
import { RuleSummary } from './rule-summary.tsx';
import { subscriptionBody, valuesFrom } from './subscription-form.ts';
import classes from './subscriptions.module.css';

interface SubscriptionCardProps {
  readonly subscription: Subscription;
  readonly names: Names;
  readonly channels: readonly Channel[] | undefined;
  readonly sourceName: (id: string) => string;
}

export function SubscriptionCard({ subscription, names, channels, sourceName }: SubscriptionCardProps) {
  const { id, name, enabled, mode, quietHours, channelIds } = subscription;
  const client = useQueryClient();
  const [isAsking, ask] = useDisclosure(false);
  const reload = () => client.invalidateQueries({ queryKey: ['subscriptions'] });
  const enable = useMutation({
    mutationFn: (isEnabled: boolean) => updateSubscription(id, { ...subscriptionBody(valuesFrom(subscription, 'UTC')), enabled: isEnabled }),
    onSuccess: reload,
    onError: (error) => notifications.show({ color: 'red', title: `“${name}” was not changed`, message: error.message }),
  });
  const remove = useMutation({ mutationFn: () => deleteSubscription(id), onSuccess: reload });
  const isEnabled = enable.isPending ? enable.variables : enabled;
  return (
    <article className={card['card']} aria-labelledby={`name-${id}`} data-off={!isEnabled || undefined}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <Title order={2} id={`name-${id}`}>
          <AnchorLink to={`/subscriptions/${id}`} c="inherit" inherit>
            {name}
          </AnchorLink>
        </Title>
        <Group gap={4} wrap="nowrap">
          <Switch size="sm" mr={6} checked={isEnabled} disabled={enable.isPending} aria-label={`Send alerts of ${name}`} onChange={(event) => enable.mutate(event.currentTarget.checked)} />
          <Tooltip label="Edit">
            <IconLink variant="subtle" color="gray" to={`/subscriptions/${id}`} aria-label={`Edit ${name}`}>
              <IconPencil size={17} stroke={1.7} />
            </IconLink>
          </Tooltip>
          <Tooltip label="Delete">
            <ActionIcon variant="subtle" color="gray" aria-label={`Delete ${name}`} onClick={ask.open}>
              <IconTrash size={17} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      <RuleSummary filter={subscription.filter} names={names} sourceName={sourceName} />
      <div className={classes['facts']}>
        <span>
          {mode.type === 'instant' ? <IconBolt size={15} aria-hidden /> : <IconCalendarTime size={15} aria-hidden />}
          {modeWords(mode)}
        </span>
        {quietHours !== null && (
          <span>
            <IconMoon size={15} aria-hidden />
            {quietWords(quietHours)}
          </span>
        )}
        {channelIds.length === 0 ? (
          <span data-warning>
            <IconAlertTriangle size={15} aria-hidden />
            No channel: nothing is sent
          </span>
        ) : (
          <span>
            <IconSend size={15} aria-hidden />
            {channelIds.map((channelId) => channels?.find((channel) => channel.id === channelId)?.name ?? '…').join(', ')}
          </span>
        )}
        {!isEnabled && <Text span inherit fw={600}>Switched off</Text>}
      </div>
      <Confirm isOpen={isAsking} title={`Delete “${name}”?`} action="Delete" isBusy={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()} onCancel={ask.close}>
        It stops sending at once. What it has sent stays in the deliveries.
      </Confirm>
    </article>
  );
}
