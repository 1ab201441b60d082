// Real: PostgreSQL, the HTTP client with small limits, hostile pages on loopback, the parser. Nothing is faked.
import { rssFeed, startFeedServer, type FeedServer, type Page } from '@tradewatch/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCrawl, type Crawl } from '../crawl.fixture.ts';
import { stateOf } from '../source/source.ts';

const good = { guid: 'good', title: 'Parties agree on a date for the review', text: 'In spring.' };

const entityBomb = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${'bcdefghij'[i]!} "${`&${'abcdefghi'[i]!};`.repeat(10)}">`).join('')}]>
  <rss version="2.0"><channel><title>&j;</title><item><title>&j;</title></item></channel></rss>`;

/** A megabyte at a time, so that the test itself needs no memory for it. */
const fiftyMegabytes: Page = (_request, response) => {
  const megabyte = Buffer.alloc(1024 * 1024, ' ');
  let left = 50;
  const send = (): void => {
    while (left > 0) {
      left -= 1;
      if (!response.write(megabyte)) return void response.once('drain', send);
    }
    response.end();
  };
  response.writeHead(200, { 'content-type': 'application/rss+xml' });
  send();
};

const fiveSecondsLate: Page = (_request, response) => {
  const timer = setTimeout(() => response.writeHead(200).end(rssFeed([good])), 5000);
  response.on('close', () => clearTimeout(timer));
};

const bad: [what: string, path: string, page: Page, code: string, message: RegExp][] = [
  ['an HTML page', '/html', { status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><html><body><h1>Welcome</h1></body></html>' }, 'not-a-feed', /\w+ \w+/],
  ['nothing at all', '/empty', { status: 200, body: '' }, 'empty', /\w+ \w+/],
  ['half a feed', '/truncated', { status: 200, body: '<?xml version="1.0"?><rss version="2.0"><channel><title>A fe' }, 'truncated', /\w+ \w+/],
  ['404', '/missing', { status: 404 }, 'http-404', /answered 404/],
  ['503', '/down', { status: 503 }, 'http-503', /answered 503/],
  ['its feed five seconds late', '/late', fiveSecondsLate, 'timeout', /in time|within/],
  ['fifty megabytes', '/huge', fiftyMegabytes, 'body-too-large', /\w+ \w+/],
  ['a redirect to itself', '/loop', { status: 302, headers: { location: '/loop' } }, 'redirect-loop', /circle/],
  ['an entity bomb', '/bomb', { status: 200, body: entityBomb }, 'entity-bomb', /\w+ \w+/],
  ['a feed that cannot be unpacked', '/packed', { status: 200, headers: { 'content-encoding': 'br' }, body: 'this is not brotli' }, 'corrupt-encoding', /unpacked/],
];

describe('a source that fails', () => {
  let crawl: Crawl;
  let site: FeedServer;
  beforeAll(async () => {
    crawl = await startCrawl({ timeoutMs: 2500, headersTimeoutMs: 2500, maxBytes: 2 * 1024 * 1024 });
    site = await startFeedServer();
  });

  it.each(bad)('with %s shows a stable code and a readable message, and backs off', async (_what, path, page, code, message) => {
    const id = await crawl.addSource({ url: site.set(path, page) });
    const outcome = await crawl.pollSource.pollNow(id);
    expect(outcome).toMatchObject({ outcome: 'failed', errorCode: code, errorMessage: expect.stringMatching(message) as unknown });
    const source = await crawl.source(id);
    expect(source).toMatchObject({ errorCode: code, consecutiveFailures: 1, leaseUntil: null, lastSucceededAt: null, articleCount: 0 });
    expect(stateOf(source)).toBe('failing');
    expect(source.nextPollAt.getTime() - source.lastPolledAt!.getTime()).toBeGreaterThanOrEqual(2 * 900_000);
  });

  it('holds up no other: all polled at once, the good one is filed', async () => {
    const ids = await Promise.all(bad.map(([, path]) => crawl.addSource({ url: site.url + path })));
    const healthy = await crawl.addSource({ url: site.set('/good', rssFeed([good])) });
    await Promise.all([...ids, healthy].map((id) => crawl.pollSource.pollNow(id)));
    expect(await crawl.published(healthy)).toHaveLength(1);
    const events = await crawl.database.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM event_log`;
    expect(Number(events[0]!.count)).toBe(1);
  });

  it('is asked ever later, and forgiven at its first success', async () => {
    const id = await crawl.addSource({ url: site.set('/flaky', { status: 500 }) });
    const waits: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      await crawl.pollSource.pollNow(id);
      const { nextPollAt, lastPolledAt } = await crawl.source(id);
      waits.push(nextPollAt.getTime() - lastPolledAt!.getTime());
    }
    for (const [round, wait] of waits.entries()) {
      expect(wait).toBeGreaterThanOrEqual(900_000 * 2 ** (round + 1));
      expect(wait).toBeLessThanOrEqual(900_000 * 2 ** (round + 1) * 1.2);
    }
    site.set('/flaky', rssFeed([{ ...good, guid: 'flaky' }]));
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'polled', newArticles: 1 });
    const source = await crawl.source(id);
    expect(source).toMatchObject({ consecutiveFailures: 0, errorCode: null, errorMessage: null });
    expect(source.nextPollAt.getTime() - source.lastPolledAt!.getTime()).toBeLessThanOrEqual(960_000);
  });

  it('because its feed breaks off keeps what came before the break, and takes no 304 for the rest', async () => {
    const whole = rssFeed([1, 2, 3].map((number) => ({ text: good.text, guid: `cut-${number}`, title: `Round ${number} of the talks begins` })));
    const id = await crawl.addSource({ url: site.set('/cut', whole.slice(0, whole.lastIndexOf('<item>') + 20)) });
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'failed', errorCode: 'truncated', newArticles: 2 });
    expect(await crawl.source(id)).toMatchObject({ errorCode: 'truncated', consecutiveFailures: 1, etag: null, backfilledAt: null, articleCount: 2 });
    site.set('/cut', whole);
    expect(await crawl.pollSource.pollNow(id)).toEqual({ outcome: 'polled', newArticles: 1, revisions: 0 });
    expect(await crawl.source(id)).toMatchObject({ errorCode: null, articleCount: 3 });
  });

  it('with Retry-After is not asked before that', async () => {
    const busy = await startFeedServer();
    const id = await crawl.addSource({ url: busy.set('/busy', { status: 429, headers: { 'retry-after': '36000' } }), intervalSeconds: 60 });
    await crawl.pollSource.pollNow(id);
    const { nextPollAt, lastPolledAt } = await crawl.source(id);
    expect(nextPollAt.getTime() - lastPolledAt!.getTime()).toBe(36_000_000);
  });

  it('with 410 is switched off and says how to switch it on', async () => {
    const id = await crawl.addSource({ url: site.set('/gone', { status: 410 }) });
    await crawl.pollSource.pollNow(id);
    const source = await crawl.source(id);
    expect(stateOf(source)).toBe('disabled');
    expect(source).toMatchObject({ errorCode: 'http-410', errorMessage: expect.stringContaining('switched off') as unknown });
    expect(source.enabled).toBe(false);
  });

  it('is read from its first fallback that works, and says what is wrong with its main address', async () => {
    const id = await crawl.addSource({
      url: site.set('/main', { status: 500 }), fallbacks: [site.url + '/html', site.set('/spare', rssFeed([{ ...good, guid: 'spare' }])), site.set('/unused', 'x')],
    });
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'polled', newArticles: 1 });
    const source = await crawl.source(id);
    expect(source).toMatchObject({ consecutiveFailures: 0, errorCode: 'http-500', errorMessage: expect.stringContaining('fallback') as unknown, etag: null });
    expect(stateOf(source)).toBe('ok');
    expect(site.requests.some(({ path }) => path === '/unused')).toBe(false);

    site.set('/main', rssFeed([{ ...good, guid: 'spare' }]));
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'polled', newArticles: 0 });
    expect(await crawl.source(id)).toMatchObject({ errorCode: null, errorMessage: null });
  });

  it('asks no fallback on a host that told it to wait', async () => {
    const id = await crawl.addSource({ url: site.set('/wait', { status: 503, headers: { 'retry-after': '600' } }), fallbacks: [site.set('/same-host', rssFeed([good]))] });
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'failed', errorCode: 'http-503' });
    expect(site.requests.some(({ path }) => path === '/same-host')).toBe(false);
  });

  it('that moved for good is asked at its new address from then on; one that moved for now is not', async () => {
    const target = site.set('/new-home', rssFeed([{ ...good, guid: 'moved' }]));
    for (const [status, expected] of [[301, target], [308, target], [302, undefined], [307, undefined]] as const) {
      const url = site.set(`/moved-${status}`, { status, headers: { location: '/new-home' } });
      const id = await crawl.addSource({ url });
      await crawl.pollSource.pollNow(id);
      expect((await crawl.source(id)).url).toBe(expected ?? url);
      expect(await crawl.pollSource.pollNow(id)).toEqual({ outcome: 'not-modified' });
    }
  });

  it('that moved for good to something that is no feed keeps its address', async () => {
    const url = site.set('/parked', { status: 301, headers: { location: '/html' } });
    const id = await crawl.addSource({ url });
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'failed', errorCode: 'not-a-feed' });
    expect((await crawl.source(id)).url).toBe(url);
  });
});
