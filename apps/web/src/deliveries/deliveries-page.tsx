import { Button, Center, Group, NativeSelect, SegmentedControl } from '@mantine/core';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { IconFilterOff, IconSend } from '@tabler/icons-react';
import { useSearchParams } from 'react-router';
import { deliveryStates, listDeliveries, type DeliveryFilter } from '../api/deliveries.ts';
import { Empty } from '../app/empty.tsx';
import { ButtonLink } from '../app/links.tsx';
import { ListSkeleton } from '../app/list-skeleton.tsx';
import { useNames } from '../app/names.ts';
import { Page } from '../app/page.tsx';
import { ProblemAlert } from '../app/problem-alert.tsx';
import { useChannels, useSubscriptions } from '../subscriptions/subscription-queries.ts';
import { DeliveryRow } from './delivery-row.tsx';
import classes from './deliveries.module.css';
import { stateNames } from './delivery-words.ts';

const refreshMs = 10_000;

/** What was sent, what waits, and what was given up. */
export function DeliveriesPage() {
  const [params, setParams] = useSearchParams();
  const filter: DeliveryFilter = { state: deliveryStates.find((state) => state === params.get('state')), channel: params.get('channel') ?? undefined, subscription: params.get('subscription') ?? undefined };
  const isFiltered = Object.values(filter).some((value) => value !== undefined);
  const names = useNames();
  const channels = useChannels();
  const subscriptions = useSubscriptions();
  const list = useInfiniteQuery({
    queryKey: ['deliveries', filter],
    queryFn: ({ pageParam, signal }) => listDeliveries(filter, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: refreshMs,
  });
  const choose = (name: keyof DeliveryFilter, value: string) =>
    setParams((current) => {
      if (value === '') current.delete(name);
      else current.set(name, value);
      return current;
    }, { replace: true });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const states = Object.entries(stateNames).filter(([state]) => state !== 'sending' || filter.state === 'sending');
  return (
    <Page title="Deliveries" lead="Every alert on its way to a channel, with each try." width="wide">
      <Group gap="sm" mb="md">
        <SegmentedControl size="sm" aria-label="State" value={filter.state ?? ''} onChange={(value) => choose('state', value)} data={[{ value: '', label: 'All' }, ...states.map(([value, label]) => ({ value, label }))]} />
        <NativeSelect size="sm" aria-label="Channel" value={filter.channel ?? ''} onChange={(event) => choose('channel', event.currentTarget.value)} data={[{ value: '', label: 'All channels' }, ...(channels.data ?? []).map(({ id, name }) => ({ value: id, label: name }))]} />
        <NativeSelect size="sm" aria-label="Subscription" value={filter.subscription ?? ''} onChange={(event) => choose('subscription', event.currentTarget.value)} data={[{ value: '', label: 'All subscriptions' }, ...(subscriptions.data ?? []).map(({ id, name }) => ({ value: id, label: name }))]} />
      </Group>
      {list.isPending && <ListSkeleton label="Loading deliveries" height={66} rows={8} />}
      {list.isError && items.length === 0 && <ProblemAlert error={list.error} onRetry={() => void list.refetch()} />}
      {list.isSuccess && items.length === 0 && (isFiltered ? (
        <Empty icon={IconFilterOff} title="No delivery like this" hint="Nothing is in this state for this channel and subscription." action={<Button onClick={() => setParams({}, { replace: true })}>Show all deliveries</Button>} />
      ) : (
        <Empty icon={IconSend} title="Nothing sent yet" hint="Deliveries appear as soon as a new article meets a subscription. Articles from before a subscription was made are not sent." action={<ButtonLink to="/subscriptions">See the subscriptions</ButtonLink>} />
      ))}
      {items.length > 0 && (
        <ul className={classes['list']} data-stale={list.isPlaceholderData || undefined}>
          {items.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} names={names} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Center mt="md">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Show more
          </Button>
        </Center>
      )}
    </Page>
  );
}
