// Real: PostgreSQL, Fastify, sign-in. The archive's rows are written by the test.
import { randomUUID } from 'node:crypto';
import { APP_GUARD } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHost } from '@tradewatch/api';
import { Database, DatabaseModule } from '@tradewatch/database';
import { Identity, IdentityModule, SessionGuard } from '@tradewatch/identity';
import { MessagingModule } from '@tradewatch/messaging';
import { createTestDatabase } from '@tradewatch/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classifiedArticle, type ArticleOverrides, type ClassificationOverrides } from './article-event.fixture.ts';
import { MatchModule } from './match.module.ts';

const password = 'correct horse battery';
let app: NestFastifyApplication;
let database: Database;
let token: string;
let channelId: string;

beforeAll(async () => {
  const url = await createTestDatabase();
  app = await createHost({
    module: class MatchHost {},
    imports: [DatabaseModule.forRoot({ url }), MessagingModule.embedded(), IdentityModule.forRoot({ adminPassword: password }), MatchModule],
    providers: [{ provide: APP_GUARD, useExisting: SessionGuard }],
  });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  database = app.get(Database);
  const { email } = await app.get(Identity).ensureAdmin();
  token = (await request('POST', '/api/auth/login', { email, password })).json<{ token: string }>().token;
  const user = await database.user.findUniqueOrThrow({ where: { email } });
  channelId = (await database.channel.create({ data: { userId: user.id, name: 'Desk', type: 'slack', settings: {} } })).id;
});
afterAll(() => app.close());

function request(method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object) {
  return app.inject({ method, url, headers: token ? { authorization: `Bearer ${token}` } : {}, ...(body ? { payload: body } : {}) });
}

const draft = (overrides: object = {}) => ({ name: 'Trucks', filter: { sectors: ['automotive'] }, channelIds: [channelId], mode: { type: 'instant' }, ...overrides });

async function archive(article: ArticleOverrides = {}, classification: ClassificationOverrides = {}): Promise<string> {
  const data = classifiedArticle(article, classification);
  const ids = (tags: readonly { id: string }[]) => tags.map(({ id }) => id);
  await database.archivedArticle.create({
    data: {
      articleId: data.article.id, revision: 1, storyId: data.article.storyId, sourceId: data.article.source.id, sourceName: data.article.source.name,
      sourceAuthority: data.article.source.authority, url: data.article.url, title: data.article.title, text: data.article.text, language: data.classification.language,
      publishedAt: data.article.publishedAt, publishedConfidence: data.article.publishedConfidence, classifiedAt: data.article.fetchedAt, revisions: [], firstSeenAt: data.article.firstSeenAt, relevant: data.classification.relevant,
      sectors: ids(data.classification.sectors), topics: ids(data.classification.topics), authorities: ids(data.classification.authorities), jurisdictions: ids(data.classification.jurisdictions),
      developments: data.classification.developments.map(({ kind, stage }) => `${kind}:${stage}`), classification: data.classification, taxonomyVersion: 'test',
    },
  });
  return data.article.id;
}

describe('/api/subscriptions', () => {
  it('creates, lists, shows, replaces and deletes', async () => {
    const created = await request('POST', '/api/subscriptions', draft());
    expect(created.statusCode).toBe(201);
    const subscription = created.json<{ id: string }>();
    expect(subscription).toMatchObject({ ...draft(), quietHours: null, enabled: true, createdAt: expect.any(String) as string });
    expect((await request('GET', '/api/subscriptions')).json()).toEqual({ items: [subscription] });
    const changed = draft({ name: 'Energy', filter: { sectors: ['energy'] }, mode: { type: 'digest', at: '08:00', timeZone: 'America/Toronto' }, quietHours: { from: '22:00', to: '07:00', timeZone: 'America/Toronto' }, enabled: false });
    expect((await request('PUT', `/api/subscriptions/${subscription.id}`, changed)).json()).toMatchObject(changed);
    expect((await request('GET', `/api/subscriptions/${subscription.id}`)).json()).toMatchObject({ name: 'Energy', enabled: false });
    expect((await request('DELETE', `/api/subscriptions/${subscription.id}`)).statusCode).toBe(204);
    expect((await request('GET', `/api/subscriptions/${subscription.id}`)).statusCode).toBe(404);
  });

  it.each([
    [{ filter: { sectors: ['cars'] } }, 'filter.sectors.0'],
    [{ filter: {} }, 'filter'],
    [{ mode: { type: 'digest', at: '08:00', timeZone: 'Mars/Olympus' } }, 'mode.timeZone'],
    [{ channelIds: ['0f8fad5b-d9cb-469f-a165-70867728950e'] }, 'channelIds.0'],
    [{ filter: { sources: ['no-such-source'] } }, 'filter.sources.0'],
  ])('refuses %j with problem details that name the field', async (overrides, field) => {
    const answer = await request('POST', '/api/subscriptions', draft(overrides));
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json<{ errors: { field: string }[] }>().errors.map((each) => each.field)).toEqual([field]);
    expect((await request('GET', '/api/subscriptions')).json()).toEqual({ items: [] });
  });

  it("keeps each user's subscriptions and channels to that user", async () => {
    const other = await database.subscription.create({ data: { userId: randomUUID(), name: 'Theirs', filter: { sectors: ['energy'] }, mode: { type: 'instant' } } });
    const theirs = await database.channel.create({ data: { userId: other.userId, name: 'Theirs', type: 'slack', settings: {} } });
    expect((await request('GET', '/api/subscriptions')).json()).toEqual({ items: [] });
    for (const method of ['GET', 'DELETE'] as const) expect((await request(method, `/api/subscriptions/${other.id}`)).statusCode).toBe(404);
    expect((await request('PUT', `/api/subscriptions/${other.id}`, draft())).statusCode).toBe(404);
    expect((await request('POST', '/api/subscriptions', draft({ channelIds: [theirs.id] }))).statusCode).toBe(400);
  });

  it('needs a session', async () => {
    expect((await app.inject({ method: 'GET', url: '/api/subscriptions' })).statusCode).toBe(401);
  });
});

describe('a preview', () => {
  it('says what a filter would have matched in the archive, newest first, and why', async () => {
    const days = (ago: number): string => new Date(Date.now() - ago * 86_400_000).toISOString();
    const newer = await archive({ title: 'Trucks, newer', publishedAt: days(1) });
    const older = await archive({ title: 'Trucks, older', publishedAt: days(2) });
    await archive({ publishedAt: days(40) });
    await archive({ publishedAt: days(1) }, { sectors: ['energy'], developments: ['review:proposed'] });
    const hts = await archive({ publishedAt: days(3) }, { sectors: ['machinery'], facts: [{ type: 'hts-code', value: '8429.51', evidence: { field: 'text', start: 0, end: 3, text: 'The' } }] });
    const preview = async (filter: object, overrides: object = {}) => {
      const answer = await request('POST', '/api/subscriptions/preview', { filter, ...overrides });
      expect(answer.statusCode).toBe(200);
      return answer.json<{ total: number; complete: boolean; items: { id: string; why: string[]; excerpt: string }[] }>();
    };
    const found = await preview({ sectors: ['automotive'] });
    expect(found).toMatchObject({ total: 2, complete: true });
    expect(found.items.map(({ id }) => id)).toEqual([newer, older]);
    expect(found.items[0]).toMatchObject({ why: ['Sector: Automotive'], source: { id: 'gazette', name: 'The Gazette', authority: 'press' }, developments: [{ kind: 'tariff', stage: 'announced' }], relevant: true });
    expect(found.items[0]!.excerpt).toMatch(/^The duties on imported trucks/);
    expect((await preview({ sectors: ['automotive'] }, { days: 60 })).total).toBe(3);
    expect((await preview({ developments: [{ kind: 'review', stages: ['proposed'] }] })).total).toBe(1);
    expect((await preview({ query: '"asked for talks" -newer', sectors: ['automotive'] })).items.map(({ id }) => id)).toEqual([older]);
    expect((await preview({ htsPrefixes: ['8429'] })).items.map(({ id }) => id)).toEqual([hts]);
  });

  it('counts beyond the twenty it shows', async () => {
    await database.archivedArticle.deleteMany();
    for (let at = 0; at < 23; at++) await archive({}, { sectors: ['aerospace'] });
    const { total, items } = (await request('POST', '/api/subscriptions/preview', { filter: { sectors: ['aerospace'] } })).json<{ total: number; items: unknown[] }>();
    expect([total, items.length]).toEqual([23, 20]);
  });

  it('refuses what a subscription would refuse', async () => {
    const answer = await request('POST', '/api/subscriptions/preview', { filter: { topics: ['x'] }, days: 0 });
    expect(answer.statusCode).toBe(400);
    expect(answer.json<{ errors: { field: string }[] }>().errors.map(({ field }) => field)).toEqual(['filter.topics.0', 'days']);
  });
});
