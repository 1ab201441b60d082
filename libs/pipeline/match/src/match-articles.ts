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
import { ToldStories } from './told-stories.ts';

type ClassifiedEvent = EventEnvelope<EventData<typeof ArticleClassifiedV1>>;

interface Candidate extends MatchedRule {
  readonly event: ClassifiedEvent;
}

/** An article and the rules it matches. */
interface Decision {
  readonly event: ClassifiedEvent;
  readonly candidates: readonly Candidate[];
}

interface RaisedAlert extends NewAlert {
  readonly candidate: Candidate;
  readonly reported: Candidate['match']['developments'];
}

/**
 * Raises the alerts that classified articles call for: one a subscription and story, and again only when its development moves or when it is
 * corrected. A correction is told to whoever was told of the story, also where it does not match the rule by itself.
 */
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
    const decisions = events.map((event) => ({ event, candidates: candidatesOf(event, rules) })).filter(({ event, candidates }) => candidates.length > 0 || isCorrection(event));
    if (decisions.length === 0) return;
    const raised = await this.database.inTransaction((connection) => this.raise(connection, decisions, rules));
    for (const { id, subscriptionId, storyId, articleId, cause, candidate } of raised) {
      alertsRaised.inc({ cause: cause === 'first' ? 'first' : cause.startsWith('corrected:') ? 'correction' : 'development' });
      this.logger.log({ alertId: id, subscriptionId, storyId, articleId, cause, eventId: candidate.event.id }, 'alert raised');
    }
  }

  private async raise(connection: Connection, decisions: readonly Decision[], rules: RuleIndex): Promise<RaisedAlert[]> {
    await this.alerts.lockStories(connection, decisions.map(({ event }) => event.data.article.storyId));
    const corrected = [...new Set(decisions.filter(({ event }) => isCorrection(event)).map(({ event }) => event.data.article.storyId))];
    const told = new ToldStories(await this.alerts.told(connection, distinctStories(decisions.flatMap(({ candidates }) => candidates)), corrected));
    const fresh = freshAlerts(decisions, told, rules, new Date());
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

function isCorrection({ data: { article } }: ClassifiedEvent): boolean {
  return article.alertable && article.correction !== undefined;
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

/** Those who were told of the story a correction is of, and whose rule the correction itself does not match. */
function readersOf({ event, candidates }: Decision, told: ToldStories, rules: RuleIndex): Candidate[] {
  if (!isCorrection(event)) return [];
  const matched = new Set(candidates.map(({ subscribed }) => subscribed.subscriptionId));
  const readers = new Set(told.readers(event.data.article.storyId).filter((id) => !matched.has(id)));
  return rules.rules.filter(({ subscriptionId }) => readers.has(subscriptionId)).map((subscribed) => ({ subscribed, match: { why: [], developments: [] }, event }));
}

/** Decides article by article, in the order they came, what each subscription does not know yet. Fills `told` as it goes. */
function freshAlerts(decisions: readonly Decision[], told: ToldStories, rules: RuleIndex, raisedAt: Date): RaisedAlert[] {
  const fresh: RaisedAlert[] = [];
  for (const decision of decisions) {
    for (const candidate of [...decision.candidates, ...readersOf(decision, told, rules)]) {
      const { subscribed: { subscriptionId }, match, event: { data } } = candidate;
      const { id: articleId, storyId, correction, completes = false } = data.article;
      if (completes && !correction && told.ofArticle(subscriptionId, storyId, articleId)) continue;
      const cause = alertCause(told.of(subscriptionId, storyId), match.developments, correction?.id);
      if (!cause) continue;
      const developments = [...new Set(cause.developments.map(pairOf))];
      told.add({ subscriptionId, storyId, articleId, developments, correctionId: correction?.id ?? null });
      fresh.push({
        id: alertId(subscriptionId, storyId, cause.cause), subscriptionId, storyId, articleId, cause: cause.cause, developments,
        content: alertContent(data, match, cause), raisedAt, candidate, reported: cause.developments,
      });
    }
  }
  return fresh;
}

function distinctStories(candidates: readonly Candidate[]): { subscriptionId: string; storyId: string }[] {
  const pairs = candidates.map(({ subscribed, event }) => ({ subscriptionId: subscribed.subscriptionId, storyId: event.data.article.storyId }));
  return [...new Map(pairs.map((pair) => [`${pair.subscriptionId} ${pair.storyId}`, pair])).values()];
}
