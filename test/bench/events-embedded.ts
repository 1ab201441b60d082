// The embedded substrate: from an article's publication to the POST at a subscriber's endpoint, throughput, idle cost.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ArticlePublishedV1 } from '@tradewatch/events';
import pg from 'pg';
import { startAllInOne, usage, type AllInOneProcess } from './all-in-one.ts';
import { benchArticle } from './bench-article.ts';
import { atRate, quantile, report } from './measure.ts';

const bench = 'events';
const channels = 200;

/** A subscriber's endpoint: resolves waiting markers with the time of arrival. */
class Receiver {
  readonly arrived = new Map<string, number>();
  private readonly server = createServer((request, response) => {
    const at = performance.now();
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      for (const [marker] of body.matchAll(/marker\d+x/g)) if (!this.arrived.has(marker)) this.arrived.set(marker, at);
      response.end('ok');
    });
  });

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

async function append(client: pg.Pool | pg.Client, articles: readonly ReturnType<typeof benchArticle>[]): Promise<void> {
  await client.query(`SELECT append_events($1, $2::text[], $3::text[], $4::smallint[], $5::timestamptz[], $6::text[], $7::text[])`, [
    ArticlePublishedV1.topic, articles.map(({ id }) => id), articles.map(({ storyId }) => storyId), articles.map((_, n) => n % 8), articles.map(() => new Date()), articles.map(() => null),
    articles.map((article) => JSON.stringify({ article })),
  ]);
}

async function subscribe(product: AllInOneProcess, url: string): Promise<void> {
  for (let n = 0; n < channels; n++) {
    const { id } = await product.api<{ id: string }>('/api/channels', { name: `Channel ${n}`, type: 'slack', webhookUrl: `${url}/channel/${n}` });
    await product.api('/api/subscriptions', { name: `Desk ${n}`, filter: { developments: [{ kind: 'tariff' }], query: `desk${n}y` }, channelIds: [id], mode: { type: 'instant' } });
  }
}

const settled = async (what: string, done: () => boolean | Promise<boolean>): Promise<void> => {
  for (const deadline = Date.now() + 120_000; !(await done());) {
    if (Date.now() > deadline) throw new Error(`waited 120 s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** The least such a machine can do: commit, notify, POST. */
async function floor(databaseUrl: string, url: string, receiver: Receiver): Promise<number[]> {
  const [writer, listener] = [new pg.Client(databaseUrl), new pg.Client(databaseUrl)];
  await Promise.all([writer.connect(), listener.connect()]);
  await writer.query('CREATE TABLE bench_floor (data text)');
  await listener.query('LISTEN bench_floor');
  listener.on('notification', ({ payload }) => void fetch(url, { method: 'POST', body: payload! }).then((response) => response.text()));
  const samples: number[] = [];
  for (let n = 0; n < 300; n++) {
    const marker = `marker${900_000 + n}x`;
    const started = performance.now();
    await writer.query('BEGIN');
    await writer.query('INSERT INTO bench_floor VALUES ($1)', [benchArticle(marker).text]);
    await writer.query(`SELECT pg_notify('bench_floor', $1)`, [marker]);
    await writer.query('COMMIT');
    await settled('the floor', () => receiver.arrived.has(marker));
    samples.push(receiver.arrived.get(marker)! - started);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await Promise.all([writer.end(), listener.end()]);
  return samples;
}

export async function measureEmbedded(): Promise<void> {
  const receiver = new Receiver();
  const url = await receiver.start();
  const product = await startAllInOne();
  const pool = new pg.Pool({ connectionString: product.databaseUrl, max: 8 });
  try {
    // Idle, before there is any work.
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    const before = usage(product.child.pid!);
    await new Promise((resolve) => setTimeout(resolve, 20_000));
    const after = usage(product.child.pid!);
    report(bench, 'embedded idle memory', after.rssMb, 'MB');
    report(bench, 'embedded idle cpu', ((after.cpuSeconds - before.cpuSeconds) / 20) * 100, '% of a core');

    await subscribe(product, url);
    const floorSamples = await floor(product.databaseUrl, `${url}/floor`, receiver);
    const started = new Map<string, number>();
    const publish = (n: number): void => {
      const marker = `marker${n}x`;
      started.set(marker, performance.now());
      void append(pool, [benchArticle(`${marker} desk${n % channels}y`)]);
    };
    await atRate(50, 200, publish);
    await settled('warm-up', () => [...started.keys()].every((marker) => receiver.arrived.has(marker)));
    started.clear();
    await atRate(100, 2_000, (n) => publish(1_000 + n));
    await settled('every POST', () => [...started.keys()].every((marker) => receiver.arrived.has(marker)));
    const samples = [...started].map(([marker, at]) => receiver.arrived.get(marker)! - at);
    report(bench, 'embedded publish→POST p50 at 100/s', quantile(samples, 0.5), 'ms', 'commit + notify + POST', quantile(floorSamples, 0.5));
    report(bench, 'embedded publish→POST p99 at 100/s', quantile(samples, 0.99), 'ms', 'commit + notify + POST', quantile(floorSamples, 0.99));

    const total = 6_000;
    const count = async (): Promise<number> => Number((await pool.query<{ count: string }>(`SELECT count(*) FROM archived_articles WHERE title LIKE '%bulk%'`)).rows[0]!.count);
    const begun = performance.now();
    // One in a hundred is for a desk; the others are archived and matched in vain.
    const alerts = new Set<string>();
    for (let n = 0; n < total; n += 100) {
      await append(pool, Array.from({ length: 100 }, (_, i) => {
        const marker = `marker${100_000 + n + i}x`;
        if (i === 0) alerts.add(marker);
        return benchArticle(`bulk ${marker} ${i === 0 ? `desk${(n / 100) % channels}y` : ''}`);
      }));
    }
    await settled('every article and alert', async () => [...alerts].every((marker) => receiver.arrived.has(marker)) && (await count()) === total);
    report(bench, 'embedded sustained end to end', total / ((performance.now() - begun) / 1000), 'articles/s');
  } finally {
    await pool.end();
    await product.stop();
    receiver.stop();
  }
}
