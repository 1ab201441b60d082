import { Page } from '../app/page.tsx';

export function SubscriptionPage() {
  return <Page title="Subscription">{null}</Page>;
}
