// 2,000 sources on 2,000 hosts of a local site, polled by the crawl step as it runs in the product (embedded PostgreSQL, default
// concurrency and gap, robots.txt and leases included). The peer is a bare loop of the same requests by undici at the same concurrency,
// in the same process and run. Politeness is judged by the site's own log, and one violation fails the run.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CrawlModule } from '@tradewatch/crawl';
import { Database, DatabaseModule, EmbeddedPostgres, migrate } from '@tradewatch/database';
import { createHttpClient } from '@tradewatch/http';
import { JobsModule } from '@tradewatch/jobs';
import { MessagingModule } from '@tradewatch/messaging';
import { Agent } from 'undici';
import type { SiteMessage, SiteVisit } from './crawl-site.ts';
import { report } from './measure.ts';

@Module({})
class BenchModule {}

const count = 2_000;
const concurrency = 32;
const gapMs = 1_000;
const rounds = 3;
const bench = 'crawl';
const peer = 'bare undici loop';

const hosts = Array.from({ length: count }, (_, n) => `s${n}.site.test`);
const toLoopback = [{ address: '127.0.0.1', family: 4 }];

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tradewatch-bench-crawl-'));
  const server = await EmbeddedPostgres.start({ folder });
  const site = new Site();
  try {
    await migrate(server.url);
    await site.start();
    const catalog = hosts.map((host, n) => ({ id: `s${n}`, name: host, kind: 'rss', url: site.url(host), jurisdiction: 'US', language: 'en', authority: 'press', interval: '1d' }));
    const httpClient = createHttpClient({ allowPrivateNetworks: true, userAgent: 'tradewatch-bench', resolve: () => Promise.resolve(toLoopback) });
    const begun = Date.now();
    const app = await NestFactory.createApplicationContext({
      module: BenchModule,
      imports: [
        DatabaseModule.forRoot({ url: server.url }), MessagingModule.embedded(), JobsModule.embedded(),
        CrawlModule.forRoot({ httpClient, sourcesYaml: JSON.stringify(catalog), sourcesOrigin: 'bench' }),
      ],
    }, { logger: ['error', 'warn'] });
    try {
      await measure(app.get(Database), site, begun);
    } finally {
      await app.close();
      await httpClient.close();
    }
  } finally {
    site.stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(database: Database, site: Site, begun: number): Promise<void> {
  const agent = new Agent({ connect: { lookup: (_hostname, _options, callback) => callback(null, toLoopback) }, connections: 64 });
  const log: SiteVisit[] = [];
  const visits = async (): Promise<SiteVisit[]> => {
    const seen = await site.log();
    log.push(...seen);
    return seen;
  };

  const first = await polled(database, begun);
  const seen = await visits();
  const bareFirst = await bareLoop(agent, hosts.flatMap((host) => [site.url(host, '/robots.txt'), site.url(host)]));
  await site.log();
  const span = Math.max(...seen.map(({ to }) => to)) - Math.min(...seen.map(({ from }) => from));
  report(bench, `first poll of ${count} sources: robots.txt, feed and an article each`, (seen.length / span) * 1000, 'requests/s', peer, bareFirst);
  if (first <= 0) throw new Error('nothing was polled');

  for (const [name, share] of [['nothing new (304)', 0], ['news in one of ten', 0.1]] as const) {
    const best = { ours: 0, bare: 0 };
    for (let round = 0; round < rounds; round += 1) {
      const news = hosts.filter((_, n) => share > 0 && n % (1 / share) === round);
      await site.publish(news);
      // Due at one moment that the loop sees coming: nothing of the round is left out of its time.
      const due = Date.now() + 6_000;
      const etags = new Map((await database.source.findMany({ select: { url: true, etag: true } })).map(({ url, etag }) => [url, etag]));
      await database.$executeRaw`UPDATE sources SET next_poll_at = ${new Date(due)}`;
      const rate = await polled(database, due);
      const asked = await visits();
      if (asked.length !== count) throw new Error(`${asked.length} requests for ${count} sources`);
      best.ours = Math.max(best.ours, rate);
      best.bare = Math.max(best.bare, await bareLoop(agent, hosts.map((host) => site.url(host)), etags));
      await site.log();
    }
    report(bench, `${count} sources polled, ${name}`, best.ours, 'sources/s', peer, best.bare);
  }
  await agent.close();

  const found = violations(log);
  report(bench, `politeness violations in ${log.length} requests of the site's log`, found.length, 'violations');
  if (found.length > 0) throw new Error(`not polite: ${found.slice(0, 3).join('; ')}`);
}

/** Sources a second from `since` (ms since 1970) until the last was polled, read from their rows once all are on record. */
async function polled(database: Database, since: number): Promise<number> {
  for (const deadline = Date.now() + 300_000; Date.now() < deadline; ) {
    await new Promise((done) => setTimeout(done, 250));
    const { _count: polls, _max: last } = await database.source.aggregate({ where: { lastSucceededAt: { gte: new Date(since) } }, _count: true, _max: { lastSucceededAt: true } });
    if (polls === count) return (count / (last.lastSucceededAt!.getTime() - since)) * 1000;
  }
  throw new Error('the sources were not polled within five minutes');
}

const headers = { 'user-agent': 'tradewatch-bench', accept: 'application/rss+xml', 'accept-encoding': 'gzip, deflate, br' };

/** Requests a second. */
async function bareLoop(agent: Agent, urls: readonly string[], etags: ReadonlyMap<string, string | null> = new Map()): Promise<number> {
  const begun = performance.now();
  let next = 0;
  await Promise.all(Array.from({ length: concurrency }, async () => {
    while (next < urls.length) {
      const url = new URL(urls[next++]!);
      const etag = etags.get(url.href);
      const { body } = await agent.request({ origin: url.origin, path: url.pathname, method: 'GET', headers: { ...headers, ...(etag ? { 'if-none-match': etag } : {}) } });
      await body.arrayBuffer();
    }
  }));
  return (urls.length / (performance.now() - begun)) * 1000;
}

/** Requests to a host that began before the one before had ended and its gap was over. */
function violations(log: readonly SiteVisit[]): string[] {
  const last = new Map<string, SiteVisit>();
  return log.toSorted((a, b) => a.from - b.from).flatMap((visit) => {
    const before = last.get(visit.host);
    last.set(visit.host, visit);
    return before && visit.from - before.to < gapMs ? [`${visit.host}${visit.path} came ${visit.from - before.to} ms after ${before.path}`] : [];
  });
}

class Site {
  private readonly child: ChildProcess = fork(resolve('test/bench/crawl-site.ts'), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  private port = 0;

  async start(): Promise<void> {
    const [{ port }] = (await once(this.child, 'message')) as [{ port: number }];
    this.port = port;
  }

  url(host: string, path = '/feed'): string {
    return `http://${host}:${this.port}${path}`;
  }

  /** What was asked since the last time. */
  async log(): Promise<SiteVisit[]> {
    return (await this.ask<{ visits: SiteVisit[] }>({ ask: 'log' })).visits;
  }

  async publish(onHosts: readonly string[]): Promise<void> {
    await this.ask({ ask: 'publish', hosts: onHosts });
  }

  stop(): void {
    this.child.kill();
  }

  private async ask<T>(message: SiteMessage): Promise<T> {
    const answer = once(this.child, 'message');
    this.child.send(message);
    return ((await answer) as [T])[0];
  }
}
