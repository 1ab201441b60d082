// Real: PostgreSQL, the HTTP client, a site on loopback, the parser; and, where the checkout has a `shared` folder beside it, feeds as
// their publishers sent them. A clone without it runs the same checks on feeds written here in the same two forms.
import { existsSync, readFileSync } from 'node:fs';
import { articleSchema } from '@tradewatch/events';
import { rssFeed, startFeedServer, type FeedServer } from '@tradewatch/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCrawl, type Crawl } from '../crawl.fixture.ts';

const folder = new URL('../../../../../../shared/real-feeds/', import.meta.url);
const day = (number: number) => new Date(Date.UTC(2026, 0, 1 + number)).toUTCString();

const written = {
  official: rssFeed(Array.from({ length: 150 }, (_, i) => ({
    // Every tenth title is one that an agency uses again and again.
    guid: `https://register.example/2026-${1000 + i}`, link: `https://register.example/2026-${1000 + i}`, date: day(i % 30),
    title: i % 10 === 0 ? 'Certain Steel Nails: Notice of Closed Meeting of the Panel' : `Notice ${i} on Duties, Quotas and Their Administration`, text: `Notice ${i} is hereby given.`,
  }))),
  press: rssFeed(Array.from({ length: 161 }, (_, i) => ({
    // Every eighth headline is another paper's copy of the one before.
    guid: `opaque-${i}`, link: `https://aggregator.example/read/${i}?oc=5`, date: day(i % 28),
    title: `Carmakers weigh round ${i - (i % 8 === 7 ? 1 : 0)} of the pact review - Paper ${i}`, text: '<a href="https://aggregator.example">Carmakers</a>',
  }))),
};

interface Feeds {
  readonly official: string;
  readonly press: string;
}

const editions: [string, Feeds][] = [['written here', written]];
if (existsSync(folder)) {
  const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');
  editions.push(['of the Federal Register and Google News', { official: read('federal-register.rss'), press: read('google-news-usmca.rss') }]);
}

describe.each(editions)('311 entries in two feeds %s', (_name, feeds) => {
  let crawl: Crawl;
  let site: FeedServer;
  let official: string;
  let press: string;
  beforeAll(async () => {
    crawl = await startCrawl();
    site = await startFeedServer();
    official = await crawl.addSource({ url: site.set('/official.rss', feeds.official), authority: 'official' });
    press = await crawl.addSource({ url: site.set('/press.rss', feeds.press) });
  });

  it('become 311 articles, once each, also when both are polled again and again at once', async () => {
    await Promise.all([official, press, official, press, official].map((id) => crawl.pollSource.pollNow(id)));
    const articles = [...(await crawl.published(official)), ...(await crawl.published(press))];
    expect(articles).toHaveLength(311);
    expect(new Set(articles.map(({ id }) => id)).size).toBe(311);
    expect(await crawl.database.article.count()).toBe(311);
    for (const article of articles) {
      expect(articleSchema.safeParse(article).success).toBe(true);
      expect(article.title).not.toMatch(/[<>]|&\w+;/);
      expect(article.publishedConfidence).toBe('stated');
    }
  });

  it('are answered 304 by the next poll, which adds nothing', async () => {
    const asked = site.requests.length;
    expect(await Promise.all([official, press].map((id) => crawl.pollSource.pollNow(id)))).toEqual([{ outcome: 'not-modified' }, { outcome: 'not-modified' }]);
    expect(site.requests.slice(asked).map(({ status }) => status())).toEqual([304, 304]);
    expect(await crawl.database.articleRevision.count()).toBe(311);
  });

  it('keep official documents apart and join headlines that several papers carry', async () => {
    const storiesOf = async (id: string) => new Set((await crawl.published(id)).map(({ storyId }) => storyId)).size;
    expect(await storiesOf(official)).toBe(150);
    expect(await storiesOf(press)).toBeLessThan(161);
    expect(await storiesOf(press)).toBeGreaterThan(130);
  });
});
