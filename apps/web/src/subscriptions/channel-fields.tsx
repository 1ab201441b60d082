import { Button, Checkbox, Group, Input, Stack, Text, Title } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { ChannelDialog } from '../channels/channel-dialog.tsx';
import type { SubscriptionValues } from './subscription-form.ts';
import { useChannels } from './subscription-queries.ts';
import classes from './subscriptions.module.css';

/** Where the alerts go; a missing channel is added here, without leaving the form. */
export function ChannelFields({ form }: { readonly form: UseFormReturnType<SubscriptionValues> }) {
  const channels = useChannels();
  const [isAdding, adding] = useDisclosure(false);
  const items = channels.data ?? [];
  const error = form.errors['channelIds'];
  return (
    <section className={classes['part']} aria-labelledby="channels">
      <Group justify="space-between">
        <Title order={2} id="channels">
          Channels
        </Title>
        <Button size="compact-sm" variant="subtle" leftSection={<IconPlus size={14} aria-hidden />} onClick={adding.open}>
          Add a channel
        </Button>
      </Group>
      {channels.isSuccess && items.length === 0 && (
        <Text size="sm" c="dimmed">
          There is no channel yet. Add one to have somewhere to send to.
        </Text>
      )}
      <Checkbox.Group aria-labelledby="channels" value={form.values.channelIds} onChange={(ids) => form.setFieldValue('channelIds', ids)}>
        <Stack gap="xs">
          {items.map(({ id, name, health }) => (
            <Group key={id} gap="sm">
              <Checkbox value={id} label={name} />
              {health.state === 'failing' && (
                <Text size="xs" c="var(--mantine-color-error)">
                  failing
                </Text>
              )}
            </Group>
          ))}
        </Stack>
      </Checkbox.Group>
      {error !== undefined && (
        <Input.Error size="sm" role="alert" tabIndex={-1} data-form-error>
          {error}
        </Input.Error>
      )}
      <ChannelDialog isOpen={isAdding} channel={undefined} onClose={adding.close} onSaved={({ id }) => form.setFieldValue('channelIds', (ids) => [...ids, id])} />
    </section>
  );
}
