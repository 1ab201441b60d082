import { Checkbox, Group, Stack, Text, Title } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { AnchorLink } from '../app/links.tsx';
import type { SubscriptionValues } from './subscription-form.ts';
import { useChannels } from './subscription-queries.ts';
import classes from './subscriptions.module.css';

/** Where the alerts go. */
export function ChannelFields({ form }: { readonly form: UseFormReturnType<SubscriptionValues> }) {
  const channels = useChannels();
  const items = channels.data ?? [];
  return (
    <section className={classes['part']} aria-labelledby="channels">
      <Title order={2} id="channels">
        Channels
      </Title>
      {channels.isSuccess && items.length === 0 ? (
        <Text size="sm" c="dimmed">
          There is no channel yet. <AnchorLink to="/channels">Add one</AnchorLink>; until then this subscription is kept and sends nothing.
        </Text>
      ) : (
        <Checkbox.Group aria-label="Channels" {...form.getInputProps('channelIds')}>
          <Stack gap="xs">
            {items.map(({ id, name, health }) => (
              <Group key={id} gap="sm">
                <Checkbox value={id} label={name} />
                {health.state === 'failing' && (
                  <Text size="xs" c="red">
                    failing
                  </Text>
                )}
              </Group>
            ))}
          </Stack>
        </Checkbox.Group>
      )}
    </section>
  );
}
