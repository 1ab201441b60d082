// The scaled-out system as a person runs it: real processes from dist/apps on a real PostgreSQL, Kafka and Redis of this run's
// own, sites to crawl and a receiver of Slack messages.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { EmbeddedPostgres, migrate } from '@tradewatch/database';
import { freePort, KafkaBroker, RedisServer, startSlackReceiver, waitFor, type SlackReceiver } from '@tradewatch/testing';
import pg from 'pg';
import { ArmedPoints } from './armed-points.ts';
import { KafkaTools } from './kafka-tools.ts';
import { NewsSite } from './news-site.ts';
import { Service, type Role } from './service.ts';

const dist = resolve(import.meta.dirname, '../../dist');
const password = 'correct-horse-battery';
export const sessionTimeoutMs = 4_000;
const replicas: readonly (readonly [role: Role, count: number])[] = [['archive', 1], ['crawler', 1], ['classifier', 2], ['alerting', 2]];
const siteIds = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot'];
const postgresSettings = { fsync: 'off', max_connections: '200' };

export class World {
  readonly services: Service[] = [];
  readonly sites: NewsSite[] = [];
  readonly kafka: KafkaTools;
  /** Path of the webhook of each source's subscription. */
  readonly hooks = new Map<string, string>();
  /** Told of each process that killed itself at a fault point. */
  onFaultPoint: (service: Service, point: string) => void = () => undefined;
  /** Ends of faults that others may overlap. */
  private readonly ends = new Set<Promise<void>>();
  private token = '';

  private constructor(
    readonly folder: string, private postgres: EmbeddedPostgres, private readonly postgresPort: number,
    readonly broker: KafkaBroker, readonly redis: RedisServer, readonly receiver: SlackReceiver, readonly armed: ArmedPoints,
  ) {
    this.kafka = new KafkaTools(broker.address);
  }

  static async start(seed: number): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), 'tradewatch-faults-'));
    const port = await freePort();
    const [postgres, broker, redis, receiver] = await Promise.all([
      EmbeddedPostgres.start({ folder: join(folder, 'postgres'), settings: postgresSettings, port }), KafkaBroker.start(), RedisServer.start(), startSlackReceiver(),
    ]);
    await migrate(postgres.url);
    const world = new World(folder, postgres, port, broker, redis, receiver, new ArmedPoints(seed));
    for (const id of siteIds) world.sites.push(await NewsSite.start(id));
    await world.startServices();
    await world.subscribe();
    return world;
  }

  get databaseUrl(): string {
    return this.postgres.url;
  }

  /** Below the clone, for what is not bundled is found in its node_modules. */
  private get apps(): string {
    return join(dist, basename(this.folder));
  }

  logFile(service: string): string {
    return join(this.folder, `${service}.log`);
  }

  /** Runs SQL on a connection of its own, which nobody's fault but ours can cut. */
  async sql<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.databaseUrl, application_name: 'faults', connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** Has the crawler ask a source now. @returns false where it cannot at this moment. */
  async poll(siteId: string): Promise<boolean> {
    const crawler = this.services.find(({ role }) => role === 'crawler')!;
    return fetch(`${crawler.url}/api/sources/${siteId}/poll`, { method: 'POST', headers: { authorization: `Bearer ${this.token}` }, signal: AbortSignal.timeout(10_000) })
      .then(async (response) => response.ok && ((await response.json()) as { outcome: string }).outcome !== 'failed', () => false);
  }

  /** Ends a fault after some time, while others begin. */
  later(ms: number, end: () => void): void {
    const ended = new Promise<void>((resolve) => setTimeout(resolve, ms)).then(() => {
      end();
      this.ends.delete(ended);
    });
    this.ends.add(ended);
  }

  /** Resolves when every fault begun has ended. */
  async faultsEnded(): Promise<void> {
    await Promise.all(this.ends);
  }

  async allReady(timeoutMs?: number): Promise<void> {
    await Promise.all(this.services.map((service) => service.ready(timeoutMs)));
  }

  /** @param mode `immediate` is as good as a crash: what was not written to the log is lost, and recovery runs. */
  async restartPostgres(mode: 'fast' | 'immediate', downMs: number): Promise<void> {
    const pid = Number((await readFile(join(this.folder, 'postgres/cluster/postmaster.pid'), 'utf8')).split('\n')[0]);
    process.kill(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await waitFor('PostgreSQL to stop', () => !isAlive(pid));
    await new Promise((resolve) => setTimeout(resolve, downMs));
    this.postgres = await EmbeddedPostgres.start({ folder: join(this.folder, 'postgres'), settings: postgresSettings, port: this.postgresPort });
  }

  async flushRedis(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const socket = connect(this.redis.port, '127.0.0.1', () => socket.write('FLUSHALL\r\n'));
      socket.once('data', () => socket.end(resolve)).once('error', reject);
    });
  }

  async stop(): Promise<void> {
    await Promise.all(this.services.map((service) => service.stop('SIGKILL')));
    await Promise.all([this.broker.stop(), this.redis.stop(), this.postgres.stop(), ...this.sites.map((site) => site.close())]);
    await rm(this.apps, { recursive: true, force: true });
  }

  /** Deletes the logs and data; kept when something was found. */
  async forget(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }

  private async startServices(): Promise<void> {
    const sources = siteIds.map((id, n) => ({
      id, name: `Site ${id}`, kind: 'rss', url: this.sites[n]!.url, jurisdiction: 'US', language: 'en', authority: 'press', interval: '15m', alertOnBackfill: true,
    }));
    await writeFile(join(this.folder, 'sources.yaml'), JSON.stringify(sources));
    const env = {
      DATABASE_URL: this.databaseUrl, KAFKA_BROKERS: this.broker.address, REDIS_URL: this.redis.url, KAFKA_PARTITIONS: '6', KAFKA_SESSION_TIMEOUT_MS: String(sessionTimeoutMs),
      TRADEWATCH_SOURCES: join(this.folder, 'sources.yaml'), TRADEWATCH_ADMIN_PASSWORD: password, TRADEWATCH_ALLOW_PRIVATE_NETWORKS: 'true',
      TRADEWATCH_LOG_LEVEL: 'info', NODE_COMPILE_CACHE: join(this.folder, 'compile-cache'),
    };
    for (const [role, count] of replicas) {
      // A copy of our own: a build while the tests run would pull the program from under a process that is starting.
      await cp(join(dist, 'apps', role), join(this.apps, role), { recursive: true });
      for (let n = 1; n <= count; n++) {
        const name = `${role}-${n}`;
        const service = new Service({
          name, role, app: join(this.apps, role), port: await freePort(), env, logFile: this.logFile(name),
          arm: () => this.armed.next(name, role), onFaultPoint: (at, point) => this.onFaultPoint(at, point),
        });
        this.services.push(service);
        service.start();
      }
    }
    await this.allReady(60_000);
  }

  /** A subscription for each source with a channel of its own, so that no channel's rate limit binds. */
  private async subscribe(): Promise<void> {
    const url = (role: Role): string => this.services.find((service) => service.role === role)!.url;
    const post = async <T>(address: string, body: unknown): Promise<T> => {
      const response = await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` }, body: JSON.stringify(body) });
      if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    };
    this.token = (await post<{ token: string }>(`${url('archive')}/api/auth/login`, { email: 'admin@localhost', password })).token;
    for (const id of siteIds) {
      this.hooks.set(id, `/hooks/${id}`);
      const { id: channelId } = await post<{ id: string }>(`${url('alerting')}/api/channels`, { name: id, type: 'slack', webhookUrl: this.receiver.url(`/hooks/${id}`) });
      await post(`${url('alerting')}/api/subscriptions`, { name: id, filter: { sources: [id], developments: [{ kind: 'tariff' }] }, channelIds: [channelId], mode: { type: 'instant' } });
    }
    // Sources of a catalog are asked every fifteen minutes at most; here the sweep of every ten seconds asks them too.
    await this.sql('UPDATE sources SET interval_seconds = 5, next_poll_at = now()');
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
