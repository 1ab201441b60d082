// Real: PostgreSQL, Fastify, sign-in, pg-boss is left out: the job queue only remembers. A receiver on loopback.
import { randomUUID } from 'node:crypto';
import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHost } from '@tradewatch/api';
import { Database, DatabaseModule } from '@tradewatch/database';
import { createHttpClient } from '@tradewatch/http';
import { Identity, IdentityModule, SessionGuard } from '@tradewatch/identity';
import { JobQueue } from '@tradewatch/jobs';
import { createTestDatabase, startSlackReceiver, waitFor, type SlackReceiver } from '@tradewatch/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DeliverModule } from './deliver.module.ts';
import { channelRow, raisedAlert, RememberedJobs, subscriptionRow } from './deliver.fixture.ts';
import { PlanDeliveries } from './plan-deliveries.ts';

const password = 'correct horse battery';
let slack: SlackReceiver;
let app: NestFastifyApplication;
let database: Database;
let token: string;
let userId: string;

@Module({})
class JobsForTest {}

async function host(url: string, allowPrivateNetworks: boolean): Promise<NestFastifyApplication> {
  const started = await createHost({
    module: class DeliverHost {},
    imports: [
      DatabaseModule.forRoot({ url }),
      { module: JobsForTest, global: true, providers: [{ provide: JobQueue, useClass: RememberedJobs }], exports: [JobQueue] },
      IdentityModule.forRoot({ adminPassword: password }),
      DeliverModule.forRoot({ httpClient: createHttpClient({ allowPrivateNetworks, userAgent: 'tradewatch-test' }), publicUrl: 'https://tradewatch.example', allowPrivateNetworks }),
    ],
    providers: [{ provide: APP_GUARD, useExisting: SessionGuard }],
  });
  await started.init();
  await started.getHttpAdapter().getInstance().ready();
  return started;
}

let guarded: NestFastifyApplication;

beforeAll(async () => {
  const url = await createTestDatabase();
  [slack, app, guarded] = [await startSlackReceiver(), await host(url, true), await host(url, false)];
  database = app.get(Database);
  const { email } = await app.get(Identity).ensureAdmin();
  token = (await request('POST', '/api/auth/login', { email, password })).json<{ token: string }>().token;
  userId = (await database.user.findUniqueOrThrow({ where: { email } })).id;
});
afterAll(() => Promise.all([app.close(), guarded.close()]));
beforeEach(async () => {
  await database.subscription.deleteMany();
  await database.channel.deleteMany();
});

function request(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object, on = app) {
  return on.inject({ method, url, headers: token ? { authorization: `Bearer ${token}` } : {}, ...(body ? { payload: body } : {}) });
}

describe('/api/channels', () => {
  it('creates, lists, shows, changes and deletes, and never tells the whole webhook', async () => {
    const created = await request('POST', '/api/channels', { name: 'Desk', type: 'slack', webhookUrl: 'https://hooks.slack.com/services/T0/B0/secretsecretabcd' });
    expect(created.statusCode).toBe(201);
    const { id } = created.json<{ id: string }>();
    const shown = { id, name: 'Desk', type: 'slack', settings: { webhookUrl: 'https://hooks.slack.com/services/…/abcd' }, health: { state: 'unused', lastSentAt: null, lastErrorMessage: null }, createdAt: expect.any(String) as string };
    expect(created.json()).toEqual(shown);
    expect((await request('GET', '/api/channels')).json()).toEqual({ items: [shown] });
    expect((await request('PUT', `/api/channels/${id}`, { name: 'Trade desk', type: 'slack' })).json()).toEqual({ ...shown, name: 'Trade desk' });
    expect(await database.channel.findUnique({ where: { id } })).toMatchObject({ settings: { webhookUrl: 'https://hooks.slack.com/services/T0/B0/secretsecretabcd' } });
    expect((await request('DELETE', `/api/channels/${id}`)).statusCode).toBe(204);
    for (const method of ['GET', 'DELETE'] as const) expect((await request(method, `/api/channels/${id}`)).statusCode).toBe(404);
  });

  it.each([
    [{ webhookUrl: 'hooks.slack.com/x' }, 'webhookUrl'], [{ webhookUrl: 'http://hooks.slack.com/x' }, 'webhookUrl'], [{ webhookUrl: 'https://127.0.0.1/x' }, 'webhookUrl'],
    [{ webhookUrl: 'https://user:secret@chat.example/x' }, 'webhookUrl'], [{ webhookUrl: undefined }, 'webhookUrl'], [{ name: ' ' }, 'name'], [{ type: 'pigeon' }, 'type'],
  ])('refuses %j naming the field', async (overrides, field) => {
    const answer = await request('POST', '/api/channels', { name: 'Desk', type: 'slack', webhookUrl: 'https://hooks.slack.com/services/x', ...overrides }, guarded);
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ errors: { field: string }[] }>().errors.map((each) => each.field)).toEqual([field]);
    expect(await database.channel.count()).toBe(0);
  });

  it('sends a test at once and says what came of it', async () => {
    const create = async (webhookUrl: string) => (await request('POST', '/api/channels', { name: 'Desk', type: 'slack', webhookUrl })).json<{ id: string }>().id;
    const [good, bad] = [await create(slack.url('/services/good')), await create(slack.answer('/services/bad', { status: 404, body: 'no_service' }))];
    expect((await request('POST', `/api/channels/${good}/test`)).json()).toEqual({ ok: true, status: 200 });
    expect(slack.accepted('/services/good')[0]!.message.text).toContain('Test from tradewatch');
    const refused = await request('POST', `/api/channels/${bad}/test`);
    expect(refused.statusCode).toBe(200);
    expect(refused.json()).toMatchObject({ ok: false, errorCode: 'no_service', message: expect.stringContaining('Create a new one') as string });
    const healths = (await request('GET', '/api/channels')).json<{ items: { health: { state: string } }[] }>().items.map(({ health }) => health.state);
    expect(healths).toEqual(['ok', 'failing']);
    expect((await request('POST', `/api/channels/${randomUUID()}/test`)).statusCode).toBe(404);
  });

  it('shows a private address that was saved before it was forbidden as blocked when tested', async () => {
    const id = await channelRow(database, slack.url('/services/private'), userId);
    expect((await request('POST', `/api/channels/${id}/test`, undefined, guarded)).json()).toMatchObject({ ok: false, errorCode: expect.stringMatching(/^blocked-/) as string });
    expect(slack.accepted('/services/private')).toHaveLength(0);
  });
});

describe('/api/deliveries', () => {
  it('lists deliveries newest first, by page and filter, and shows their attempts', async () => {
    const good = await channelRow(database, slack.url('/services/list-good'), userId);
    const bad = await channelRow(database, slack.answer('/services/list-bad', { status: 410, body: 'channel_is_archived' }), userId);
    const subscriptionId = await subscriptionRow(database, { userId });
    for (let at = 0; at < 3; at++) await app.get(PlanDeliveries).run([await raisedAlert(database, subscriptionId, [good, bad], { article: { title: `Article ${at}` } })]);
    await waitFor('all to be decided', async () => (await database.delivery.count({ where: { state: { in: ['sent', 'dead'] } } })) === 6);
    const list = async (query = '') => (await request('GET', `/api/deliveries${query}`)).json<{ items: { id: string; article: { title: string } }[]; nextCursor: string | null }>();
    const all = await list();
    expect(all.items).toHaveLength(6);
    expect(all.nextCursor).toBeNull();
    const pages = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof list>> = await list(`?limit=4${cursor && `&cursor=${cursor}`}`);
      pages.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(pages).toEqual(all.items);
    expect((await list('?state=dead')).items).toHaveLength(3);
    expect((await list(`?state=dead&state=sent&channel=${good}&subscription=${subscriptionId}`)).items).toHaveLength(3);
    const [dead] = (await list('?state=dead&limit=1')).items;
    expect(dead).toMatchObject({
      state: 'dead', channel: { id: bad, name: 'Desk', type: 'slack' }, subscription: { id: subscriptionId, name: 'Trucks' }, article: { title: 'Article 2' },
      developments: [{ kind: 'tariff', stage: 'in-effect' }], attemptCount: 1, errorCode: 'channel_is_archived', errorMessage: expect.stringContaining('archived') as string,
    });
    expect((await request('GET', `/api/deliveries/${dead!.id}`)).json()).toMatchObject({ id: dead!.id, attempts: [{ attempt: 1, outcome: 'dead', httpStatus: 410 }] });
    slack.answer('/services/list-bad', 'ok');
    expect((await request('POST', `/api/deliveries/${dead!.id}/retry`)).json()).toMatchObject({ state: 'pending' });
    await waitFor('the retry to be sent', async () => (await database.delivery.count({ where: { id: dead!.id, state: 'sent' } })) === 1);
    expect((await request('POST', `/api/deliveries/${dead!.id}/retry`)).statusCode).toBe(409);
  });

  it.each([['?state=lost', 'state.0'], ['?limit=0', 'limit'], ['?channel=x', 'channel.0'], ['?cursor=abc', 'cursor']])('refuses %s naming the parameter', async (query, field) => {
    const answer = await request('GET', `/api/deliveries${query}`);
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ errors: { field: string }[] }>().errors.map((each) => each.field)).toEqual([field]);
  });

  it("tells nobody of another user's deliveries", async () => {
    const channelId = await channelRow(database, slack.url('/services/theirs'));
    await app.get(PlanDeliveries).run([await raisedAlert(database, await subscriptionRow(database), [channelId])]);
    await waitFor('it to be sent', async () => (await database.delivery.count({ where: { state: 'sent' } })) === 1);
    const { id } = await database.delivery.findFirstOrThrow();
    expect((await request('GET', '/api/deliveries')).json()).toEqual({ items: [], nextCursor: null });
    expect((await request('GET', `/api/deliveries/${id}`)).statusCode).toBe(404);
  });
});
