// Real: PostgreSQL, the event log, the archive's own consumer behind its HTTP edge. The classifier is a word list: which words make a
// tag is not what is tested here (test/cli/reclassify.spec.ts runs the real one).
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Database } from '@tradewatch/database';
import { ArticleClassifiedV1, type Classification } from '@tradewatch/events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ArchiveArticles } from '../archive-articles.ts';
import { ArchiveConsumer } from '../archive.consumer.ts';
import { classifiedArticle, startArchive } from '../archive.fixture.ts';
import { ReclassifyArchive, type Classify, type Reclassified, type ReclassifyOptions } from './reclassify-archive.ts';

let app: NestFastifyApplication;
let database: Database;
beforeAll(async () => {
  app = await startArchive();
  database = app.get(Database);
});
afterAll(() => app.close());
beforeEach(async () => {
  await database.archivedArticle.deleteMany();
  await database.eventLogEntry.deleteMany();
  await database.reclassification.deleteMany();
});

const byWords = (taxonomyVersion: string, words: Readonly<Record<string, string>>): Pick<ReclassifyOptions, 'classify' | 'taxonomyVersion'> => {
  const classify: Classify = ({ title }): Classification => ({
    relevant: true, language: 'en', topics: [], authorities: [], jurisdictions: [], developments: [], facts: [], taxonomyVersion,
    sectors: Object.entries(words).flatMap(([word, id]) => (title.includes(word) ? [{ id, score: 0.9, evidence: [] }] : [])),
  });
  return { classify, taxonomyVersion };
};
const run = (options: Pick<ReclassifyOptions, 'classify' | 'taxonomyVersion'> & Partial<ReclassifyOptions>): Promise<Reclassified> =>
  new ReclassifyArchive(database).run({ rate: 1e6, ...options });
const seed = async (...titles: string[]): Promise<void> =>
  void (await app.get(ArchiveArticles).archive(titles.map((title) => classifiedArticle({ title, taxonomyVersion: 'v1', sectors: ['energy'], occurredAt: new Date(Date.now() - 1000) }))));
const log = async () => database.eventLogEntry.findMany({ where: { topic: ArticleClassifiedV1.topic }, orderBy: { seq: 'asc' } });

/** What the event server brings to the archive, all of it. */
async function consumeLog(): Promise<void> {
  const entries = await log();
  await app.get(ArchiveConsumer).articlesClassified(entries.map(({ eventId: id, topic, key, occurredAt, data }) => ({ id, topic, key, occurredAt, data: ArticleClassifiedV1.schema.parse(data) })));
}
const versions = async (): Promise<string[]> => (await database.archivedArticle.findMany({ orderBy: { title: 'asc' } })).map(({ title, taxonomyVersion, sectors }) => `${title} ${taxonomyVersion} ${sectors.join()}`);
const totalOf = async (query: string): Promise<number> => (await app.inject(`/api/articles?${query}`)).json().total;

describe('reclassifying the archive', () => {
  it('publishes every article again, quiet, under the new version; the archive then finds it by its new tags', async () => {
    await seed('mill one', 'mill two', 'grain');
    const started = new Date();
    const { changes, finished } = await run(byWords('v2', { mill: 'steel-aluminum', grain: 'energy' }));
    expect(finished).toBe(true);
    expect(changes).toMatchObject({ articles: 3, changed: 2, before: { v1: 3 } });
    expect(changes.tags.map(({ dimension, tag, added, removed }) => ({ dimension, tag, added, removed }))).toEqual([
      { dimension: 'sector', tag: 'energy', added: 0, removed: 2 }, { dimension: 'sector', tag: 'steel-aluminum', added: 2, removed: 0 },
    ]);
    const events = (await log()).map(({ data }) => ArticleClassifiedV1.schema.parse(data));
    expect(events.map(({ article, classification }) => [article.alertable, classification.taxonomyVersion])).toEqual([[false, 'v2'], [false, 'v2'], [false, 'v2']]);
    expect(await totalOf('sector=steel-aluminum')).toBe(0);
    await consumeLog();
    expect(await versions()).toEqual(['grain v2 energy', 'mill one v2 steel-aluminum', 'mill two v2 steel-aluminum']);
    expect(await totalOf('sector=steel-aluminum&from=2026-11-01')).toBe(2);
    for (const { classifiedAt } of await database.archivedArticle.findMany()) expect(classifiedAt.getTime()).toBeGreaterThanOrEqual(started.getTime());
  });

  it('keeps all that the classifier does not decide as it was', async () => {
    await app.get(ArchiveArticles).archive([classifiedArticle({ title: 'mill', author: 'R. Vega', revision: 2, taxonomyVersion: 'v1', occurredAt: new Date(Date.now() - 1000) })]);
    const [before] = await database.archivedArticle.findMany();
    await run(byWords('v2', { mill: 'steel-aluminum' }));
    await consumeLog();
    const [after] = await database.archivedArticle.findMany();
    expect(after).toEqual({ ...before, sectors: ['steel-aluminum'], taxonomyVersion: 'v2', classification: expect.objectContaining({ taxonomyVersion: 'v2' }), classifiedAt: expect.any(Date) });
  });

  it('finds nothing to do the second time, and can go back to a version that was in use before', async () => {
    await seed('mill');
    await run(byWords('v2', { mill: 'steel-aluminum' }));
    await consumeLog();
    expect((await run(byWords('v2', { mill: 'steel-aluminum' }))).changes.articles).toBe(0);
    expect(await log()).toHaveLength(1);
    await run(byWords('v1', { mill: 'machinery' }));
    await consumeLog();
    expect(await versions()).toEqual(['mill v1 machinery']);
    // Everything once more from the beginning of the log, as a consumer that lost its place would have it.
    await consumeLog();
    expect(await versions()).toEqual(['mill v1 machinery']);
  });

  it('goes on where it was stopped, publishes no article twice, and reports all of them', async () => {
    await seed(...Array.from({ length: 25 }, (_, index) => `mill ${index}`));
    const stop = new AbortController();
    const half = await run({ ...byWords('v2', { mill: 'machinery' }), chunkSize: 4, signal: stop.signal, onProgress: ({ done }) => done >= 12 && stop.abort() });
    expect(half).toMatchObject({ finished: false, changes: { articles: 12 } });
    let resumed: number | undefined;
    const rest = await run({ ...byWords('v2', { mill: 'machinery' }), chunkSize: 4, onStart: (start) => (resumed = start.resumed?.articles) });
    expect(resumed).toBe(12);
    expect(rest).toMatchObject({ finished: true, changes: { articles: 25, changed: 25, before: { v1: 25 } } });
    const ids = (await log()).map(({ data }) => ArticleClassifiedV1.schema.parse(data).article.id);
    expect([ids.length, new Set(ids).size]).toEqual([25, 25]);
    expect(await database.reclassification.findMany({ select: { taxonomyVersion: true, finishedAt: true } })).toEqual([{ taxonomyVersion: 'v2', finishedAt: expect.any(Date) }]);
  });

  it('begins anew when the taxonomy changed again after it was stopped', async () => {
    await seed('mill 1', 'mill 2', 'mill 3');
    const stop = new AbortController();
    await run({ ...byWords('v2', { mill: 'machinery' }), chunkSize: 1, signal: stop.signal, onProgress: () => stop.abort() });
    expect((await run(byWords('v3', { mill: 'automotive' }))).changes).toMatchObject({ articles: 3 });
    await consumeLog();
    expect(await versions()).toEqual([1, 2, 3].map((each) => `mill ${each} v3 automotive`));
  });

  it('only counts in a dry run', async () => {
    await seed('mill');
    const { changes } = await run({ ...byWords('v2', { mill: 'machinery' }), dryRun: true });
    expect(changes).toMatchObject({ articles: 1, changed: 1 });
    expect([await log(), await database.reclassification.count()]).toEqual([[], 0]);
  });

  it('never puts an old revision over one that came in meanwhile', async () => {
    const first = classifiedArticle({ title: 'mill', taxonomyVersion: 'v1', occurredAt: new Date(Date.now() - 1000) });
    await app.get(ArchiveArticles).archive([first]);
    await run(byWords('v2', { mill: 'machinery' }));
    await app.get(ArchiveArticles).archive([classifiedArticle({ ...first.article, source: 'harbour-gazette', revision: 2, title: 'grain', taxonomyVersion: 'v2' })]);
    await consumeLog();
    expect(await versions()).toEqual(['grain v2 ']);
  });

  it('says when a classifier with another taxonomy still works', async () => {
    await seed('mill 1', 'mill 2');
    const stop = new AbortController();
    await run({ ...byWords('v2', {}), chunkSize: 1, signal: stop.signal, onProgress: () => stop.abort() });
    await consumeLog();
    // An id before all others: the walk has passed its place.
    await app.get(ArchiveArticles).archive([classifiedArticle({ id: '00000000-0000-4000-8000-000000000000', title: 'late', taxonomyVersion: 'v1' })]);
    const { arrivedMeanwhile } = await run({ ...byWords('v2', {}), chunkSize: 1 });
    expect(arrivedMeanwhile).toBe(1);
  });

  it('is one at a time', async () => {
    await seed('mill 1', 'mill 2');
    const second: Promise<unknown>[] = [];
    await run({ ...byWords('v2', {}), chunkSize: 1, onStart: () => void second.push(run(byWords('v2', {})).catch((error: unknown) => error)) });
    expect(await second[0]).toEqual(new Error('another reclassify is under way on this database'));
  });
});
