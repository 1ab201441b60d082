// Real: PostgreSQL, the event log. Events are handed over as the event server would.
import { randomUUID } from 'node:crypto';
import { Database } from '@tradewatch/database';
import { AlertRaisedV1, type ArticleClassifiedV1, type EventData } from '@tradewatch/events';
import { EventLog } from '@tradewatch/messaging';
import { createTestDatabase } from '@tradewatch/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AlertsStore } from './alerts.store.ts';
import { classifiedArticle, classifiedEvent, type ArticleOverrides, type ClassificationOverrides } from './article-event.fixture.ts';
import { CurrentRules } from './current-rules.ts';
import { filterSchema } from './filter.ts';
import { MatchArticles } from './match-articles.ts';
import { RulesStore } from './rules.store.ts';
import type { Subscription } from './subscription.ts';
import { SubscriptionsStore } from './subscriptions.store.ts';

let database: Database;
let match: MatchArticles;
const userId = randomUUID();

function matchStep(): MatchArticles {
  return new MatchArticles(database, new EventLog(), new CurrentRules(new RulesStore(database)), new AlertsStore());
}

beforeAll(async () => {
  database = new Database({ url: await createTestDatabase() });
  match = matchStep();
});
afterAll(() => database.$disconnect());
beforeEach(async () => {
  await database.subscription.deleteMany();
  await database.channel.deleteMany();
  await database.eventLogEntry.deleteMany();
});

async function subscribe(filter: unknown, overrides: { channelIds?: string[]; enabled?: boolean } = {}): Promise<Subscription> {
  return new SubscriptionsStore(database).create(userId, {
    name: 'Trucks', filter: filterSchema.parse(filter), channelIds: overrides.channelIds ?? [], mode: { type: 'instant' }, quietHours: null, enabled: overrides.enabled ?? true,
  });
}

async function publish(...articles: EventData<typeof ArticleClassifiedV1>[]): Promise<void> {
  await match.run(articles.map(classifiedEvent));
}

const article = (overrides: ArticleOverrides = {}, classification: ClassificationOverrides = {}) => classifiedArticle(overrides, classification);
const causes = async () => (await database.alert.findMany({ orderBy: { raisedAt: 'asc' } })).map(({ cause }) => cause);

async function raised(): Promise<EventData<typeof AlertRaisedV1>[]> {
  const entries = await database.eventLogEntry.findMany({ where: { topic: AlertRaisedV1.topic }, orderBy: { seq: 'asc' } });
  return entries.map(({ data }) => AlertRaisedV1.schema.parse(data));
}

describe('matching', () => {
  it('raises one alert a subscription and story, with its event in the same transaction', async () => {
    const channel = await database.channel.create({ data: { userId, name: 'Desk', type: 'slack', settings: {} } });
    const subscription = await subscribe({ sectors: ['automotive'] }, { channelIds: [channel.id] });
    await subscribe({ sectors: ['energy'] });
    const story = randomUUID();
    const first = article({ storyId: story });
    await publish(first, article({ storyId: story }), article({}, { sectors: ['energy'], relevant: false }));
    await publish(article({ storyId: story }));
    const [alert, ...others] = await database.alert.findMany();
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ subscriptionId: subscription.id, storyId: story, articleId: first.article.id, cause: 'first', developments: ['tariff:announced'] });
    expect(alert?.content).toMatchObject({ article: { title: 'Truck tariffs rise to 25%' }, why: ['Sector: Automotive'] });
    expect(await raised()).toEqual([{
      alertId: alert?.id, subscriptionId: subscription.id, storyId: story, articleId: first.article.id, channelIds: [channel.id],
      developments: [{ kind: 'tariff', stage: 'announced' }], raisedAt: alert?.raisedAt.toISOString(),
    }]);
  });

  it('raises again when the development of the story moves to another stage, and only for what the subscription asks', async () => {
    await subscribe({ developments: [{ kind: 'tariff' }] });
    const story = randomUUID();
    const steps = (...developments: string[]) => article({ storyId: story }, { developments });
    await publish(steps('tariff:announced'));
    await publish(steps('tariff:announced', 'dispute:ruled'));
    expect(await causes()).toEqual(['first']);
    await publish(steps('tariff:announced', 'tariff:in-effect'));
    await publish(steps('tariff:paused', 'tariff:in-effect'), steps('tariff:paused'));
    expect(await causes()).toEqual(['first', 'tariff:in-effect', 'tariff:paused']);
    const { content } = await database.alert.findFirstOrThrow({ where: { cause: 'tariff:in-effect' } });
    expect(content).toMatchObject({ developments: [{ kind: 'tariff', stage: 'in-effect' }] });
  });

  it('changes nothing and raises nothing when the same events come again, alone, shuffled or to another process', async () => {
    await subscribe({ topics: ['tariff-measures'] });
    const story = randomUUID();
    const history = ['tariff:proposed', 'tariff:announced', 'tariff:in-effect'].map((step) => article({ storyId: story }, { developments: [step] }));
    await publish(...history);
    const before = [await database.alert.findMany({ orderBy: { id: 'asc' } }), await raised()];
    await publish(...history.toReversed());
    for (const each of history) await publish(each);
    await matchStep().run(history.map(classifiedEvent));
    expect([await database.alert.findMany({ orderBy: { id: 'asc' } }), await raised()]).toEqual(before);
    expect(before[0]).toHaveLength(3);
  });

  it('reports each stage once though processes handle articles of one story at the same time', async () => {
    await subscribe({ topics: ['tariff-measures'] });
    const story = randomUUID();
    const stages = ['proposed', 'announced', 'in-effect', 'paused', 'ended'];
    const articles = stages.map((stage) => article({ storyId: story }, { developments: [`tariff:${stage}`] }));
    await Promise.all(articles.flatMap((each) => [match.run([classifiedEvent(each)]), matchStep().run([classifiedEvent(each)])]));
    const alerts = await database.alert.findMany();
    expect(alerts.flatMap(({ developments }) => developments).toSorted()).toEqual(stages.map((stage) => `tariff:${stage}`).toSorted());
    expect(await raised()).toHaveLength(5);
  });

  it('stays quiet about backfill, about what was first seen before the subscription, and while it is disabled', async () => {
    const subscription = await subscribe({ sectors: ['automotive'] });
    const before = new Date(subscription.createdAt.getTime() - 1).toISOString();
    await publish(article({ alertable: false }), article({ firstSeenAt: before }));
    await database.subscription.update({ where: { id: subscription.id }, data: { enabled: false } });
    await publish(article());
    expect(await causes()).toEqual([]);
    await database.subscription.update({ where: { id: subscription.id }, data: { enabled: true } });
    await publish(article());
    expect(await causes()).toEqual(['first']);
  });

  it('raises again when the story is corrected: once a correction, and to whoever was told, whether the correction matches or not', async () => {
    const subscription = await subscribe({ sectors: ['automotive'] });
    await subscribe({ sectors: ['energy'] });
    const story = randomUUID();
    const first = article({ storyId: story });
    const correction = { id: randomUUID(), articleId: first.article.id };
    const corrected = article({ storyId: story, title: 'CORRECTED-Truck tariffs rise to 15%', correction }, { sectors: [], topics: [], developments: [] });
    const copy = article({ storyId: story, correction });
    await publish(first);
    await publish(corrected);
    await publish(copy, corrected);
    expect(await causes()).toEqual(['first', `corrected:${correction.id}`]);
    expect(await database.alert.findFirstOrThrow({ where: { cause: { startsWith: 'corrected' } } })).toMatchObject({
      subscriptionId: subscription.id, articleId: corrected.article.id, content: { article: { title: 'CORRECTED-Truck tariffs rise to 15%' }, why: ['Correction of a story you were told of'] },
    });
    const again = article({ storyId: story, correction: { id: randomUUID(), articleId: first.article.id } });
    await publish(again);
    expect(await causes()).toHaveLength(3);
    expect(await raised()).toHaveLength(3);
  });

  it('tells of a story and its correction in one list, keeps quiet corrections quiet, and takes a correction for news where nobody was told', async () => {
    await subscribe({ sectors: ['automotive'] });
    const story = randomUUID();
    const first = article({ storyId: story });
    const correction = { id: randomUUID(), articleId: first.article.id };
    await publish(first, article({ storyId: story, correction }, { sectors: ['energy'] }));
    expect(await causes()).toEqual(expect.arrayContaining(['first', `corrected:${correction.id}`]));
    await publish(article({ storyId: story, alertable: false, correction: { id: randomUUID(), articleId: first.article.id } }));
    expect(await causes()).toHaveLength(2);
    const unheard = article({ correction: { id: randomUUID(), articleId: randomUUID() } });
    await publish(unheard);
    await publish(unheard);
    expect((await causes()).filter((cause) => cause === 'first')).toHaveLength(2);
    expect(await causes()).toHaveLength(3);
  });

  it('raises the alert that only the full text of an article calls for, and no second one for what its summary was told for', async () => {
    await subscribe({ sectors: ['automotive'] });
    const [vague, plain] = [article({}, { sectors: [] }), article()];
    await publish(vague, plain);
    expect(await causes()).toEqual(['first']);
    const full = (of: typeof plain) => article({ ...of.article, revision: 2, completes: true }, { developments: ['tariff:announced', 'tariff:in-effect'] });
    await publish(full(vague), full(plain));
    await publish(full(vague), full(plain));
    expect(await causes()).toEqual(['first', 'first']);
    expect((await database.alert.findMany()).map(({ articleId }) => articleId).sort()).toEqual([vague.article.id, plain.article.id].sort());
    await publish(article({ storyId: plain.article.storyId, completes: true }, { developments: ['tariff:in-effect'] }));
    expect(await causes()).toEqual(['first', 'first', 'tariff:in-effect']);
  });

  it('matches a subscription by its filter of the moment, whichever process changed it', async () => {
    const subscription = await subscribe({ sectors: ['energy'] });
    await publish(article());
    expect(await causes()).toEqual([]);
    // In the same millisecond, with the same times: only the row's version tells.
    await database.$executeRaw`UPDATE subscriptions SET filter = '{"sectors": ["automotive"]}' WHERE id = ${subscription.id}::uuid`;
    await publish(article());
    expect(await causes()).toEqual(['first']);
    await database.subscription.delete({ where: { id: subscription.id } });
    await publish(article());
    expect(await causes()).toEqual([]);
  });

  it('goes on with the others when one subscription is deleted between match and insert', async () => {
    const [gone, stays] = [await subscribe({ sectors: ['automotive'] }), await subscribe({ sectors: ['automotive'] })];
    const rules = new CurrentRules(new RulesStore(database));
    const index = await rules.get();
    const stale = new MatchArticles(database, new EventLog(), { get: () => Promise.resolve(index) } as CurrentRules, new AlertsStore());
    await database.subscription.delete({ where: { id: gone.id } });
    await stale.run([classifiedEvent(article())]);
    expect((await raised()).map(({ subscriptionId }) => subscriptionId)).toEqual([stays.id]);
  });

  it('keeps an alert on an article with characters that PostgreSQL cannot store', async () => {
    await subscribe({ sectors: ['automotive'] });
    await publish(article({ title: 'Trucks\0 \ud800 rise', text: 'NUL \0 and half a pair \udfff. End.' }));
    expect(await database.alert.findFirst()).toMatchObject({ content: { article: { title: 'Trucks\ufffd \ufffd rise' } } });
  });

  it('handles a list of 500 articles against 1,000 subscriptions within the time that a busy second leaves', async () => {
    const filters = [{ topics: ['labor'] }, { sectors: ['energy'] }, { query: 'hydrogen pipeline' }, { htsPrefixes: ['2709'] }, { sources: ['herald'], topics: ['environment'] }];
    await database.subscription.createMany({ data: Array.from({ length: 1_000 }, (_, at) => ({ userId, name: `S${at}`, filter: filters[at % filters.length]!, mode: { type: 'instant' } })) });
    await subscribe({ sectors: ['automotive'] });
    const list = Array.from({ length: 500 }, () => article());
    await publish(article({}, { sectors: ['machinery'] }));
    const before = process.cpuUsage();
    await publish(...list);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_500);
    expect(await database.alert.count()).toBe(500);
  });
});
