import { useQuery } from '@tanstack/react-query';
import { IconBellOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { Problem } from '../api/problem.ts';
import { getSubscription } from '../api/subscriptions.ts';
import { Empty } from '../app/empty.tsx';
import { ButtonLink } from '../app/links.tsx';
import { ListSkeleton } from '../app/list-skeleton.tsx';
import { useNames, type Names } from '../app/names.ts';
import { Page } from '../app/page.tsx';
import { ProblemAlert } from '../app/problem-alert.tsx';
import { readSearch } from '../articles/article-search.ts';
import { SubscriptionEditor } from './subscription-editor.tsx';
import { filterFromSearch, newValues, valuesFrom } from './subscription-form.ts';

const localTimeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** Makes or changes one subscription; `/subscriptions/new?sector=…` starts from a search. */
export function SubscriptionPage() {
  const { id = 'new' } = useParams();
  return id === 'new' ? <NewSubscription /> : <StoredSubscription key={id} id={id} />;
}

function NewSubscription() {
  const names = useNames();
  return (
    <Page title="New subscription" width="wide">
      {names.isReady ? <EditorFromSearch names={names} /> : <ListSkeleton label="Loading the form" height={200} rows={3} />}
    </Page>
  );
}

/** A form keeps its first values, so these are made once, when the kinds of developments are known. */
function EditorFromSearch({ names }: { readonly names: Names }) {
  const [params] = useSearchParams();
  const [values] = useState(() => {
    const kinds = names.terms('development').map(({ value }) => value);
    return { ...newValues(localTimeZone()), filter: filterFromSearch(readSearch(params), kinds) };
  });
  return <SubscriptionEditor id={undefined} initialValues={values} names={names} />;
}

function StoredSubscription({ id }: { readonly id: string }) {
  const names = useNames();
  const subscription = useQuery({ queryKey: ['subscriptions', id], queryFn: ({ signal }) => getSubscription(id, signal), staleTime: 0, gcTime: 0, refetchOnWindowFocus: false });
  return (
    <Page title={subscription.data?.name ?? 'Subscription'} width="wide">
      {subscription.isPending && <ListSkeleton label="Loading the subscription" height={200} rows={3} />}
      {subscription.isError &&
        (subscription.error instanceof Problem && [400, 404].includes(subscription.error.status) ? (
          <Empty icon={IconBellOff} title="There is no such subscription" hint="It may have been deleted." action={<ButtonLink to="/subscriptions">See all subscriptions</ButtonLink>} />
        ) : (
          <ProblemAlert error={subscription.error} onRetry={() => void subscription.refetch()} />
        ))}
      {subscription.data !== undefined && <SubscriptionEditor id={id} initialValues={valuesFrom(subscription.data, localTimeZone())} names={names} />}
    </Page>
  );
}
