// Real: PostgreSQL, the HTTP client, sites on loopback. Nothing is faked.
import { rssFeed, startFeedServer, type FeedItem, type FeedServer } from '@tradewatch/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCrawl, type Crawl } from '../crawl.fixture.ts';
import type { SourceDefinition } from '../source/source.ts';

const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toUTCString();

describe('stories', () => {
  let crawl: Crawl;
  let site: FeedServer;
  let pages = 0;
  beforeAll(async () => {
    crawl = await startCrawl();
    site = await startFeedServer();
  });

  async function source(items: readonly FeedItem[], fields: Partial<SourceDefinition> = {}): Promise<string> {
    pages += 1;
    return crawl.addSource({ url: site.set(`/${pages}.rss`, rssFeed(items)), ...fields });
  }
  const stories = async (...ids: string[]) => {
    for (const id of ids) await crawl.pollSource.pollNow(id);
    return (await Promise.all(ids.map((id) => crawl.published(id)))).flat().map(({ storyId }) => storyId);
  };

  it('are shared by copies of a report, whatever the publisher adds to the title or the link', async () => {
    const [a, b, c] = await stories(
      await source([{ guid: '1', title: 'Canada lifts surtax on steel imports - Global News', link: 'https://aggregator.example/read/1' }]),
      await source([{ guid: '2', title: 'Canada lifts surtax on steel imports', link: 'https://paper.example/surtax' }]),
      await source([{ guid: '3', title: 'Surtax lifted', link: 'http://www.paper.example/surtax/?utm_source=rss#top' }]),
    );
    expect(b).toBe(a);
    expect(c).toBe(a);
  });

  it('are not shared by reports with one title more than seven days apart', async () => {
    const [a, b] = await stories(
      await source([{ guid: '1', title: 'Weekly review of border delays', date: daysAgo(8), link: 'https://paper.example/1' }]),
      await source([{ guid: '2', title: 'Weekly review of border delays', date: daysAgo(0.5), link: 'https://other.example/2' }]),
    );
    expect(b).not.toBe(a);
  });

  it('are not shared by two documents of one official source with the same title, nor through a press report between them', async () => {
    const title = 'Certain Steel Nails: Final Results of Administrative Review';
    const official = { authority: 'official' } as const;
    const first = await source([{ guid: '1', title, link: 'https://register.example/2026-001' }], official);
    const press = await source([{ guid: '2', title, link: 'https://paper.example/nails' }]);
    const second = await source([{ guid: '3', title, link: 'https://register.example/2026-002' }, { guid: '4', title, link: 'https://register.example/2026-003' }], official);
    const [a, b, c, d] = await stories(first, press, second);
    expect(b).toBe(a);
    expect(new Set([a, c, d]).size).toBe(3);
  });

  it('are shared by the same official document in two official sources', async () => {
    const entry = { guid: '1', title: 'Notice of Investigation on Softwood', link: 'https://register.example/softwood' };
    const [a, b] = await stories(await source([entry], { authority: 'official' }), await source([entry], { authority: 'official' }));
    expect(b).toBe(a);
  });

  it('are not shared by entries that all link to one page, or to a home page', async () => {
    const link = 'https://agency.example/bulletins';
    const found = await stories(
      await source([{ guid: '1', title: 'Quota for sugar filled this morning', link }, { guid: '2', title: 'Quota for beef opens on Monday', link }]),
      await source([{ guid: '3', title: 'Port closed by storm', link: 'https://agency.example/' }]),
      await source([{ guid: '4', title: 'Port open again', link: 'https://agency.example/' }]),
    );
    expect(new Set(found).size).toBe(4);
  });

  it('are one also where many sources find the report at the same moment', async () => {
    const ids = await Promise.all(Array.from({ length: 10 }, (_, i) =>
      source([{ guid: `${i}`, title: `Panel rules on auto content rules - Paper ${i}`, link: `https://paper-${i}.example/panel` }])));
    await Promise.all(ids.map((id) => crawl.pollSource.pollNow(id)));
    expect(new Set(await stories(...ids)).size).toBe(1);
  });

  it('begin with the oldest report of a feed', async () => {
    const id = await source([
      { guid: 'new', title: 'Talks on the pact resume today', link: 'https://paper.example/b', date: daysAgo(0.1) },
      { guid: 'old', title: 'Talks on the pact resume today', link: 'https://paper.example/a', date: daysAgo(0.2) },
    ]);
    await crawl.pollSource.pollNow(id);
    expect((await crawl.published(id)).map(({ url }) => url)).toEqual(['https://paper.example/a', 'https://paper.example/b']);
  });
});
