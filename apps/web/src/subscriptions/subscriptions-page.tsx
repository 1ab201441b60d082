import { Page } from '../app/page.tsx';

export function SubscriptionsPage() {
  return <Page title="Subscriptions">{null}</Page>;
}
