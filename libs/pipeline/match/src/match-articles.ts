import { Injectable, Logger } from '@nestjs/common';
import { Database, type Connection } from '@tradewatch/database';
import { AlertRaisedV1, type ArticleClassifiedV1, type EventData, type EventEnvelope } from '@tradewatch/events';
import { EventLog } from '@tradewatch/messaging';
import { alertContent } from './alert-content.ts';
import { alertCause, alertId, pairOf } from './alert.ts';
import { AlertsStore, type NewAlert } from './alerts.store.ts';
import { CurrentRules } from './current-rules.ts';
import { alertsRaised } from './match-metrics.ts';
import { facetsOf, MatchableArticle } from './matchable-article.ts';
import type { MatchedRule, RuleIndex } from './rule-index.ts';

type ClassifiedEvent = EventEnvelope<EventData<typeof ArticleClassifiedV1>>;

interface Candidate extends MatchedRule {
  readonly event: ClassifiedEvent;
}

interface RaisedAlert extends NewAlert {
  readonly candidate: Candidate;
  readonly reported: Candidate['match']['developments'];
}

/** Raises the alerts that classified articles call for: one a subscription and story, and again only when its development moves. */
@Injectable()
export class MatchArticles {
  private readonly logger = new Logger('match');

  constructor(
    private readonly database: Database,
    private readonly events: EventLog,
    private readonly rules: CurrentRules,
    private readonly alerts: AlertsStore,
  ) {}

  /** Alerts and their events are added in one transaction; the same articles again add nothing. */
  async run(events: readonly ClassifiedEvent[]): Promise<void> {
    const rules = await this.rules.get();
    const candidates = events.flatMap((event) => candidatesOf(event, rules));
    if (candidates.length === 0) return;
    const raised = await this.database.inTransaction((connection) => this.raise(connection, candidates));
    for (const { id, subscriptionId, storyId, articleId, cause, candidate } of raised) {
      alertsRaised.inc({ cause: cause === 'first' ? 'first' : 'development' });
      this.logger.log({ alertId: id, subscriptionId, storyId, articleId, cause, eventId: candidate.event.id }, 'alert raised');
    }
  }

  private async raise(connection: Connection, candidates: readonly Candidate[]): Promise<RaisedAlert[]> {
    await this.alerts.lockStories(connection, candidates.map(({ event }) => event.data.article.storyId));
    const carried = new Map<string, Set<string>>();
    for (const { subscriptionId, storyId, developments } of await this.alerts.carriedDevelopments(connection, distinctStories(candidates))) {
      const key = `${subscriptionId} ${storyId}`;
      carried.set(key, new Set([...(carried.get(key) ?? []), ...developments]));
    }
    const fresh = freshAlerts(candidates, carried, new Date());
    if (fresh.length === 0) return [];
    const added = await this.alerts.insert(connection, fresh);
    const raised = fresh.filter(({ id }) => added.has(id));
    await this.events.append(connection, AlertRaisedV1, raised.map((alert) => ({
      id: alert.id,
      traceparent: alert.candidate.event.traceparent,
      tracestate: alert.candidate.event.tracestate,
      data: {
        alertId: alert.id,
        subscriptionId: alert.subscriptionId,
        storyId: alert.storyId,
        articleId: alert.articleId,
        channelIds: [...alert.candidate.subscribed.channelIds],
        developments: alert.reported.map(({ kind, stage }) => ({ kind, stage })),
        raisedAt: alert.raisedAt.toISOString(),
      },
    })));
    return raised;
  }
}

/** The rules an article matches; none where the article is quiet (backfill) or was seen before the subscription was made. */
function candidatesOf(event: ClassifiedEvent, rules: RuleIndex): Candidate[] {
  const { article } = event.data;
  if (!article.alertable) return [];
  const firstSeenAt = new Date(article.firstSeenAt);
  return rules.match(new MatchableArticle(facetsOf(event.data)))
    .filter(({ subscribed }) => firstSeenAt >= subscribed.createdAt)
    .map(({ subscribed, match }) => ({ subscribed, match, event }));
}

/** Decides article by article, in the order they came, what each subscription does not know yet. Fills `carried` as it goes. */
function freshAlerts(candidates: readonly Candidate[], carried: Map<string, Set<string>>, raisedAt: Date): RaisedAlert[] {
  const fresh: RaisedAlert[] = [];
  for (const candidate of candidates) {
    const { subscribed: { subscriptionId }, match, event: { data } } = candidate;
    const { id: articleId, storyId } = data.article;
    const key = `${subscriptionId} ${storyId}`;
    const cause = alertCause(carried.get(key) ?? null, match.developments);
    if (!cause) continue;
    const developments = [...new Set(cause.developments.map(pairOf))];
    carried.set(key, new Set([...(carried.get(key) ?? []), ...developments]));
    fresh.push({
      id: alertId(subscriptionId, storyId, cause.cause), subscriptionId, storyId, articleId, cause: cause.cause, developments,
      content: alertContent(data, match, cause), raisedAt, candidate, reported: cause.developments,
    });
  }
  return fresh;
}

function distinctStories(candidates: readonly Candidate[]): { subscriptionId: string; storyId: string }[] {
  const pairs = candidates.map(({ subscribed, event }) => ({ subscriptionId: subscribed.subscriptionId, storyId: event.data.article.storyId }));
  return [...new Map(pairs.map((pair) => [`${pair.subscriptionId} ${pair.storyId}`, pair])).values()];
}
