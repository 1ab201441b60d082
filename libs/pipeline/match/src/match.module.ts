import { Module } from '@nestjs/common';
import { AlertsStore } from './alerts.store.ts';
import { ArchivedArticlesStore } from './archived-articles.store.ts';
import { ArticleClassifiedConsumer } from './article-classified.consumer.ts';
import { CurrentRules } from './current-rules.ts';
import { MatchArticles } from './match-articles.ts';
import { PreviewFilter } from './preview-filter.ts';
import { RulesStore } from './rules.store.ts';
import { SubscriptionsController } from './subscriptions.controller.ts';
import { SubscriptionsStore } from './subscriptions.store.ts';
import { WriteSubscription } from './write-subscription.ts';

/** Subscriptions, and the alerts that classified articles raise for them. */
@Module({
  controllers: [ArticleClassifiedConsumer, SubscriptionsController],
  providers: [AlertsStore, ArchivedArticlesStore, CurrentRules, MatchArticles, PreviewFilter, RulesStore, SubscriptionsStore, WriteSubscription],
})
export class MatchModule {}
