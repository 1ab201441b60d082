export { MatchModule } from './match.module.ts';
export { SubscriptionOverviewStore, type SubscriptionOverview } from './subscription-overview.store.ts';
