import { Stack } from '@mantine/core';
import { IconBellPlus, IconPlus } from '@tabler/icons-react';
import { Empty } from '../app/empty.tsx';
import { ButtonLink } from '../app/links.tsx';
import { ListSkeleton } from '../app/list-skeleton.tsx';
import { useNames } from '../app/names.ts';
import { Page } from '../app/page.tsx';
import { ProblemAlert } from '../app/problem-alert.tsx';
import { SubscriptionCard } from './subscription-card.tsx';
import { useChannels, useSources, useSubscriptions } from './subscription-queries.ts';

export function SubscriptionsPage() {
  const subscriptions = useSubscriptions();
  const channels = useChannels();
  const sources = useSources();
  const names = useNames();
  const items = subscriptions.data;
  return (
    <Page
      title="Subscriptions"
      lead="Each sends the articles that meet all its conditions to its channels: one alert a story, and another when the story moves to a new stage."
      actions={
        <ButtonLink to="/subscriptions/new" leftSection={<IconPlus size={16} aria-hidden />}>
          New subscription
        </ButtonLink>
      }
    >
      {subscriptions.isPending && <ListSkeleton label="Loading subscriptions" height={124} rows={3} />}
      {subscriptions.isError && <ProblemAlert error={subscriptions.error} onRetry={() => void subscriptions.refetch()} />}
      {items?.length === 0 && (
        <Empty
          icon={IconBellPlus}
          title="No subscriptions yet"
          hint="Make one from scratch, or search the articles and choose “Get alerts for this”: you see what it would have sent before it sends anything."
          action={
            <>
              <ButtonLink to="/subscriptions/new">New subscription</ButtonLink>
              <ButtonLink variant="default" to="/articles">
                Search the articles
              </ButtonLink>
            </>
          }
        />
      )}
      {items !== undefined && items.length > 0 && (
        <Stack gap="sm" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {items.map((subscription) => (
            <li key={subscription.id}>
              <SubscriptionCard
                subscription={subscription}
                names={names}
                channels={channels.data}
                sourceName={(id) => sources.data?.find((source) => source.id === id)?.name ?? id}
              />
            </li>
          ))}
        </Stack>
      )}
    </Page>
  );
}
