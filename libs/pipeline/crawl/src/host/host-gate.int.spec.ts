// Real: PostgreSQL, the HTTP client, sites on loopback addresses. Two gates on two clients stand for two replicas. Nothing is faked.
import { Database } from '@tradewatch/database';
import { createHttpClient, HttpError } from '@tradewatch/http';
import { createTestDatabase, startFeedServer, waitFor, type FeedServer } from '@tradewatch/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Clock, systemClock } from '../clock.ts';
import { HostGate } from './host-gate.ts';
import { HostStore } from './host.store.ts';

const gapMs = 150;

/** The system's clock, and as much more as a test says. */
class ShiftedClock extends Clock {
  shiftMs = 0;
  now(): Date {
    return new Date(Date.now() + this.shiftMs);
  }
  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return systemClock.sleep(ms, signal);
  }
}

describe('the gate to a host', () => {
  let database: Database;
  let site: FeedServer;
  let clock: ShiftedClock;
  let replicas: HostGate[];
  const gates: HostGate[] = [];
  const client = createHttpClient({ allowPrivateNetworks: true, userAgent: 'tradewatch-test (+https://example.org)', limits: { timeoutMs: 5000 } });
  beforeAll(async () => {
    database = new Database({ url: await createTestDatabase() });
    afterAll(async () => {
      for (const gate of gates) gate.onModuleDestroy();
      await client.close();
      await database.$disconnect();
    });
  });
  beforeEach(async () => {
    site = await startFeedServer();
    clock = new ShiftedClock();
    replicas = [0, 1].map(() => new HostGate({ httpClient: client, sourcesOrigin: 'test', hostGapMs: gapMs }, new HostStore(database), clock));
    gates.push(...replicas);
  });
  const asked = () => site.requests.map(({ path }) => path);
  const problem = (promise: Promise<unknown>) => promise.then(() => undefined, (error: unknown) => (error instanceof HttpError ? error : Promise.reject(error)));

  it('lets one request at a time through from all replicas, with the gap between two', async () => {
    const times: [from: number, to: number][] = [];
    site.set('/page', (_request, response) => {
      const from = performance.now();
      response.on('close', () => times.push([from, performance.now()]));
      setTimeout(() => response.writeHead(200).end('ok'), 30);
    });
    await Promise.all([0, 1, 2, 3, 4, 5].map((n) => replicas[n % 2]!.get(`${site.url}/page`)));
    expect(site.mostAtOnce()).toBe(1);
    expect(asked().filter((path) => path === '/robots.txt')).toHaveLength(1);
    expect(times).toHaveLength(6);
    for (const [index, [from]] of times.slice(1).entries()) expect(from - times[index]![1]).toBeGreaterThanOrEqual(gapMs - 20);
  });

  it('asks nothing that robots.txt forbids, and says so', async () => {
    site.set('/robots.txt', { status: 200, body: 'User-agent: *\nDisallow: /private' });
    expect(await problem(replicas[0]!.get(`${site.url}/private/feed`))).toMatchObject({ code: 'robots-disallowed', message: expect.stringContaining('robots.txt') as unknown });
    site.set('/open', { status: 200, body: 'open' });
    expect((await replicas[1]!.get(`${site.url}/open`)).status).toBe(200);
    expect(asked()).toEqual(['/robots.txt', '/open']);
  });

  it('keeps to a crawl delay that is longer than its gap', async () => {
    site.set('/robots.txt', { status: 200, body: 'User-agent: tradewatch\nCrawl-delay: 30' });
    site.set('/a', { status: 200, body: 'a' });
    const waits = async (replica: number) => {
      const error = await problem(replicas[replica]!.get(`${site.url}/a`, { patienceMs: 500 }));
      expect(error).toMatchObject({ code: 'host-busy', retryable: true });
      expect(error!.retryAfterMs).toBeGreaterThan(28_000);
    };
    // From the robots.txt itself on.
    await waits(0);
    clock.shiftMs = 40_000;
    expect((await replicas[1]!.get(`${site.url}/a`)).status).toBe(200);
    await waits(0);
    clock.shiftMs = 80_000;
    expect((await replicas[0]!.get(`${site.url}/a`)).status).toBe(200);
    expect(asked()).toEqual(['/robots.txt', '/a', '/a']);
  });

  it('asks for robots.txt again after a day, and takes 4xx for none', async () => {
    site.set('/robots.txt', { status: 403 });
    site.set('/a', { status: 200, body: 'a' });
    await replicas[0]!.get(`${site.url}/a`);
    clock.shiftMs = 23 * 3600_000;
    await replicas[0]!.get(`${site.url}/a`);
    site.set('/robots.txt', { status: 200, body: 'User-agent: *\nDisallow: /' });
    clock.shiftMs = 25 * 3600_000;
    expect(await problem(replicas[0]!.get(`${site.url}/a`))).toMatchObject({ code: 'robots-disallowed' });
    expect(asked()).toEqual(['/robots.txt', '/a', '/a', '/robots.txt']);
  });

  it('waits where robots.txt answers 5xx, and goes by the one it has where it had one', async () => {
    site.set('/robots.txt', { status: 503, headers: { 'retry-after': '120' } });
    expect(await problem(replicas[0]!.get(`${site.url}/a`))).toMatchObject({ code: 'robots-unavailable', retryable: true, retryAfterMs: 120_000 });
    expect(asked()).toEqual(['/robots.txt']);
    site.set('/robots.txt', { status: 200, body: 'User-agent: *\nDisallow: /b' });
    site.set('/a', { status: 200, body: 'a' });
    await replicas[0]!.get(`${site.url}/a`);
    site.set('/robots.txt', { status: 500 });
    clock.shiftMs = 25 * 3600_000;
    expect((await replicas[0]!.get(`${site.url}/a`)).status).toBe(200);
    expect(await problem(replicas[1]!.get(`${site.url}/b`))).toMatchObject({ code: 'robots-disallowed' });
  });

  it('takes a turn at every host a redirect leads to, and keeps to its robots.txt', async () => {
    const other = await startFeedServer();
    other.set('/robots.txt', { status: 200, body: 'User-agent: *\nDisallow: /closed' });
    other.set('/open', { status: 200, body: 'there' });
    site.set('/to-open', { status: 302, headers: { location: `${other.url}/open` } });
    site.set('/to-closed', { status: 302, headers: { location: `${other.url}/closed` } });
    expect((await replicas[0]!.get(`${site.url}/to-open`)).url).toBe(`${other.url}/open`);
    expect(await problem(replicas[1]!.get(`${site.url}/to-closed`))).toMatchObject({ code: 'robots-disallowed' });
    expect(other.requests.map(({ path }) => path)).toEqual(['/robots.txt', '/open']);
  });

  it('leaves a host alone that says 429, whoever asks', async () => {
    site.set('/busy', { status: 429, headers: { 'retry-after': '20' } });
    site.set('/a', { status: 200, body: 'a' });
    expect(await problem(replicas[0]!.get(`${site.url}/busy`))).toMatchObject({ code: 'http-429', retryAfterMs: 20_000 });
    expect(await problem(replicas[1]!.get(`${site.url}/a`, { patienceMs: 200 }))).toMatchObject({ code: 'host-busy' });
    clock.shiftMs = 21_000;
    expect((await replicas[1]!.get(`${site.url}/a`)).status).toBe(200);
  });

  it('is open again soon after a process died in its turn', async () => {
    site.set('/never', () => {});
    const stop = new AbortController();
    const dead = new HostStore(database);
    const { turn } = await dead.take(new URL(site.url).host, clock.now(), new Date(clock.now().getTime() + 20_000));
    expect(turn).toBeDefined();
    const waiting = problem(replicas[0]!.get(`${site.url}/never`, { signal: stop.signal }));
    await expect.poll(() => asked()).toEqual([]);
    clock.shiftMs = 20_001;
    await waitFor('the turn to pass on', () => asked().includes('/never'));
    stop.abort();
    expect(await waiting).toMatchObject({ code: 'aborted' });
  });
});
