// Real: PostgreSQL, the HTTP client, sites on loopback, the parser. Simulated: the clock, which tests move. Nothing is faked.
import { rssFeed, startFeedServer, type FeedServer, type Page } from '@tradewatch/testing';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCrawl, type Crawl } from '../crawl.fixture.ts';
import { stateOf } from '../source/source.ts';
import { hour, minute, SimulatedClock } from './simulated-site.fixture.ts';

const start = Date.parse('2026-07-01T12:00:00Z');
const day = 24 * hour;
const item = (number: number, at: number) => ({ guid: `g${number}`, title: `Round ${number} of the talks on softwood begins`, link: `https://news.example.org/${number}`, date: new Date(at).toUTCString() });
const daily = (to: number) => rssFeed([0, 1, 2, 3, 4, 5].map((days) => item(days, to - days * day)));

describe('the pace of polling', () => {
  let crawl: Crawl;
  let clock: SimulatedClock;
  let site: FeedServer;
  beforeAll(async () => {
    clock = new SimulatedClock(start);
    crawl = await startCrawl({ timeoutMs: 5000 }, { clock });
  });
  beforeEach(async () => {
    site = await startFeedServer();
  });
  const now = () => clock.now().getTime();
  const waitOf = async (id: string) => {
    const { nextPollAt, lastPolledAt } = await crawl.source(id);
    return nextPollAt.getTime() - lastPolledAt!.getTime();
  };
  /** Polls a page whose answers are given, and says how long its source then waits. */
  const waitAfter = async (...pages: Page[]) => {
    const id = await crawl.addSource({ url: `${site.url}/feed` });
    for (const page of pages) {
      site.set('/feed', page);
      await crawl.pollSource.pollNow(id);
    }
    return { id, waitMs: await waitOf(id) };
  };
  const withHeaders = (headers: Record<string, string>, body = rssFeed([])): Page => ({ status: 200, headers, body });

  it.each([
    ['Cache-Control', () => ({ 'cache-control': 'public, max-age=3600' }), hour],
    ['Expires', () => ({ expires: new Date(now() + 2 * hour).toUTCString(), date: new Date(now()).toUTCString() }), 2 * hour],
  ])('heeds %s', async (_name, headers, expected) => {
    const { waitMs } = await waitAfter(withHeaders(headers()));
    expect(waitMs).toBeGreaterThanOrEqual(expected);
    expect(waitMs).toBeLessThan(expected + minute);
  });

  it('heeds the ttl of a feed, also after it was answered 304', async () => {
    const feed = rssFeed([item(1, start)]).replace('<channel>', '<channel><ttl>120</ttl>');
    const { id, waitMs } = await waitAfter(feed);
    expect(waitMs).toBeGreaterThanOrEqual(2 * hour);
    expect(await crawl.pollSource.pollNow(id)).toEqual({ outcome: 'not-modified' });
    expect(await waitOf(id)).toBeGreaterThanOrEqual(2 * hour);
  });

  it('heeds the hours a feed wants to be left alone, and the period of the syndication module', async () => {
    const hours = [12, 13, 14].map((each) => `<hour>${each}</hour>`).join('');
    const skipping = await waitAfter(withHeaders({}, rssFeed([]).replace('<channel>', `<channel><skipHours>${hours}</skipHours>`)));
    expect((await crawl.source(skipping.id)).nextPollAt.getUTCHours()).toBe(15);
    const hourly = rssFeed([]).replace('<rss version="2.0">', '<rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">').replace('<channel>', '<channel><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>');
    expect((await waitAfter(withHeaders({}, hourly))).waitMs).toBeGreaterThanOrEqual(30 * minute);
  });

  it.each([
    ['seconds', () => '7200'],
    ['a date', () => new Date(now() + 2 * hour).toUTCString()],
  ])('heeds Retry-After in %s', async (_form, value) => {
    for (const status of [429, 503]) {
      const busy = await startFeedServer();
      const id = await crawl.addSource({ url: busy.set('/busy', { status, headers: { 'retry-after': value() } }) });
      expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'failed', errorCode: `http-${status}` });
      expect(Math.abs((await waitOf(id)) - 2 * hour)).toBeLessThan(2000);
    }
  });

  it('backs off from a site that refuses us again and again, to once a day', async () => {
    const { id } = await waitAfter({ status: 403 });
    const waits = [await waitOf(id)];
    for (let round = 0; round < 7; round += 1) {
      await crawl.pollSource.pollNow(id);
      waits.push(await waitOf(id));
    }
    for (const [index, wait] of waits.slice(1).entries()) expect(wait).toBeGreaterThanOrEqual(waits[index]!);
    expect(waits.at(-1)).toBe(day);
  });

  it('says who asks, and whom to write to', async () => {
    await waitAfter(rssFeed([]));
    for (const { headers } of site.requests) expect(headers['user-agent']).toBe('tradewatch-test (+https://example.org)');
    expect(site.requests.map(({ path }) => path)).toEqual(['/robots.txt', '/feed']);
  });

  it('shows a feed that is overdue against its own cadence, and forgives it with its next entry', async () => {
    const { id } = await waitAfter(daily(now()));
    clock.moveTo(now() + 2 * day);
    expect(await crawl.pollSource.pollNow(id)).toEqual({ outcome: 'not-modified' });
    expect(stateOf(await crawl.source(id))).toBe('ok');
    clock.moveTo(now() + 9 * day);
    expect(await crawl.pollSource.pollNow(id)).toEqual({ outcome: 'not-modified' });
    const overdue = await crawl.source(id);
    expect(overdue).toMatchObject({ errorCode: 'overdue', errorMessage: 'Nothing new for 11 days, where the longest pause was 24 hours', consecutiveFailures: 0, failingSince: clock.now() });
    expect(stateOf(overdue)).toBe('silent');
    expect((await crawl.polls.health()).states).toContainEqual({ state: 'silent', count: 1 });
    site.set('/feed', rssFeed([item(7, now())]));
    expect(await crawl.pollSource.pollNow(id)).toMatchObject({ outcome: 'polled', newArticles: 1 });
    expect(await crawl.source(id)).toMatchObject({ errorCode: null, errorMessage: null, failingSince: null });
  });

  it('shows a feed that lists nothing where it had entries, and one that never had any as well', async () => {
    const { id } = await waitAfter(daily(now()), rssFeed([]));
    expect(await crawl.source(id)).toMatchObject({ errorCode: 'empty', consecutiveFailures: 0 });
    expect(await crawl.pollSource.pollNow(id)).toEqual({ outcome: 'not-modified' });
    expect(stateOf(await crawl.source(id))).toBe('silent');
    const never = await waitAfter(rssFeed([]));
    expect(stateOf(await crawl.source(never.id))).toBe('ok');
  });

  it('pays for a 304 with no parse and one write of times', async () => {
    const { id } = await waitAfter(daily(now()));
    const rowsOf = async () => {
      const [row] = await crawl.database.$queryRaw<Record<string, unknown>[]>`SELECT * FROM sources WHERE id = ${id}`;
      return row!;
    };
    await crawl.database.source.updateMany({ where: { id: { not: id } }, data: { enabled: false } });
    const before = await rowsOf();
    clock.moveTo((before['next_poll_at'] as Date).getTime());
    const statements: string[] = [];
    const { pool } = crawl.database;
    const connect = pool.connect.bind(pool);
    const clients = await Promise.all(Array.from({ length: pool.options.max }, () => connect()));
    const originals = clients.map((client) => client.query.bind(client));
    for (const [index, client] of clients.entries()) {
      client.query = ((...call: [{ text?: string } | string]) => {
        const text = typeof call[0] === 'string' ? call[0] : (call[0].text ?? '');
        statements.push(text.trim().split(/\s+/).slice(0, 3).join(' '));
        return (originals[index] as (...each: unknown[]) => unknown)(...call);
      }) as typeof client.query;
      client.release();
    }
    expect(await crawl.loop.runDue()).toBe(1);
    // Lease with the host's turn, times with the end of the lease, end of the turn; and a look whether more is due.
    expect(statements.toSorted()).toEqual(['UPDATE crawl_hosts h', 'UPDATE sources s', 'WITH waiting AS', 'WITH waiting AS']);
    const after = await rowsOf();
    const changed = Object.keys(after).filter((column) => String(after[column]) !== String(before[column]));
    expect(changed.sort()).toEqual(['last_polled_at', 'last_succeeded_at', 'next_poll_at']);
    expect(site.requests.at(-1)!.status()).toBe(304);
  });
});
