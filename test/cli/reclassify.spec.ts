// Real: the built product on its embedded database, crawling a local site, a local Slack; the built command line beside it.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Database, EmbeddedPostgres } from '@tradewatch/database';
import { ArticleClassifiedV1 } from '@tradewatch/events';
import { EventLog } from '@tradewatch/messaging';
import { taxonomyVersion } from '@tradewatch/taxonomy';
import { startFeedServer, startSlackReceiver, waitFor, type SlackReceiver } from '@tradewatch/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headlines, rss } from '../e2e/feed-fixture.ts';
import { Product, type ArticleList } from '../e2e/product.ts';
import { cliMain, runCli, type CliRun } from './run-cli.ts';

const count = 80;
let product: Product;
let slack: SlackReceiver;
let database: Database;
const env = (): Record<string, string> => ({ DATABASE_URL: '', TRADEWATCH_DATA_DIR: join(product.folder, 'data') });
const reclassify = (...args: string[]): Promise<CliRun> => runCli(['reclassify', ...args], { env: env() });
const total = async (query: string): Promise<number> => (await product.api<ArticleList>(`/api/articles?limit=1&${query}`)).total;
const quiet = async (): Promise<unknown[]> => [await database.alert.count(), await database.delivery.count(), slack.accepted().length];

async function connect(): Promise<void> {
  database = new Database({ url: (await EmbeddedPostgres.start({ folder: join(product.folder, 'data/postgres') })).url, poolSize: 2 });
}

/** As a taxonomy that knew nothing would have left the archive. */
async function forgetTags(): Promise<void> {
  await database.$executeRaw`UPDATE archived_articles SET taxonomy_version = 'older', relevant = false, sectors = '{}', topics = '{}', authorities = '{}', jurisdictions = '{}', developments = '{}'`;
}

/** Until both steps have handled every classified article there is. */
async function allHandled(): Promise<void> {
  await waitFor('archive and match to handle all', async () => {
    const [row] = await database.$queryRaw<[{ waiting: bigint }]>`
      SELECT count(*) AS waiting FROM unnest(ARRAY['archive', 'match']) AS reader(name) CROSS JOIN event_log e
      LEFT JOIN event_cursors c ON c.consumer_group = reader.name AND c.topic = e.topic AND c.partition = e.partition
      WHERE e.topic = ${ArticleClassifiedV1.topic} AND e.seq > coalesce(c.position, 0)`;
    return Number(row.waiting) === 0;
  }, 30_000);
}

beforeAll(async () => {
  const site = await startFeedServer();
  slack = await startSlackReceiver();
  product = await Product.start();
  const url = site.set('/feed.xml', rss('Notices', 'https://notices.example', headlines(count, new Date())));
  await product.api('/api/sources', { method: 'POST', body: { id: 'notices', name: 'Notices', kind: 'rss', url, jurisdiction: 'US', language: 'en', authority: 'official', interval: '15m', alertOnBackfill: true } });
  await waitFor('the articles', async () => (await total('')) === count, 60_000);
  await connect();
  // A subscription that would have heard of every article, had it been there: made now, dated back before they were first seen.
  const { id: channelId } = await product.api<{ id: string }>('/api/channels', { method: 'POST', body: { name: 'Desk', type: 'slack', webhookUrl: slack.url('/services/desk') } });
  await product.api('/api/subscriptions', { method: 'POST', body: { name: 'Tariffs', filter: { developments: [{ kind: 'tariff' }] }, channelIds: [channelId], mode: { type: 'instant' } } });
  await database.$executeRaw`UPDATE subscriptions SET created_at = now() - interval '1 day'`;
});
afterAll(() => database.$disconnect());

describe('tradewatch reclassify', () => {
  it('only reports in a dry run', async () => {
    await forgetTags();
    const { code, lines, stderr } = await reclassify('--dry-run');
    expect(code).toBe(0);
    expect(lines.at(-1)).toMatchObject({ type: 'summary', taxonomyVersion: taxonomyVersion(), dryRun: true, finished: true, articles: count, before: { older: count } });
    expect(lines).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'tag', dimension: 'relevant', tag: 'relevant', added: count / 2, removed: 0 })]));
    expect(stderr).toContain(`${count} of ${count} articles (100 %)`);
    expect([await total('relevant=true'), await database.reclassification.count()]).toEqual([0, 0]);
  });

  it('is killed in the middle, goes on, classifies each article once, and alerts nobody', async () => {
    const child = spawn(process.execPath, [cliMain, 'reclassify', '--chunk', '5', '--rate', '25'], { env: { ...process.env, ...env() }, stdio: 'ignore' });
    const ended = new Promise((done) => child.once('exit', (_, signal) => done(signal)));
    await waitFor('some chunks', async () => (((await database.reclassification.findFirst())?.changes as { articles: number } | undefined)?.articles ?? 0) >= 10, 30_000);
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const [half] = await database.reclassification.findMany();
    expect(half).toMatchObject({ finishedAt: null, position: expect.any(String) });

    const { code, lines, stderr } = await reclassify();
    expect(code).toBe(0);
    expect(stderr).toMatch(new RegExp(`^going on: \\d+ of ${count} articles are done$`, 'm'));
    expect(lines.at(-1)).toMatchObject({ type: 'summary', finished: true, articles: count, before: { older: count }, arrivedMeanwhile: 0 });
    const steel = lines.find(({ dimension, tag }) => dimension === 'sector' && tag === 'steel-aluminum');
    expect(steel).toMatchObject({ added: expect.any(Number), removed: 0, samples: { added: expect.arrayContaining([{ id: expect.any(String), title: expect.stringContaining('tariff') }]) } });

    await allHandled();
    expect(await total('relevant=true')).toBe(count / 2);
    expect(await total('development=tariff&sector=steel-aluminum')).toBeGreaterThan(0);
    const rows = await database.archivedArticle.findMany({ select: { taxonomyVersion: true, classifiedAt: true, firstSeenAt: true } });
    for (const row of rows) {
      expect(row.taxonomyVersion).toBe(taxonomyVersion());
      expect(row.classifiedAt.getTime()).toBeGreaterThan(row.firstSeenAt.getTime());
    }
    const events = (await database.eventLogEntry.findMany({ where: { topic: ArticleClassifiedV1.topic, occurredAt: { gte: half!.startedAt } } })).map(({ data }) => ArticleClassifiedV1.schema.parse(data));
    expect({ events: events.length, articles: new Set(events.map(({ article }) => article.id)).size, alertable: events.filter(({ article }) => article.alertable).length }).toEqual({ events: count, articles: count, alertable: 0 });
    expect(await quiet()).toEqual([0, 0, 0]);
  });

  it('is quiet by its mark alone: the same article, alertable, is delivered', async () => {
    const entry = await database.eventLogEntry.findFirstOrThrow({ where: { topic: ArticleClassifiedV1.topic, data: { path: ['classification', 'developments', '0', 'kind'], equals: 'tariff' } }, orderBy: { seq: 'desc' } });
    const { article, classification } = ArticleClassifiedV1.schema.parse(entry.data);
    await database.$transaction((tx) => new EventLog().append(tx, ArticleClassifiedV1, [{ id: 'the-same-alertable', data: { article: { ...article, alertable: true }, classification } }]));
    await waitFor('the delivery', () => slack.accepted('/services/desk').length === 1, 30_000);
    expect((await quiet())[0]).toBe(1);
  });

  it('finds nothing to do when all is of this taxonomy', async () => {
    const { code, lines } = await reclassify();
    expect({ code, lines }).toMatchObject({ code: 0, lines: [{ type: 'summary', articles: 0, changed: 0 }] });
  });

  it('works while the product is stopped, which takes the articles up when it starts', async () => {
    await forgetTags();
    await database.$disconnect();
    await product.stop('SIGTERM');
    const { code, lines, stderr } = await reclassify();
    expect({ code, summary: lines.at(-1) }).toMatchObject({ code: 0, summary: { articles: count } });
    expect(stderr).toContain('reads no events at the moment');
    await product.run();
    await connect();
    await allHandled();
    expect(await total('relevant=true')).toBe(count / 2);
    expect((await quiet())[2]).toBe(1);
  });

  it('wants a sensible rate', async () => {
    expect(await reclassify('--rate', 'fast')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('whole number') });
    expect(await reclassify('--chunk', '5000')).toMatchObject({ code: 2, stderr: expect.stringContaining('at most 1000') });
  });
});
