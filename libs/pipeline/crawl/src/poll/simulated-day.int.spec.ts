// Real: PostgreSQL, the HTTP client over real sockets, the parser, two replicas of the poll loop. Simulated: the time of day, and 500
// hosts (one server on loopback, whose names a resolver of the test's own leads there). A day passes in steps of six minutes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCrawl, type Crawl } from '../crawl.fixture.ts';
import { stateOf } from '../source/source.ts';
import { answer, feedAt, hour, minute, SimulatedClock, SimulatedSite, type Fault, type SimulatedEntry, type SimulatedFeed } from './simulated-site.fixture.ts';

const start = Date.parse('2026-07-01T00:00:00Z');
const end = start + 24 * hour;
const stepMs = 6 * minute;
const gapMs = 1000;
/** What a poll may come after its interval: the spread, and the step of this simulation. */
const slackMs = minute + 2 * stepMs;

const between = (fromHour: number, toHour: number, fault: Fault): Fault => (feed, request, response, now) => now >= start + fromHour * hour && now < start + toHour * hour && fault(feed, request, response, now);
const onFeed = (fault: Fault): Fault => (feed, request, response, now) => request.url === feed.path && fault(feed, request, response, now);
const status = (code: number, headers: Record<string, string> = {}): Fault => onFeed((_feed, _request, response) => answer(response, code, '', headers));
const body = (text: (feed: SimulatedFeed, now: number) => string, headers: Record<string, string> = {}): Fault => onFeed((feed, _request, response, now) => answer(response, 200, text(feed, now), headers));
const moves = (code: number): Fault => (feed, request, response, now) => {
  if (request.url === feed.path) return answer(response, code, '', { location: '/moved/here' });
  return request.url === '/moved/here' && answer(response, 200, feedAt(feed, now));
};
const robots = (text: string, code = 200): Fault => (_feed, request, response) => request.url === '/robots.txt' && answer(response, code, text);
/** Sends its header and then nothing more. */
const hangs: Fault = onFeed((_feed, _request, response) => {
  response.writeHead(200, { 'content-type': 'application/rss+xml' }).write('<?xml version="1.0"?><rss>');
  return true;
});
const dropsConnection: Fault = onFeed((_feed, request) => {
  request.socket.destroy();
  return true;
});
const late = (feed: SimulatedFeed, response: Parameters<Fault>[2], now: number): true => {
  setTimeout(() => answer(response, 200, feedAt(feed, now)), 60);
  return true;
};

interface Kind {
  readonly name: string;
  readonly count: number;
  readonly fault?: Fault;
  /** The code a source of this kind shows at the end of the day; null where all is well by then. */
  readonly code: string | null;
  /** Nothing of it can be read. */
  readonly neverRead?: boolean;
  /** Entries stay listed for one interval only. */
  readonly shortLived?: boolean;
  readonly sharedHost?: boolean;
}

const kinds: readonly Kind[] = [
  { name: 'steady', count: 150, code: null },
  { name: 'short-lived', count: 50, code: null, shortLived: true },
  { name: 'shared-host', count: 40, code: null, sharedHost: true },
  { name: 'no-validators', count: 15, code: null, fault: body(feedAt) },
  { name: 'guid-churn', count: 15, code: null, fault: body((feed, now) => feedAt(feed, now, `-${now}`)) },
  { name: 'slow', count: 10, code: null, fault: onFeed((feed, _request, response, now) => late(feed, response, now)) },
  { name: 'timeout-for-hours', count: 8, code: null, fault: between(3, 7, hangs) },
  { name: 'timeout', count: 4, code: 'timeout', neverRead: true, fault: hangs },
  { name: 'reset-for-hours', count: 15, code: null, fault: between(5, 8, dropsConnection) },
  { name: 'http-500-for-hours', count: 20, code: null, fault: between(4, 9, status(500)) },
  { name: 'http-500', count: 10, code: 'http-500', neverRead: true, fault: status(500) },
  { name: 'http-429-seconds', count: 10, code: null, fault: between(2, 5, status(429, { 'retry-after': '7200' })) },
  { name: 'http-503-date', count: 10, code: null, fault: between(2, 4, onFeed((_feed, _request, response) => answer(response, 503, '', { 'retry-after': new Date(start + 6 * hour).toUTCString() }))) },
  { name: 'http-403', count: 10, code: 'http-403', fault: between(6, 24, status(403)) },
  { name: 'http-404', count: 15, code: 'http-404', neverRead: true, fault: status(404) },
  { name: 'http-410', count: 10, code: 'http-410', fault: between(8, 24, status(410)) },
  { name: 'moved-301', count: 10, code: null, fault: moves(301) },
  { name: 'moved-308', count: 10, code: null, fault: moves(308) },
  { name: 'moved-302', count: 5, code: null, fault: moves(302) },
  { name: 'redirect-loop', count: 5, code: 'redirect-loop', neverRead: true, fault: onFeed((feed, _request, response) => answer(response, 302, '', { location: feed.path })) },
  { name: 'malformed', count: 10, code: 'not-a-feed', neverRead: true, fault: body(() => '<<<& this >was< once a feed <item>') },
  { name: 'html', count: 8, code: null, fault: between(10, 13, body(() => '<!doctype html><html><body><h1>Just a moment</h1></body></html>', { 'content-type': 'text/html' })) },
  { name: 'truncated-for-hours', count: 10, code: null, fault: between(6, 10, body((feed, now) => feedAt(feed, now).slice(0, 700))) },
  { name: 'no-bytes-for-hours', count: 10, code: null, fault: between(6, 10, body(() => '')) },
  { name: 'empty-list', count: 10, code: 'empty', fault: between(12, 24, body(({ host }) => feedAt({ host, path: '/', entries: [], fault: undefined }, 0))) },
  { name: 'robots-forbid', count: 5, code: 'robots-disallowed', neverRead: true, fault: robots('User-agent: *\nDisallow: /') },
  { name: 'robots-503', count: 5, code: 'robots-unavailable', neverRead: true, fault: robots('', 503) },
  { name: 'crawl-delay', count: 20, code: null, fault: robots('User-agent: *\nCrawl-delay: 240') },
];

interface Planned {
  readonly id: string;
  readonly kind: Kind;
  readonly feed: SimulatedFeed;
  readonly intervalMs: number;
}

/** Deterministic, so that a failure can be seen again. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function plan(): Planned[] {
  const random = numbers(2026);
  let number = 0;
  return kinds.flatMap((kind) => Array.from({ length: kind.count }, (_, index): Planned => {
    number += 1;
    const id = `${kind.name}-${index}`;
    const host = `${kind.sharedHost ? `shared${index % 8}` : id}.test`;
    const intervalMs = [0.5, 1, 1, 1, 1, 1, 1, 2, 2, 2][number % 10]! * hour;
    const path = kind.sharedHost ? `/feed${index}` : '/feed';
    const entry = (count: number, from: number): SimulatedEntry => ({
      guid: `${id}/${count}`, link: `http://${host}/entry/${id}/${count}`, title: `Source ${id} tells of matter ${count * 1000 + number} today`, text: `Matter ${count} of ${id}.`,
      from, until: kind.shortLived && from > start ? from + intervalMs + slackMs : Infinity,
    });
    const entries = [-30, -21, -13, -6, -1].map((hours, count) => entry(count, start + hours * hour));
    for (let from = start + random() * 5 * hour; from < end; from += (1 + random() * 9) * hour) entries.push(entry(entries.length, Math.floor(from / 1000) * 1000));
    return { id, kind, intervalMs, feed: { host, path, entries, fault: kind.fault } };
  }));
}

describe('a day of 500 sources with faults of every kind', () => {
  const clock = new SimulatedClock(start);
  const site = new SimulatedSite(clock);
  const planned = plan();
  let crawl: Crawl;
  let found: Map<string, string[]>;

  beforeAll(async () => {
    await site.start();
    afterAll(() => site.stop());
    const settings = { clock, hostGapMs: gapMs, concurrency: 64, resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]) };
    const limits = { idleTimeoutMs: 250, timeoutMs: 20_000 };
    crawl = await startCrawl(limits, settings);
    const replica = await startCrawl(limits, { ...settings, beside: crawl });
    for (const { id, feed, intervalMs } of planned) await crawl.addSource({ id, url: site.add(feed), intervalSeconds: intervalMs / 1000 });
    for (let at = start; at <= end; at += stepMs) {
      clock.moveTo(at);
      await Promise.all([crawl.loop.runDue(), replica.loop.runDue()]);
    }
    const rows = await crawl.database.$queryRaw<{ sourceId: string; title: string }[]>`
      SELECT data->'article'->'source'->>'id' AS "sourceId", data->'article'->>'title' AS title FROM event_log WHERE (data->'article'->>'revision')::int = 1`;
    found = new Map(planned.map(({ id }) => [id, []]));
    for (const { sourceId, title } of rows) found.get(sourceId)!.push(title);
  }, 300_000);

  it('archives each new entry exactly once', async () => {
    for (const [id, titles] of found) expect(new Set(titles).size, `${id} has an entry twice`).toBe(titles.length);
    const total = [...found.values()].reduce((sum, titles) => sum + titles.length, 0);
    expect(total).toBeGreaterThan(3000);
    expect(await crawl.database.article.count()).toBe(total);
    expect(await crawl.database.articleRevision.count()).toBe(total);
  });

  it('misses none that stayed in its feed for one interval', () => {
    const missed = planned.filter(({ kind }) => kind.code === null).flatMap(({ id, feed, intervalMs }) => {
      const titles = new Set(found.get(id));
      return feed.entries.filter(({ from }) => from <= end - intervalMs - slackMs).map(({ title }) => title).filter((title) => !titles.has(title));
    });
    expect(missed).toEqual([]);
  });

  it('has from failing sources what was to be had before', () => {
    for (const { id, kind, feed } of planned.filter(({ kind: { code } }) => code !== null)) {
      const listed = kind.neverRead ? 0 : feed.entries.filter(({ from }) => from <= start).length;
      expect(found.get(id)!.length, id).toBeGreaterThanOrEqual(listed);
      expect(found.get(id)!.length === 0, id).toBe(kind.neverRead === true);
    }
  });

  it('explains every failing source, and blames no other', async () => {
    for (const { id, kind } of planned) {
      const source = await crawl.source(id);
      expect(source.errorCode, `${id}: ${source.errorMessage}`).toBe(kind.code);
      const expected = { null: 'ok', empty: 'silent', 'http-410': 'disabled' }[String(kind.code)] ?? 'failing';
      expect(stateOf(source), id).toBe(expected);
      expect(source.errorMessage ?? 'nothing to be said', id).toMatch(/^\S+( \S+){3,}/);
      expect(source.leaseUntil, id).toBeNull();
    }
  });

  it('asks every host one thing at a time, with its gap between two', () => {
    expect(site.mostAtOnce).toBe(1);
    const last = new Map<string, number>();
    for (const { host, at, path } of site.visits) {
      const since = at - (last.get(host) ?? -Infinity);
      expect(since, `${host}${path} at ${new Date(at).toISOString()}`).toBeGreaterThanOrEqual(host.startsWith('crawl-delay') ? 240_000 : gapMs);
      last.set(host, at);
    }
  });

  const visitsTo = (prefix: string) => site.visits.filter(({ host, path }) => host.startsWith(prefix) && path !== '/robots.txt');

  it('leaves those alone that ask for it', () => {
    /** What was answered, source by source, of the kinds whose name begins so. */
    const visitsOf = (name: string) => planned.filter(({ kind }) => kind.name.startsWith(name)).map(({ feed: { host } }) => visitsTo(`${host}`).map(({ at, status: answered }) => ({ at, status: answered() })));
    /** For each answer of this status: its time, and the time of the next visit. */
    const pairs = (name: string, code: number) => visitsOf(name).flatMap((visits) => visits.flatMap(({ at, status: answered }, index) => (answered === code ? [[at, visits[index + 1]?.at ?? Infinity] as const] : [])));
    expect(pairs('http-410', 410).map(([, next]) => next)).toEqual(Array.from({ length: 10 }, () => Infinity));
    expect(visitsOf('robots').flat()).toEqual([]);
    expect(pairs('http-429-seconds', 429).filter(([at, next]) => next - at < 2 * hour)).toEqual([]);
    expect(pairs('http-503-date', 503).filter(([, next]) => next < start + 6 * hour)).toEqual([]);
    expect(Math.max(...visitsOf('http-404').map((visits) => visits.length))).toBeLessThanOrEqual(8);
  });

  it('goes straight to where a feed moved for good, and answers most polls with 304', () => {
    for (const name of ['moved-301', 'moved-308']) {
      const paths = visitsTo(name).map(({ path }) => path);
      expect(paths.filter((path) => path === '/feed')).toHaveLength(10);
      expect(paths.filter((path) => path === '/moved/here').length).toBeGreaterThan(100);
    }
    const statuses = visitsTo('steady').map(({ status: answered }) => answered());
    expect(statuses.filter((code) => code === 304).length).toBeGreaterThan(statuses.length / 2);
  });
});
