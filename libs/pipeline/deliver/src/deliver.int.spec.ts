// Real: PostgreSQL, HTTP and the Slack library, a receiver on loopback. The job queue only remembers its wake-ups; the clock is the test's.
import { Database } from '@tradewatch/database';
import { createTestDatabase, startSlackReceiver, waitFor, type SlackAnswer, type SlackReceiver } from '@tradewatch/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { channelRow, deliverProcess, raisedAlert, subscriptionRow, type DeliverProcess } from './deliver.fixture.ts';
import { retryPolicy } from './retry-policy.ts';

let database: Database;
let slack: SlackReceiver;
let clock: Date;
let processes: DeliverProcess[];
let path = 0;

beforeAll(async () => {
  database = new Database({ url: await createTestDatabase() });
  slack = await startSlackReceiver();
});
afterAll(() => database.$disconnect());
beforeEach(() => {
  clock = new Date('2026-07-01T15:00:00Z');
  processes = [];
});
afterEach(async () => {
  slack.onRequest = undefined;
  await Promise.all(processes.map((each) => each.stop()));
  await database.subscription.deleteMany();
  await database.channel.deleteMany();
});

const advance = (ms: number): void => void (clock = new Date(clock.getTime() + ms));

async function start(sendTimeoutMs = 2_000): Promise<DeliverProcess> {
  const started = await deliverProcess(database, { now: () => clock, sendTimeoutMs });
  processes.push(started);
  return started;
}

/** A webhook of its own for the calling test. */
function webhook(...answers: SlackAnswer[]): { path: string; url: string } {
  const own = `/services/${++path}`;
  return { path: own, url: slack.answer(own, ...(answers.length > 0 ? answers : (['ok'] as const))) };
}

/** One alert raised for one channel that answers so. */
async function deliverTo(step: DeliverProcess, ...answers: SlackAnswer[]) {
  const { path: own, url } = webhook(...answers);
  const channelId = await channelRow(database, url);
  const event = await raisedAlert(database, await subscriptionRow(database), [channelId]);
  await step.plan([event]);
  await step.dispatcher.settled();
  return { path: own, channelId, event, requests: () => slack.requests.filter((each) => each.path === own) };
}

const deliveries = () => database.delivery.findMany({ include: { attempts: { orderBy: { attempt: 'asc' } } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
const delivery = async () => (await deliveries())[0]!;

describe('a delivery', () => {
  it('is posted at once and recorded with its attempt', async () => {
    const { requests } = await deliverTo(await start());
    const [sent] = await deliveries();
    expect(sent).toMatchObject({ state: 'sent', attemptCount: 1, sentAt: clock, leaseUntil: null, errorCode: null, attempts: [{ attempt: 1, outcome: 'sent', httpStatus: 200 }] });
    expect(requests()).toHaveLength(1);
    expect(requests()[0]).toMatchObject({ headers: { 'idempotency-key': sent!.id, 'content-type': 'application/json' }, message: { metadata: { event_payload: { delivery_ids: [sent!.id] } } } });
    expect(requests()[0]!.message.blocks[0]!.text!.text).toContain('Truck tariffs rise');
  });

  it('is made once an alert and channel, and sent once, however often the event comes', async () => {
    const step = await start();
    const { event, requests } = await deliverTo(step);
    for (const each of [step, await start()]) await each.plan([event, event]);
    await Promise.all(processes.map((each) => each.sweep()));
    expect(await deliveries()).toHaveLength(1);
    expect(requests()).toHaveLength(1);
  });

  it('goes to every channel of its alert, and to none where subscription or channel is gone', async () => {
    const step = await start();
    const [a, b, c] = [webhook(), webhook(), webhook()];
    const ids = await Promise.all([a, b, c].map(({ url }) => channelRow(database, url)));
    const [stays, gone] = [await subscriptionRow(database), await subscriptionRow(database)];
    const events = [await raisedAlert(database, stays, ids), await raisedAlert(database, gone, ids)];
    await database.subscription.delete({ where: { id: gone } });
    await database.channel.delete({ where: { id: ids[2]! } });
    await step.plan(events);
    await step.dispatcher.settled();
    expect([a, b, c].map(({ path: own }) => slack.accepted(own).length)).toEqual([1, 1, 0]);
  });
});

describe('a webhook that answers', () => {
  it.each([
    [400, 'invalid_payload', 'invalid_payload'], [403, 'action_prohibited', 'action_prohibited'], [404, 'no_service', 'no_service'],
    [410, 'channel_is_archived', 'channel_is_archived'], [404, '<html>', 'http-404'], [302, '', 'unexpected-redirect'],
  ])('%i %s ends the delivery at once', async (status, body, errorCode) => {
    const step = await start();
    const { requests, channelId } = await deliverTo(step, { status, body, headers: status === 302 ? { location: slack.url('/elsewhere') } : {} });
    advance(24 * 3_600_000);
    await step.sweep();
    const dead = await delivery();
    expect(dead).toMatchObject({ state: 'dead', errorCode, attemptCount: 1, sentAt: null, attempts: [{ outcome: 'dead', errorCode }] });
    expect(dead.errorMessage).toMatch(/\.|redirect/);
    expect(requests()).toHaveLength(1);
    expect(await database.channel.findUnique({ where: { id: channelId } })).toMatchObject({ lastSentAt: null, lastErrorMessage: dead.errorMessage });
  });

  it('500 is tried again later, with the same key, until it takes the message', async () => {
    const step = await start();
    const { requests } = await deliverTo(step, { status: 500 }, { status: 503, body: 'down' }, 'ok');
    const first = await delivery();
    expect(first).toMatchObject({ state: 'pending', attemptCount: 1, errorCode: 'http-500' });
    expect(first.dueAt.getTime() - clock.getTime()).toBeGreaterThanOrEqual(0.8 * retryPolicy.firstDelayMs);
    await step.sweep();
    expect(requests()).toHaveLength(1);
    for (let tries = 0; tries < 5; tries++) {
      advance(60_000);
      await step.sweep();
    }
    const done = await delivery();
    expect(done).toMatchObject({ state: 'sent', attemptCount: 3, errorCode: null, errorMessage: null });
    expect(done.attempts.map(({ outcome, httpStatus }) => [outcome, httpStatus])).toEqual([['retry', 500], ['retry', 503], ['sent', 200]]);
    expect(new Set(requests().map(({ headers }) => headers['idempotency-key']))).toEqual(new Set([done.id]));
    expect(requests()).toHaveLength(3);
  });

  it('429 is left alone, the whole channel, for as long as it asks', async () => {
    const step = await start();
    const { requests, channelId } = await deliverTo(step, { status: 429, body: 'rate_limited', headers: { 'retry-after': '30' } }, 'ok');
    expect(await delivery()).toMatchObject({ state: 'pending', errorCode: 'rate-limited', dueAt: new Date(clock.getTime() + 30_000) });
    await step.plan([await raisedAlert(database, await subscriptionRow(database), [channelId])]);
    advance(29_900);
    await step.sweep();
    expect(requests()).toHaveLength(1);
    advance(100);
    await step.sweep();
    advance(1_000);
    await step.sweep();
    expect(requests()).toHaveLength(3);
    expect((await deliveries()).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  it.each([['never', 'timeout'], ['hang-up', 'connection-lost']] as const)('%s is tried again', async (answer, errorCode) => {
    const step = await start(200);
    const { requests } = await deliverTo(step, answer, 'ok');
    expect(await delivery()).toMatchObject({ state: 'pending', errorCode, attempts: [{ outcome: 'retry', httpStatus: null }] });
    advance(10_000);
    await step.sweep();
    expect(await delivery()).toMatchObject({ state: 'sent', attemptCount: 2 });
    expect(requests()).toHaveLength(2);
  });

  it('500 for a day is given up', async () => {
    const step = await start();
    const { requests } = await deliverTo(step, { status: 500 });
    for (let tries = 0; tries < 40; tries++) {
      advance(2 * retryPolicy.longestDelayMs);
      await step.sweep();
    }
    expect(await delivery()).toMatchObject({ state: 'dead', attemptCount: retryPolicy.mostAttempts, errorCode: 'http-500' });
    expect(requests()).toHaveLength(retryPolicy.mostAttempts);
  });
});

describe('the rate of a channel', () => {
  it('is a burst, then one message a second', async () => {
    const step = await start();
    const { path: own, url } = webhook();
    const channelId = await channelRow(database, url);
    const subscriptionId = await subscriptionRow(database);
    await step.plan(await Promise.all(Array.from({ length: 24 }, () => raisedAlert(database, subscriptionId, [channelId]))));
    await step.dispatcher.settled();
    expect(slack.accepted(own)).toHaveLength(20);
    await step.sweep();
    expect(slack.accepted(own)).toHaveLength(20);
    for (const expected of [21, 22]) {
      advance(1_000);
      await step.sweep();
      expect(slack.accepted(own)).toHaveLength(expected);
    }
    advance(60_000);
    await step.sweep();
    expect(slack.accepted(own)).toHaveLength(24);
  });

  it('is not used up by a failure: what waited for the receiver goes out together when it is back', async () => {
    const step = await start();
    const { path: own, url } = webhook({ status: 500 }, 'ok');
    const channelId = await channelRow(database, url);
    const subscriptionId = await subscriptionRow(database);
    await step.plan(await Promise.all(Array.from({ length: 12 }, () => raisedAlert(database, subscriptionId, [channelId]))));
    await step.dispatcher.settled();
    expect(slack.requests.filter((each) => each.path === own)).toHaveLength(1);
    advance(2 * retryPolicy.firstDelayMs);
    await step.sweep();
    expect(slack.accepted(own)).toHaveLength(12);
  });
});

describe('when it is due', () => {
  it('an alert waits for the end of quiet hours', async () => {
    clock = new Date('2026-07-02T05:00:00Z');
    const step = await start();
    const { path: own, url } = webhook();
    const channelId = await channelRow(database, url);
    const subscriptionId = await subscriptionRow(database, { quietHours: { from: '22:00', to: '07:00', timeZone: 'America/Mexico_City' } });
    await step.plan([await raisedAlert(database, subscriptionId, [channelId])]);
    await step.sweep();
    expect(await delivery()).toMatchObject({ state: 'pending', digest: false, dueAt: new Date('2026-07-02T13:00:00Z') });
    expect(step.jobs.enqueued).toEqual([{ name: 'deliver-channel', data: { channelId }, key: channelId, runAt: new Date('2026-07-02T13:00:00Z') }]);
    clock = new Date('2026-07-02T13:00:00Z');
    await step.jobs.run('deliver-channel', { channelId });
    await step.dispatcher.settled();
    expect(slack.accepted(own)).toHaveLength(1);
  });

  it('a digest is one message a subscription, recorded for each of its deliveries', async () => {
    const step = await start();
    const { path: own, url } = webhook({ status: 500 }, 'ok');
    const channelId = await channelRow(database, url);
    const mode = { type: 'digest', at: '08:00', timeZone: 'America/Mexico_City' } as const;
    const subscriptionId = await subscriptionRow(database, { mode, name: 'Morning' });
    await step.plan(await Promise.all(Array.from({ length: 23 }, (_, at) => raisedAlert(database, subscriptionId, [channelId], { article: { title: `Article ${at}` } }))));
    await step.sweep();
    expect(slack.requests.filter((each) => each.path === own)).toHaveLength(0);
    clock = new Date('2026-07-02T14:00:00Z');
    await step.sweep();
    expect((await deliveries()).every(({ state }) => state === 'pending')).toBe(true);
    // Raised meanwhile, due tomorrow: not part of the message that is tried again.
    await step.plan([await raisedAlert(database, subscriptionId, [channelId])]);
    advance(60_000);
    await step.sweep();
    const [failed, sent, ...more] = slack.requests.filter((each) => each.path === own);
    expect(more).toEqual([]);
    expect(sent!.headers['idempotency-key']).toBe(failed!.headers['idempotency-key']);
    expect(sent!.message).toEqual(failed!.message);
    expect(sent!.message.blocks[0]!.text!.text).toBe('Morning: 23 alerts');
    expect(sent!.message.blocks.at(-1)!.elements![0]!.text).toContain('+3 more');
    const done = await deliveries();
    expect(done.filter(({ state, attemptCount }) => state === 'sent' && attemptCount === 2)).toHaveLength(23);
    expect(done.filter(({ state }) => state === 'pending').map(({ dueAt }) => dueAt)).toEqual([new Date('2026-07-03T14:00:00Z')]);
  });
});

describe('with many processes', () => {
  it('a message whose process was killed after posting it is sent again under the same key, and recorded once', async () => {
    const lost = await start();
    const { path: own, url } = webhook();
    const channelId = await channelRow(database, url);
    const event = await raisedAlert(database, await subscriptionRow(database), [channelId]);
    // Planned by a process that claims and posts, and is gone before it can say so.
    await lost.queue.add([{ alertId: event.data.alertId, subscriptionId: event.data.subscriptionId, channelIds: [channelId], dueAt: clock, digest: false }]);
    const [claimed] = await lost.queue.claim([channelId], clock);
    await lost.sendMessage.send(claimed!);
    const survivor = await start();
    advance(11_000);
    await survivor.sweep();
    expect(slack.accepted(own)).toHaveLength(1);
    advance(1_000);
    await survivor.sweep();
    const done = await delivery();
    expect(slack.accepted(own).map(({ headers }) => headers['idempotency-key'])).toEqual([done.id, done.id]);
    expect(done).toMatchObject({ state: 'sent', attemptCount: 2, attempts: [{ attempt: 1, outcome: 'retry', errorCode: 'interrupted' }, { attempt: 2, outcome: 'sent' }] });
  });

  it('an answer that arrives after its claim ran out still counts, and stops the next attempt', async () => {
    const [slow, other] = [await start(), await start()];
    const { path: own, url } = webhook({ status: 500 }, 'ok');
    const channelId = await channelRow(database, url);
    const event = await raisedAlert(database, await subscriptionRow(database), [channelId]);
    const planned = { alertId: event.data.alertId, subscriptionId: event.data.subscriptionId, channelIds: [channelId], dueAt: clock, digest: false };
    await slow.queue.add([planned]);
    const [claimed] = await slow.queue.claim([channelId], clock);
    const startedAt = clock;
    advance(61_000);
    await other.sweep();
    expect(await delivery()).toMatchObject({ state: 'pending', attemptCount: 2 });
    await slow.queue.finish([{ deliveryId: claimed!.deliveries[0]!.id, channelId, attempt: 1, leaseUntil: claimed!.leaseUntil, startedAt, finishedAt: clock, state: 'sent', dueAt: null, holdUntil: null, channelTime: null, httpStatus: 200, errorCode: null, message: null }]);
    advance(600_000);
    await other.sweep();
    expect(await delivery()).toMatchObject({ state: 'sent', attempts: [{ attempt: 1, outcome: 'sent' }, { attempt: 2, outcome: 'retry' }] });
    expect(slack.requests.filter((each) => each.path === own)).toHaveLength(1);
  });

  it('never send a message twice, nor two at a time to one channel', async () => {
    const all = await Promise.all([start(), start(), start()]);
    const hooks = Array.from({ length: 6 }, () => webhook({ status: 200, body: 'ok', afterMs: 3 }));
    const channelIds = await Promise.all(hooks.map(({ url }) => channelRow(database, url)));
    const subscriptionId = await subscriptionRow(database);
    const events = await Promise.all(Array.from({ length: 15 }, () => raisedAlert(database, subscriptionId, channelIds)));
    const busy = new Set<string>();
    let overlaps = 0;
    slack.onRequest = ({ path: own }) => {
      if (busy.has(own)) overlaps++;
      busy.add(own);
      return new Promise((resolve) => setTimeout(resolve, 2)).then(() => void busy.delete(own));
    };
    await Promise.all(all.map((each) => each.plan(events)));
    await waitFor('all deliveries to be sent', async () => {
      await Promise.all(all.map((each) => each.sweep()));
      return (await database.delivery.count({ where: { state: 'sent' } })) === 90;
    });
    expect(hooks.map(({ path: own }) => slack.accepted(own).length)).toEqual(hooks.map(() => 15));
    expect(new Set(hooks.flatMap(({ path: own }) => slack.accepted(own).map(({ headers }) => headers['idempotency-key']))).size).toBe(90);
    expect(await database.deliveryAttempt.count()).toBe(90);
    expect(overlaps).toBe(0);
  });

  it('a channel that does not answer keeps no other waiting', async () => {
    const step = await start(15_000);
    const silent = Array.from({ length: 3 }, () => webhook('never'));
    const quick = Array.from({ length: 10 }, () => webhook());
    const [silentIds, quickIds] = [await Promise.all(silent.map(({ url }) => channelRow(database, url))), await Promise.all(quick.map(({ url }) => channelRow(database, url)))];
    const subscriptionId = await subscriptionRow(database);
    await step.plan([await raisedAlert(database, subscriptionId, silentIds)]);
    await waitFor('the silent channels to be asked', () => slack.open() === 3);
    await step.plan([await raisedAlert(database, subscriptionId, quickIds)]);
    await waitFor('the others to be served', async () => (await database.delivery.count({ where: { state: 'sent' } })) === 10);
    expect(quick.map(({ path: own }) => slack.accepted(own).length)).toEqual(quick.map(() => 1));
    expect(await database.delivery.count({ where: { state: 'sending', channelId: { in: silentIds } } })).toBe(3);
    slack.cutOff();
  });
});
