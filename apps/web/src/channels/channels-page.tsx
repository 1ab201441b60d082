import { Button, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconHash, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { Channel } from '../api/channels.ts';
import { Empty } from '../app/empty.tsx';
import { ListSkeleton } from '../app/list-skeleton.tsx';
import { Page } from '../app/page.tsx';
import { ProblemAlert } from '../app/problem-alert.tsx';
import { useChannels, useSubscriptions } from '../subscriptions/subscription-queries.ts';
import { ChannelCard } from './channel-card.tsx';
import { ChannelDialog } from './channel-dialog.tsx';

export function ChannelsPage() {
  const channels = useChannels();
  const subscriptions = useSubscriptions();
  const [edited, setEdited] = useState<Channel>();
  const [isOpen, dialog] = useDisclosure(false);
  const open = (channel: Channel | undefined) => {
    setEdited(channel);
    dialog.open();
  };
  const items = channels.data;
  const add = (
    <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => open(undefined)}>
      Add a channel
    </Button>
  );
  return (
    <Page title="Channels" lead="Where alerts arrive: Slack channels, each reached by an incoming webhook." actions={add}>
      {channels.isPending && <ListSkeleton label="Loading channels" height={128} rows={3} />}
      {channels.isError && <ProblemAlert error={channels.error} onRetry={() => void channels.refetch()} />}
      {items?.length === 0 && <Empty icon={IconHash} title="No channels yet" hint="Make an incoming webhook in Slack, paste its address here, and send a test." action={add} />}
      {items !== undefined && items.length > 0 && (
        <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {items.map((channel) => (
            <li key={channel.id}>
              <ChannelCard channel={channel} users={subscriptions.data?.filter(({ channelIds }) => channelIds.includes(channel.id)) ?? []} onEdit={() => open(channel)} />
            </li>
          ))}
        </Stack>
      )}
      <ChannelDialog isOpen={isOpen} channel={edited} onClose={dialog.close} />
    </Page>
  );
}
