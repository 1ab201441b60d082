// The whole product on feeds served over HTTP: real ones of ../shared when they are there, and always some of our own.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { startFeedServer, startSlackReceiver, waitFor, type FeedServer, type SlackReceiver } from '@tradewatch/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { headlines, rss } from './feed-fixture.ts';
import { allArticles, Product, type ArticleList } from './product.ts';

const shared = resolve(import.meta.dirname, '../../../shared/real-feeds');
const real = ['federal-register.rss', 'google-news-usmca.rss'].map((name) => resolve(shared, name));

interface Feeds {
  readonly name: string;
  readonly bodies: readonly (string | Uint8Array)[];
  readonly entries: number;
}

const published = new Date(Date.now() - 30 * 24 * 3_600_000);
const feedSets: Feeds[] = [
  { name: 'feeds of our own', bodies: [rss('Notices', 'https://notices.example', headlines(150, published)), rss('Headlines', 'https://news.example', headlines(161, published).map((item) => ({ ...item, title: `${item.title} - The Example` })))], entries: 311 },
  ...(real.every((path) => existsSync(path)) ? [{ name: 'the real feeds', bodies: real.map((path) => readFileSync(path)), entries: 311 }] : []),
];

describe.each(feedSets)('with $name', ({ bodies, entries }) => {
  let product: Product;
  let site: FeedServer;
  let slack: SlackReceiver;
  let articles: ArticleList['items'][number][];

  beforeAll(async () => {
    site = await startFeedServer();
    slack = await startSlackReceiver();
    product = await Product.start();
    const { id: channelId } = await product.api<{ id: string }>('/api/channels', { method: 'POST', body: { name: 'Desk', type: 'slack', webhookUrl: slack.url('/services/desk') } });
    await product.api('/api/subscriptions', { method: 'POST', body: { name: 'Tariffs', filter: { developments: [{ kind: 'tariff' }] }, channelIds: [channelId], mode: { type: 'instant' } } });
    for (const [n, body] of bodies.entries()) {
      const url = site.set(`/feed-${n}.xml`, body);
      await product.api('/api/sources', { method: 'POST', body: { id: `feed-${n}`, name: `Feed ${n}`, kind: 'rss', url, jurisdiction: 'US', language: 'en', authority: n === 0 ? 'official' : 'press', interval: '15m', alertOnBackfill: true } });
    }
    await waitFor('all articles in the archive', async () => {
      for (const [n] of bodies.entries()) await product.request(`/api/sources/feed-${n}/poll`, { method: 'POST' });
      return (await product.api<ArticleList>('/api/articles?limit=1')).total >= entries;
    }, 60_000);
    articles = await allArticles(product);
  });

  it('archives every entry once, classified', async () => {
    expect(articles.length).toBe(entries);
    expect(new Set(articles.map(({ id }) => id)).size).toBe(entries);
    expect(articles.filter(({ relevant }) => relevant).length).toBeGreaterThan(50);
    expect(articles.filter(({ relevant }) => !relevant).length).toBeGreaterThan(50);
  });

  it('is answered 304 at the next poll and adds nothing', async () => {
    const before = site.requests.length;
    for (const [n] of bodies.entries()) {
      // 409 while the source's own schedule polls it.
      const answer = await waitFor('the poll', async () => {
        const response = await product.request(`/api/sources/feed-${n}/poll`, { method: 'POST' });
        return response.status === 409 ? null : ((await response.json()) as unknown);
      });
      expect(answer).toMatchObject({ outcome: 'not-modified', newArticles: 0, revisions: 0 });
    }
    expect(site.requests.slice(before).map(({ status }) => status())).toEqual(bodies.map(() => 304));
    expect((await product.api<ArticleList>('/api/articles?limit=1')).total).toBe(entries);
  });

  it('sends each matching story to Slack exactly once', async () => {
    const stories = new Set(articles.filter(({ developments }) => developments.some(({ kind }) => kind === 'tariff')).map(({ storyId }) => storyId));
    expect(stories.size).toBeGreaterThan(5);
    interface Deliveries { items: { state: string; alertId: string; developments: unknown[] }[]; nextCursor: string | null }
    const deliveries = async (state: string): Promise<Deliveries['items']> => {
      const items: Deliveries['items'] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Deliveries = await product.api<Deliveries>(`/api/deliveries?state=${state}&limit=100${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
        items.push(...page.items);
        cursor = page.nextCursor;
      }
      return items;
    };
    await waitFor('every delivery', async () => (await deliveries('sent')).length >= stories.size && (await deliveries('pending')).length + (await deliveries('sending')).length === 0, 170_000);
    const keys = slack.accepted().map(({ message }) => message.metadata!.event_payload.idempotency_key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.length).toBe((await deliveries('sent')).length);
    // A story of several articles alerts again only when its development moved; here stories are nearly all single articles.
    expect(keys.length).toBeGreaterThanOrEqual(stories.size);
    expect(await deliveries('dead')).toEqual([]);
  });

  it('finds an article by words of its title', async () => {
    const article = articles[Math.floor(articles.length / 2)]!;
    const words = article.title.split(/[^\p{L}\p{N}]+/u).filter(Boolean).slice(0, 9).join(' ');
    const { items } = await product.api<ArticleList>(`/api/articles?q=${encodeURIComponent(words)}`);
    expect(items.map(({ id }) => id)).toContain(article.id);
  });
});
