// Real: PostgreSQL, the HTTP client, a site on loopback, the parser. Nothing is faked.
import { articleSchema } from '@tradewatch/events';
import { rssFeed, startFeedServer, waitFor, type FeedServer } from '@tradewatch/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCrawl, type Crawl } from '../crawl.fixture.ts';

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3600_000).toUTCString();
const item = (number: number) => ({
  guid: `entry-${number}`, title: `Ministers open round ${number} of the talks`, link: `https://news.example.org/${number}`, text: `What was said in round ${number}.`,
});

describe('polling a source', () => {
  let crawl: Crawl;
  let site: FeedServer;
  beforeAll(async () => {
    crawl = await startCrawl();
    site = await startFeedServer();
  });

  it('files each entry once, with an event that fits its contract', async () => {
    const id = await crawl.addSource({ url: site.set('/first.rss', rssFeed([item(1), item(2), item(1)])), jurisdiction: 'CA', authority: 'official' });
    expect(await crawl.pollSource.pollNow(id)).toEqual({ outcome: 'polled', newArticles: 2, revisions: 0 });
    const articles = await crawl.published(id);
    expect(articles.map((article) => articleSchema.parse(article).title).sort()).toEqual([item(1).title, item(2).title]);
    expect(articles[0]).toMatchObject({
      revision: 1, text: 'What was said in round 1.', claimedLanguage: 'en', publishedConfidence: 'stated', source: { id, authority: 'official', jurisdiction: 'CA' },
    });
    const source = await crawl.source(id);
    expect(source).toMatchObject({ articleCount: 2, consecutiveFailures: 0, errorCode: null, leaseUntil: null });
    expect(source.nextPollAt.getTime() - source.lastSucceededAt!.getTime()).toBeGreaterThanOrEqual(900_000);
  });

  it('asks under the validators it was given and takes 304 for an answer', async () => {
    const id = await crawl.addSource({ url: site.set('/unchanged.rss', rssFeed([item(10)])) });
    await crawl.pollSource.pollNow(id);
    const before = await crawl.source(id);
    expect(await crawl.pollSource.pollNow(id)).toEqual({ outcome: 'not-modified' });
    expect(site.requests.filter(({ path }) => path === '/unchanged.rss').map(({ status }) => status())).toEqual([200, 304]);
    const after = await crawl.source(id);
    expect(after.lastSucceededAt!.getTime()).toBeGreaterThan(before.lastSucceededAt!.getTime());
    expect(after).toMatchObject({ etag: before.etag, lastNewEntryAt: before.lastNewEntryAt, articleCount: 1 });
    expect(await crawl.published(id)).toHaveLength(1);
  });

  it('adds nothing when the same feed comes again in full', async () => {
    const body = rssFeed([item(20), item(21)]);
    const id = await crawl.addSource({ url: site.set('/again.rss', { status: 200, body }) });
    await crawl.pollSource.pollNow(id);
    expect(await crawl.pollSource.pollNow(id)).toEqual({ outcome: 'polled', newArticles: 0, revisions: 0 });
    expect(await crawl.published(id)).toHaveLength(2);
  });

  it('lets one of many polls at the same moment through and files each entry once', async () => {
    const id = await crawl.addSource({ url: site.set('/crowd.rss', { status: 200, body: rssFeed(Array.from({ length: 50 }, (_, i) => item(100 + i))) }) });
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => crawl.pollSource.pollNow(id)));
    expect(outcomes.filter(({ outcome }) => outcome === 'polled').length).toBeGreaterThanOrEqual(1);
    expect(outcomes.some(({ outcome }) => outcome === 'busy')).toBe(true);
    expect(await crawl.published(id)).toHaveLength(50);
    expect((await crawl.source(id)).articleCount).toBe(50);
  });

  it('makes a changed entry the next revision of its article, in the same story', async () => {
    const id = await crawl.addSource({ url: site.set('/changing.rss', rssFeed([{ guid: 'a', title: 'Duty of 10% on bolts announced', date: hoursAgo(1) }])) });
    await crawl.pollSource.pollNow(id);
    site.set('/changing.rss', rssFeed([{ guid: 'a', title: 'Duty of 25% on bolts announced', text: 'Corrected.', date: hoursAgo(1) }]));
    expect(await crawl.pollSource.pollNow(id)).toEqual({ outcome: 'polled', newArticles: 0, revisions: 1 });
    const [first, second] = await crawl.published(id);
    expect(second).toMatchObject({ id: first!.id, storyId: first!.storyId, revision: 2, title: 'Duty of 25% on bolts announced', alertable: true, firstSeenAt: first!.firstSeenAt });
    expect(await crawl.database.articleRevision.count({ where: { articleId: first!.id } })).toBe(2);
    expect((await crawl.source(id)).articleCount).toBe(1);
  });

  it('counts a change of date or link alone as no revision', async () => {
    const id = await crawl.addSource({ url: site.set('/redated.rss', rssFeed([{ ...item(30), date: hoursAgo(5) }])) });
    await crawl.pollSource.pollNow(id);
    site.set('/redated.rss', rssFeed([{ ...item(30), link: 'https://news.example.org/30?utm_source=rss', date: hoursAgo(4) }]));
    expect(await crawl.pollSource.pollNow(id)).toEqual({ outcome: 'polled', newArticles: 0, revisions: 0 });
  });

  it('knows an article again when its source renumbers guids, and tells apart what only shares a page', async () => {
    const { link } = item(50);
    const id = await crawl.addSource({ url: site.set('/renumbered.rss', rssFeed([{ ...item(50), guid: 'old' }, { ...item(51), guid: 'stays' }])) });
    await crawl.pollSource.pollNow(id);
    site.set('/renumbered.rss', rssFeed([{ ...item(50), guid: 'new' }, { ...item(51), guid: 'stays' }, { ...item(51), guid: 'a second report' }, { guid: 'x', title: 'Another thing entirely on this page', link }]));
    expect(await crawl.pollSource.pollNow(id)).toEqual({ outcome: 'polled', newArticles: 2, revisions: 0 });
    site.set('/renumbered.rss', rssFeed([{ ...item(50), guid: 'new', text: 'Changed.' }]));
    expect(await crawl.pollSource.pollNow(id)).toEqual({ outcome: 'polled', newArticles: 0, revisions: 1 });
    expect((await crawl.published(id)).map(({ title, revision }) => `${title} ${revision}`)).toEqual(
      expect.arrayContaining([`${item(50).title} 1`, `${item(50).title} 2`, `${item(51).title} 1`]));
  });

  it('refuses a feed of more entries than any honest one has', async () => {
    const id = await crawl.addSource({ url: site.set('/flood.rss', `<rss version="2.0"><channel><title>Flood</title>${Array.from({ length: 10_001 }, (_, i) => `<item><guid>${i}</guid><title>t${i}</title></item>`).join('')}</channel></rss>`) });
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'failed', errorCode: 'too-many-entries' });
    expect(await crawl.published(id)).toEqual([]);
  });

  it('stores text that a database or JSON would refuse, without the characters at fault', async () => {
    const body = rssFeed([{ guid: `g${'x'.repeat(5000)}`, title: `Zölle 🚢 ${'long '.repeat(2000)}`, link: `https://news.example.org/${'y'.repeat(3000)}`, text: 'a\u0001b' }]);
    const id = await crawl.addSource({ url: site.set('/odd.rss', body) });
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'polled', newArticles: 1 });
    expect((await crawl.published(id))[0]!.title.length).toBeLessThanOrEqual(1000);
  });

  it('throws away a poll whose source was given another address meanwhile', async () => {
    let finish = () => {};
    const url = site.set('/slow.rss', (_request, response) => {
      finish = () => response.writeHead(200).end(rssFeed([item(40)]));
    });
    const id = await crawl.addSource({ url });
    const poll = crawl.pollSource.pollNow(id);
    await waitFor('the request', () => site.requests.some(({ path }) => path === '/slow.rss'));
    await crawl.sources.update({ ...(await crawl.source(id)), url: site.set('/other.rss', rssFeed([])) }, new Date());
    finish();
    expect(await poll).toEqual({ outcome: 'superseded' });
    expect(await crawl.published(id)).toEqual([]);
  });
});

describe('a process that shuts down in the middle of a poll', () => {
  it('gives the source back at once, blaming it for nothing', async () => {
    const crawl = await startCrawl();
    const site = await startFeedServer();
    const id = await crawl.addSource({ url: site.set('/never', () => {}) });
    const before = await crawl.source(id);
    const due = async () => (await crawl.polls.takeDue(1, new Date(), new Date(Date.now() + 20_000)))[0]!;
    expect(await crawl.pollSource.pollDue(await due())).toEqual({ outcome: 'deferred' });
    const again = await waitFor('its turn', due);
    const poll = crawl.pollSource.pollDue(again);
    await waitFor('the request', () => site.requests.length === 2);
    crawl.pollSource.onModuleDestroy();
    expect(await poll).toEqual({ outcome: 'aborted' });
    expect(await crawl.source(id)).toEqual(before);
  });
});

describe('the backfill rule', () => {
  let crawl: Crawl;
  let site: FeedServer;
  const entries = [
    { ...item(1), date: hoursAgo(1) },
    { ...item(2), date: hoursAgo(47) },
    { ...item(3), date: hoursAgo(49) },
    { ...item(4), date: null },
    { ...item(5), date: 'Mon, 01 Jan 2018 10:00:00 GMT' },
  ];
  beforeAll(async () => {
    crawl = await startCrawl();
    site = await startFeedServer();
  });
  const alertable = async (id: string) =>
    Object.fromEntries((await crawl.published(id)).map((article) => [`${article.title.replace(/\D/g, '')}.${article.revision}`, article.alertable]));

  it('lets only what was published in the last 48 hours alert, and anything that comes later', async () => {
    const id = await crawl.addSource({ url: site.set('/quiet.rss', rssFeed(entries)) });
    await crawl.pollSource.pollNow(id);
    expect(await alertable(id)).toEqual({ '1.1': true, '2.1': true, '3.1': false, '4.1': false, '5.1': false });
    site.set('/quiet.rss', rssFeed([...entries, { ...item(6), date: hoursAgo(200) }]));
    await crawl.pollSource.pollNow(id);
    expect(await alertable(id)).toMatchObject({ '6.1': true });
  });

  it('keeps the revisions of quiet articles quiet', async () => {
    const id = await crawl.addSource({ url: site.set('/edited.rss', rssFeed(entries)) });
    await crawl.pollSource.pollNow(id);
    site.set('/edited.rss', rssFeed(entries.map((entry) => ({ ...entry, text: 'A new template' }))));
    await crawl.pollSource.pollNow(id);
    expect(await alertable(id)).toMatchObject({ '1.2': true, '3.2': false, '5.2': false });
  });

  it('does not hold for a source that says alertOnBackfill', async () => {
    const id = await crawl.addSource({ url: site.set('/loud.rss', rssFeed(entries)), alertOnBackfill: true });
    await crawl.pollSource.pollNow(id);
    expect(Object.values(await alertable(id))).toEqual([true, true, true, true, true]);
  });

  it('waits for the first poll that succeeds', async () => {
    const id = await crawl.addSource({ url: site.set('/late.rss', { status: 500 }) });
    await crawl.pollSource.pollNow(id);
    site.set('/late.rss', rssFeed(entries));
    await crawl.pollSource.pollNow(id);
    expect(await alertable(id)).toMatchObject({ '3.1': false });
  });
});
