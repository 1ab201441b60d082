import { ActionIcon, Alert, Button, Group, Text, Title, Tooltip } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconCheck, IconPencil, IconSend, IconTrash, IconX } from '@tabler/icons-react';
import { deleteChannel, testChannel, type Channel, type ChannelTest } from '../api/channels.ts';
import type { Subscription } from '../api/subscriptions.ts';
import card from '../app/card.module.css';
import { Confirm } from '../app/confirm.tsx';
import { AnchorLink } from '../app/links.tsx';
import { ProblemAlert } from '../app/problem-alert.tsx';
import { sentences } from '../app/sentences.ts';
import { StateDot } from '../app/state-dot.tsx';
import { Time } from '../app/time.tsx';

interface ChannelCardProps {
  readonly channel: Channel;
  /** The subscriptions that send to it. */
  readonly users: readonly Subscription[];
  readonly onEdit: () => void;
}

export function ChannelCard({ channel, users, onEdit }: ChannelCardProps) {
  const client = useQueryClient();
  const [isAsking, ask] = useDisclosure(false);
  const reload = () => client.invalidateQueries({ queryKey: ['channels'] });
  const test = useMutation({ mutationFn: () => testChannel(channel.id), onSettled: reload });
  const remove = useMutation({ mutationFn: () => deleteChannel(channel.id), onSuccess: reload });
  return (
    <article className={card['card']} aria-labelledby={`channel-${channel.id}`}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Title order={2} id={`channel-${channel.id}`}>
            {channel.name}
          </Title>
          <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            Slack · {channel.settings.webhookUrl ?? 'webhook'}
          </Text>
        </div>
        <Group gap={4} wrap="nowrap">
          <Button size="xs" variant="default" mr={4} leftSection={<IconSend size={15} aria-hidden />} loading={test.isPending} onClick={() => test.mutate()} aria-label={`Send a test to ${channel.name}`}>
            Send a test
          </Button>
          <Tooltip label="Edit">
            <ActionIcon variant="subtle" color="gray" aria-label={`Edit ${channel.name}`} onClick={onEdit}>
              <IconPencil size={17} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Delete">
            <ActionIcon variant="subtle" color="gray" aria-label={`Delete ${channel.name}`} onClick={ask.open}>
              <IconTrash size={17} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      <Text size="sm" mt="sm" component="div">
        <ChannelHealth channel={channel} />
      </Text>
      <Text size="sm" c="dimmed" mt={4}>
        {users.length === 0 ? 'No subscription sends here yet.' : 'Used by '}
        {users.map(({ id, name }, index) => (
          <span key={id}>
            {index > 0 && ', '}
            <AnchorLink to={`/subscriptions/${id}`}>{name}</AnchorLink>
          </span>
        ))}
      </Text>
      <div aria-live="polite">
        {test.data !== undefined && <TestResult result={test.data} name={channel.name} />}
        {test.error !== null && <ProblemAlert error={test.error} />}
      </div>
      <Confirm isOpen={isAsking} title={`Delete ${channel.name}?`} action="Delete" isBusy={remove.isPending} error={remove.error} onConfirm={() => remove.mutate()} onCancel={ask.close}>
        {users.length === 0 ? 'Nothing sends to it. ' : `${users.length === 1 ? 'One subscription sends' : `${users.length} subscriptions send`} to it and will no longer reach it. `}
        What waits to be sent there is dropped.
      </Confirm>
    </article>
  );
}

function ChannelHealth({ channel: { health } }: { readonly channel: Channel }) {
  if (health.state === 'unused') return <StateDot tone="idle">Nothing sent yet. Send a test to see that it arrives.</StateDot>;
  const last = health.lastSentAt === null ? 'Nothing has arrived yet.' : <>Last message arrived <Time at={health.lastSentAt} />.</>;
  if (health.state === 'ok') return <StateDot tone="good">Working. {last}</StateDot>;
  return (
    <StateDot tone="bad">
      Failing: {sentences(health.lastErrorMessage ?? 'the last message was refused')} {last}
    </StateDot>
  );
}

function TestResult({ result, name }: { readonly result: ChannelTest; readonly name: string }) {
  if (result.ok) {
    return (
      <Alert mt="sm" color="teal" variant="light" icon={<IconCheck aria-hidden />} title="The test was accepted">
        Slack took the message; look for it in {name}.
      </Alert>
    );
  }
  return (
    <Alert mt="sm" color="red" variant="light" icon={<IconX aria-hidden />} title="The test did not arrive">
      {sentences(result.message)} <Text span size="xs" c="dimmed">({result.errorCode})</Text>
    </Alert>
  );
}
