// Real: PostgreSQL, Fastify, sign-in, the shipped taxonomy.
import { randomUUID } from 'node:crypto';
import { APP_GUARD } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHost } from '@tradewatch/api';
import { Database, DatabaseModule } from '@tradewatch/database';
import { Identity, IdentityModule, SessionGuard } from '@tradewatch/identity';
import { createTestDatabase } from '@tradewatch/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ArchiveArticles } from '../archive-articles.ts';
import { classifiedArticle, type ArticleOverrides } from '../archive.fixture.ts';
import { ArchiveModule } from '../archive.module.ts';
import type { TagHitPage } from '../tags/list-tag-hits.ts';
import type { TagDescription } from '../tags/tag-description.ts';
import type { LabelledLine } from './labelled-line.ts';
import type { Mark } from './mark.ts';
import type { MarkOverview } from './marks.controller.ts';
import { MarksStore } from './marks.store.ts';

const password = 'correct horse battery';
let app: NestFastifyApplication;
let database: Database;
let token = '';

beforeAll(async () => {
  app = await createHost({
    module: class ArchiveHost {},
    imports: [DatabaseModule.forRoot({ url: await createTestDatabase() }), IdentityModule.forRoot({ adminPassword: password }), ArchiveModule],
    providers: [{ provide: APP_GUARD, useExisting: SessionGuard }],
  });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  database = app.get(Database);
  const { email } = await app.get(Identity).ensureAdmin();
  token = (await call('POST', '/api/auth/login', { email, password })).json<{ token: string }>().token;
});
afterAll(() => app.close());
beforeEach(async () => {
  await database.markedRevision.deleteMany();
  await database.archivedArticle.deleteMany();
});

function call(method: 'GET' | 'PUT' | 'POST' | 'DELETE', url: string, body?: object) {
  return app.inject({ method, url, headers: token ? { authorization: `Bearer ${token}` } : {}, ...(body ? { payload: body } : {}) });
}
async function archive(over: ArticleOverrides = {}): Promise<string> {
  const article = classifiedArticle({ title: 'Mills await the new duty', sectors: ['steel-aluminum', 'energy'], topics: ['tariff-measures'], jurisdictions: ['US'], developments: ['tariff:proposed'], ...over });
  await app.get(ArchiveArticles).archive([article]);
  return article.article.id;
}
const mark = (id: string, dimension: string, tag: string, verdict: string, revision = 1) => call('PUT', `/api/articles/${id}/marks`, { revision, dimension, tag, verdict });
const marksOf = async (id: string): Promise<Mark[]> => (await call('GET', `/api/articles/${id}/marks`)).json<{ items: Mark[] }>().items;
const exported = async (): Promise<LabelledLine[]> => (await call('GET', '/api/taxonomy/marks.ndjson')).body.split('\n').filter(Boolean).map((line) => JSON.parse(line) as LabelledLine);

describe('marks', () => {
  it('are stored with who said so, replaced by the same analyst\'s later word, and taken back', async () => {
    const id = await archive();
    expect((await mark(id, 'sector', 'energy', 'right')).json().items).toEqual([
      { articleId: id, revision: 1, dimension: 'sector', tag: 'energy', verdict: 'right', markedAt: expect.any(String), by: 'admin@localhost', mine: true },
    ]);
    await mark(id, 'sector', 'energy', 'wrong');
    await mark(id, 'authority', 's232', 'missing');
    expect((await marksOf(id)).map(({ dimension, tag, verdict }) => `${dimension} ${tag} ${verdict}`)).toEqual(['sector energy wrong', 'authority s232 missing']);
    expect((await call('DELETE', `/api/articles/${id}/marks/sector/energy?revision=1`)).statusCode).toBe(204);
    expect((await marksOf(id)).map(({ tag }) => tag)).toEqual(['s232']);
    expect((await call('DELETE', `/api/articles/${id}/marks/sector/energy?revision=1`)).statusCode).toBe(404);
    await call('DELETE', `/api/articles/${id}/marks/authority/s232?revision=1`);
    expect(await database.markedRevision.count()).toBe(0);
  });

  it('keep two analysts\' words apart', async () => {
    const id = await archive();
    await mark(id, 'sector', 'energy', 'right');
    await app.get(MarksStore).put(randomUUID(), id, { revision: 1, dimension: 'sector', tag: 'energy', verdict: 'wrong' });
    expect((await marksOf(id)).map(({ verdict, mine, by }) => ({ verdict, mine, by }))).toEqual([{ verdict: 'right', mine: true, by: 'admin@localhost' }, { verdict: 'wrong', mine: false, by: null }]);
    await call('DELETE', `/api/articles/${id}/marks/sector/energy?revision=1`);
    expect(await marksOf(id)).toMatchObject([{ verdict: 'wrong' }]);
  });

  it('name what is wrong with a bad one', async () => {
    const id = await archive();
    const problem = async (response: ReturnType<typeof call>): Promise<unknown> => ({ status: (await response).statusCode, ...(await response).json<object>() });
    expect(await problem(mark(id, 'sector', 'steel', 'right'))).toMatchObject({ status: 400, errors: [{ field: 'tag', message: 'is no sector' }] });
    expect(await problem(mark(id, 'flavour', 'energy', 'right'))).toMatchObject({ status: 400, errors: [{ field: 'dimension' }] });
    expect(await problem(mark(id, 'sector', 'energy', 'maybe'))).toMatchObject({ status: 400, errors: [{ field: 'verdict', message: 'must be one of right, wrong, missing' }] });
    expect(await problem(mark(id, 'sector', 'energy', 'right', 7))).toMatchObject({ status: 404 });
    expect(await problem(mark(randomUUID(), 'sector', 'energy', 'right'))).toMatchObject({ status: 404 });
    expect(await problem(mark('no-id', 'sector', 'energy', 'right'))).toMatchObject({ status: 404 });
    expect(await problem(call('DELETE', `/api/articles/${id}/marks/sector/energy`))).toMatchObject({ status: 400, errors: [{ field: 'revision' }] });
  });

  it('are exported as labelled articles, as they were read, whatever became of the article since', async () => {
    const id = await archive({ text: 'The mills of the valley wait.' });
    await mark(id, 'sector', 'energy', 'wrong');
    await mark(id, 'authority', 's232', 'missing');
    const { article } = classifiedArticle({ id, revision: 2 });
    await app.get(ArchiveArticles).archive([classifiedArticle({ ...article, source: 'harbour-gazette', title: 'Mills rejoice', sectors: ['machinery'], taxonomyVersion: 'test-2' })]);
    await mark(id, 'sector', 'machinery', 'right', 2);
    await mark(id, 'topic', 'tariff-measures', 'right', 1);
    const lines = await exported();
    expect(lines.map((line) => [line.id, line.title, line.labels.sectors, line.labels.authorities, line.judged])).toEqual([
      [`${id}#1`, 'Mills await the new duty', ['steel-aluminum'], ['s232'], ['authority s232', 'sector energy', 'topic tariff-measures']],
      [`${id}#2`, 'Mills rejoice', ['machinery'], [], ['sector machinery']],
    ]);
    expect(lines[0]).toMatchObject({ language: 'en', text: 'The mills of the valley wait.', published: '2026-11-02T12:00:00.000Z', taxonomyVersion: 'test-1', labels: { relevant: true, developments: [{ kind: 'tariff', stage: 'proposed' }] } });
  });

  it('are exported whole, however many there are, one line a revision', async () => {
    const ids = await Promise.all(Array.from({ length: 12 }, () => archive()));
    for (const id of ids) await mark(id, 'sector', 'energy', 'right');
    const seen: string[] = [];
    for await (const { articleId } of app.get(MarksStore).markedRevisions(5)) seen.push(articleId);
    expect(seen).toEqual(ids.toSorted());
  });

  it('are listed, newest first, and counted by tag', async () => {
    const [a, b] = [await archive({ title: 'First' }), await archive({ title: 'Second' })];
    await mark(a, 'sector', 'energy', 'wrong');
    await mark(b, 'sector', 'energy', 'wrong');
    await mark(b, 'topic', 'labor', 'missing');
    const { items, counts } = (await call('GET', '/api/taxonomy/marks?limit=2')).json<MarkOverview>();
    expect(items.map(({ title, tag }) => `${title} ${tag}`)).toEqual(['Second labor', 'Second energy']);
    expect(counts).toEqual([{ dimension: 'sector', tag: 'energy', right: 0, wrong: 2, missing: 0 }, { dimension: 'topic', tag: 'labor', right: 0, wrong: 0, missing: 1 }]);
  });

  it('need a signed-in user', async () => {
    const id = await archive();
    const kept = token;
    token = '';
    expect((await mark(id, 'sector', 'energy', 'right')).statusCode).toBe(401);
    expect((await call('GET', '/api/taxonomy/marks.ndjson')).statusCode).toBe(401);
    token = kept;
  });
});

describe('a tag for its editor', () => {
  const described = async (path: string): Promise<TagDescription> => (await call('GET', `/api/taxonomy/tags/${path}`)).json();

  it('has its names, its phrases by language and weight, and what helps or hinders it', async () => {
    const tag = await described('topic/joint-review');
    expect(tag).toMatchObject({ dimension: 'topic', id: 'joint-review', names: { en: 'Joint review' }, definition: { en: expect.any(String) }, weights: { strong: 3, medium: 2, weak: 1 }, threshold: expect.any(Number) });
    expect(tag.phrases.map(({ language }) => language)).toEqual(expect.arrayContaining(['en', 'es', 'fr']));
    expect(tag.phrases.find(({ language }) => language === 'en')?.strong).toContain('joint review');
    expect(tag.needs.map(({ id }) => id)).toContain('is/agreement');
    expect(tag.combinations.flatMap(({ all }) => all.map(({ id }) => id))).toContain('is/agreement');
  });

  it('can be a country or a development', async () => {
    expect(await described('jurisdiction/MX')).toMatchObject({ names: { es: 'México' }, definition: null });
    expect((await described('development/tariff:ended')).phrases.length).toBeGreaterThan(0);
    expect((await described('development/tariff:ended')).names.en).toMatch(/: /);
  });

  it.each(['topic/joint', 'sector/joint-review', 'flavour/sweet', 'relevant/relevant', 'development/tariff:soon'])('is not found under %s', async (path) => {
    expect((await call('GET', `/api/taxonomy/tags/${path}`)).statusCode).toBeGreaterThanOrEqual(400);
    expect((await call('GET', `/api/taxonomy/tags/${path}`)).statusCode).toBeLessThan(500);
  });

  it('lists its newest articles with the evidence and what was said of it', async () => {
    const id = await archive({ title: 'Mill news' });
    await archive({ sectors: [], publishedAt: '2026-11-03T00:00:00.000Z' });
    await mark(id, 'sector', 'energy', 'wrong');
    await mark(id, 'topic', 'labor', 'missing');
    const { items, nextCursor } = (await call('GET', '/api/taxonomy/tags/sector/energy/hits')).json<TagHitPage>();
    expect(nextCursor).toBeNull();
    expect(items).toMatchObject([{ article: { id, title: 'Mill news' }, score: 0.8, passages: [{ field: 'title', text: 'Mill news', spans: [{ start: 0, end: 4 }] }], marks: [{ verdict: 'wrong', mine: true }] }]);
    expect(items[0]!.marks).toHaveLength(1);
    expect((await call('GET', '/api/taxonomy/tags/development/tariff:proposed/hits?limit=1')).json<TagHitPage>()).toMatchObject({ items: [{ score: 0.9 }], nextCursor: expect.any(String) });
    expect((await call('GET', '/api/taxonomy/tags/sector/energy/hits?limit=0')).statusCode).toBe(400);
  });
});
