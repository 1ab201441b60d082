// Real: the four services as built, Apache Kafka, Redis, PostgreSQL, a feed, a receiver of messages, a receiver of OTLP over HTTP.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createTestDatabase, freePort, KafkaBroker, RedisServer, startFeedServer, startSlackReceiver, waitFor } from '@tradewatch/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { headlines, rss } from './feed-fixture.ts';
import { adminPassword } from './product.ts';
import { startSpanReceiver, type ReceivedSpan } from './span-receiver.ts';

const apps = resolve(import.meta.dirname, '../../dist/apps');
const nowhere = { DATABASE_URL: 'postgresql://someone:secret-word@127.0.0.1:1/news', KAFKA_BROKERS: '127.0.0.1:2', REDIS_URL: 'redis://:secret-word@127.0.0.1:3' };
const names = ['crawler', 'classifier', 'archive', 'alerting'] as const;
type Name = (typeof names)[number];

const children: ChildProcess[] = [];
afterAll(() => Promise.all(children.map(async (child) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await ended;
})));

function start(name: Name, env: Readonly<Record<string, string>>): { child: ChildProcess; errors: () => string } {
  const child = spawn(process.execPath, [join(apps, name, 'main.js')], { env: { PATH: process.env['PATH'], TRADEWATCH_LOG_LEVEL: 'warn', ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(child);
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return { child, errors: () => errors };
}

describe('a service', () => {
  it.each(['crawler', 'archive', 'alerting'] as const)('%s ends with one clear line when its database does not answer', async (name) => {
    const { child, errors } = start(name, { ...nowhere, TRADEWATCH_PORT: String(await freePort()) });
    expect(await new Promise((done) => child.once('close', done))).toBe(1);
    expect(errors()).toBe('tradewatch cannot start: PostgreSQL at 127.0.0.1:1 does not answer (ECONNREFUSED): start it, or set DATABASE_URL to one that runs.\n');
  });

  it('waits for Kafka, says so in one clear line, and stops when it is told to', async () => {
    const { child, errors } = start('classifier', { KAFKA_BROKERS: nowhere.KAFKA_BROKERS, TRADEWATCH_PORT: String(await freePort()) });
    await waitFor('the line', () => errors().includes('\n'));
    child.kill('SIGTERM');
    expect(await new Promise((done) => child.once('close', done))).toBe(0);
    expect(errors()).toBe('tradewatch waits: no Kafka broker answers at 127.0.0.1:2 (ECONNREFUSED): start it, or set KAFKA_BROKERS to brokers that run.\n');
  });
});

describe('four services over Kafka', () => {
  let broker: KafkaBroker;
  let redis: RedisServer;
  let folder: string;
  beforeAll(async () => {
    [broker, redis] = await Promise.all([KafkaBroker.start(), RedisServer.start()]);
    folder = await mkdtemp(join(tmpdir(), 'tradewatch-services-'));
  });
  afterAll(async () => {
    await Promise.all(children.map((child) => child.kill('SIGKILL')));
    await Promise.all([broker.stop(), redis.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  it('make one trace of a poll, its article and the message about it', async () => {
    const [collector, site, desk, databaseUrl] = await Promise.all([startSpanReceiver(), startFeedServer(), startSlackReceiver(), createTestDatabase()]);
    const url = site.set('/feed.xml', rss('Notices', 'https://notices.example', headlines(1, new Date())));
    const sources = join(folder, 'sources.yaml');
    await writeFile(sources, '[]');
    const ports = new Map<Name, number>();
    const services: ReturnType<typeof start>[] = [];
    for (const name of names) {
      ports.set(name, await freePort());
      services.push(start(name, {
        DATABASE_URL: databaseUrl, KAFKA_BROKERS: broker.address, REDIS_URL: redis.url, KAFKA_PARTITIONS: '2', KAFKA_SESSION_TIMEOUT_MS: '6000',
        TRADEWATCH_PORT: String(ports.get(name)), TRADEWATCH_SOURCES: sources, TRADEWATCH_ADMIN_PASSWORD: adminPassword, TRADEWATCH_ALLOW_PRIVATE_NETWORKS: 'true',
        OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', OTEL_BSP_SCHEDULE_DELAY: '100',
      }));
    }
    const address = (name: Name): string => `http://127.0.0.1:${ports.get(name)}`;
    await waitFor('every service', async () => (await Promise.all(names.map((name) => fetch(`${address(name)}/health/ready`)))).every(({ ok }) => ok), 90_000);
    const post = async <T>(to: string, body: unknown, token = ''): Promise<T> => {
      const response = await fetch(to, { method: 'POST', headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }, body: JSON.stringify(body) });
      if (!response.ok) throw new Error(`${to}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    };
    const { token } = await post<{ token: string }>(`${address('archive')}/api/auth/login`, { email: 'admin@localhost', password: adminPassword });
    const { id } = await post<{ id: string }>(`${address('alerting')}/api/channels`, { name: 'Desk', type: 'slack', webhookUrl: desk.url('/hook') }, token);
    await post(`${address('alerting')}/api/subscriptions`, { name: 'Tariffs', filter: { developments: [{ kind: 'tariff' }] }, channelIds: [id], mode: { type: 'instant' } }, token);
    await post(`${address('crawler')}/api/sources`, { id: 'feed', name: 'Feed', kind: 'rss', url, jurisdiction: 'US', language: 'en', authority: 'press', interval: '15m', alertOnBackfill: true }, token);

    const deskPort = Number(new URL(desk.url('/')).port);
    const message = await waitFor('the POST in a trace', () => collector.spans.find(({ name, attributes }) => name === 'POST' && Number(attributes['server.port']) === deskPort), 60_000);
    const path = await waitFor('the way to it', () => {
      const byId = new Map(collector.spans.filter(({ traceId }) => traceId === message.traceId).map((span) => [span.spanId, span]));
      const way: string[] = [];
      for (let span: ReceivedSpan | undefined = message; span; span = byId.get(span.parentSpanId ?? '')) way.unshift(`${span.service}: ${span.name}`);
      return way[0]?.endsWith('poll source') ? way : null;
    });
    expect(path).toEqual([
      'crawler: poll source', 'crawler: publish article-published', 'classifier: classify article-published', 'classifier: publish article-classified',
      'alerting: match article-classified', 'alerting: publish alert-raised', 'alerting: deliver alert-raised', 'alerting: deliver message', 'alerting: POST',
    ]);
    await waitFor('the archive in it', () => collector.spans.some(({ traceId, name, service }) => traceId === message.traceId && service === 'archive' && name === 'archive article-classified'));

    for (const { child } of services) child.kill('SIGTERM');
    await waitFor('every service to end', () => services.every(({ child }) => child.exitCode === 0));
    // Nothing went wrong on the way, and Node warned of nothing.
    expect(services.map(({ errors }) => errors()).filter((text) => /Warning: |"level":50/.test(text))).toEqual([]);
  });
});
