// The scaled-out substrate on a real broker: from publication to the archive, against a bare kafkajs loop that inserts.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres, migrate } from '@tradewatch/database';
import { ArticleClassifiedV1, ArticlePublishedV1, type Article } from '@tradewatch/events';
import { Kafka, logLevel, type Producer } from 'kafkajs';
import pg from 'pg';
import { newestOfEach } from '../../libs/archive/src/archive-articles.ts';
import { archiveSql } from '../../libs/archive/src/archive.store.ts';
import { classify } from '../../libs/pipeline/classify/src/classify-article.ts';
import { KafkaBroker } from '../../libs/testing/src/kafka-broker.ts';
import { usage } from './all-in-one.ts';
import { benchArticle } from './bench-article.ts';
import { atRate, quantile, report } from './measure.ts';
import { endService, startService } from './service-process.ts';

const bench = 'events';

type Value = (article: Article) => string;

const message = (article: Article, value: Value = published) => ({
  key: article.storyId, value: value(article),
  headers: { ce_specversion: '1.0', ce_id: article.id, ce_type: ArticlePublishedV1.topic, ce_source: '/bench', ce_time: new Date().toISOString(), 'content-type': 'application/json' },
});

const published: Value = (article) => JSON.stringify({ article });

const classified = classify(benchArticle('classified'));

/** What a bare loop inserts, from the message as it is. */
const bareLoops = [
  {
    // The very rows that the archive writes, classified beforehand: a loop that ends where ours ends, with an archive that can be searched.
    name: 'bare kafkajs produce→consume→insert into the archive', topic: 'bench.bare-archive', sql: archiveSql,
    value: ((article) => JSON.stringify(newestOfEach([{ article, classification: classified, occurredAt: new Date() }])[0])) satisfies Value,
  },
  {
    name: 'bare kafkajs produce→consume→insert of raw JSON, not searchable', topic: 'bench.bare-json', value: published,
    sql: `INSERT INTO bench_bare SELECT each->'article'->>'id', each FROM json_array_elements($1::json) AS each ON CONFLICT DO NOTHING`,
  },
] as const;

/** Times of arrival in a table, told by a trigger: the same for both sides. */
class Arrivals {
  readonly at = new Map<string, number>();

  private constructor(private readonly client: pg.Client) {
    client.on('notification', ({ payload }) => this.at.set(payload!, performance.now()));
  }

  static async watch(url: string): Promise<Arrivals> {
    const client = new pg.Client(url);
    await client.connect();
    await client.query(`CREATE TABLE bench_bare (id text PRIMARY KEY, data json);
      CREATE FUNCTION bench_arrived() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_notify('bench_arrived', to_json(NEW)->>TG_ARGV[0]); RETURN NEW; END $$;
      CREATE TRIGGER bench_arrived AFTER INSERT ON bench_bare FOR EACH ROW EXECUTE FUNCTION bench_arrived('id');
      CREATE TRIGGER bench_arrived AFTER INSERT ON archived_articles FOR EACH ROW EXECUTE FUNCTION bench_arrived('article_id');
      LISTEN bench_arrived`);
    return new Arrivals(client);
  }

  async all(ids: Iterable<string>): Promise<void> {
    const waiting = new Set(ids);
    for (const deadline = Date.now() + 180_000; waiting.size > 0;) {
      for (const id of waiting) if (this.at.has(id)) waiting.delete(id);
      if (Date.now() > deadline) throw new Error(`${waiting.size} articles did not arrive`);
      await new Promise((done) => setTimeout(done, 10));
    }
  }

  end(): Promise<void> {
    return this.client.end();
  }
}

/** Publishes at 200 a second, then 6,000 at once. @returns latencies in ms, and articles a second. */
async function measure(producer: Producer, topic: string, arrivals: Arrivals, value: Value = published): Promise<{ latencies: number[]; perSecond: number }> {
  const publish = async (articles: readonly Article[]): Promise<void> => void (await producer.send({ topic, acks: -1, messages: articles.map((article) => message(article, value)) }));
  const warm = Array.from({ length: 200 }, (_, n) => benchArticle(`warm ${n}`));
  await publish(warm);
  await arrivals.all(warm.map(({ id }) => id));

  const started = new Map<string, number>();
  await atRate(200, 3_000, (n) => {
    const article = benchArticle(`paced ${n}`);
    started.set(article.id, performance.now());
    void publish([article]);
  });
  await arrivals.all(started.keys());
  const latencies = [...started].map(([id, at]) => arrivals.at.get(id)! - at);

  const bulk = Array.from({ length: 6_000 }, (_, n) => benchArticle(`bulk ${n}`));
  const begun = performance.now();
  for (let n = 0; n < bulk.length; n += 200) await publish(bulk.slice(n, n + 200));
  await arrivals.all(bulk.map(({ id }) => id));
  return { latencies, perSecond: bulk.length / ((performance.now() - begun) / 1000) };
}

/** The peer: kafkajs alone, one consumer that inserts each batch and commits. */
async function bareLoop(kafka: Kafka, databaseUrl: string, { topic, sql }: (typeof bareLoops)[number]): Promise<() => Promise<void>> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4 });
  const consumer = kafka.consumer({ groupId: 'bench-bare', maxWaitTimeInMs: 500 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const joined = new Promise((done) => consumer.on(consumer.events.GROUP_JOIN, done));
  await consumer.run({
    autoCommit: false, partitionsConsumedConcurrently: 4,
    eachBatch: async ({ batch }) => {
      await pool.query(sql, [`[${batch.messages.map(({ value }) => value!.toString()).join(',')}]`]);
      await consumer.commitOffsets([{ topic: batch.topic, partition: batch.partition, offset: String(BigInt(batch.lastOffset()) + 1n) }]);
    },
  });
  await joined;
  return async () => {
    await consumer.disconnect();
    await pool.end();
  };
}

async function measureReplicas(kafka: Kafka, producer: Producer, env: Record<string, string>): Promise<void> {
  const admin = kafka.admin();
  await admin.connect();
  const classified = async (): Promise<number> => (await admin.fetchTopicOffsets(ArticleClassifiedV1.topic)).reduce((sum, { high }) => sum + Number(high), 0);
  for (const replicas of [1, 2, 4]) {
    const classifiers = await Promise.all(Array.from({ length: replicas }, () => startService('classifier', env)));
    const articles = Array.from({ length: 4_000 }, (_, n) => benchArticle(`replicas ${n}`));
    const cpu = (): number => classifiers.reduce((sum, { pid }) => sum + usage(pid!).cpuSeconds, 0);
    // Joined and at work before the clock starts.
    const first = (await classified()) + 100;
    await producer.send({ topic: ArticlePublishedV1.topic, acks: -1, messages: Array.from({ length: 100 }, (_, n) => message(benchArticle(`first ${n}`))) });
    while ((await classified()) < first) await new Promise((done) => setTimeout(done, 50));
    const [before, cpuBefore, begun] = [await classified(), cpu(), performance.now()];
    for (let n = 0; n < articles.length; n += 200) await producer.send({ topic: ArticlePublishedV1.topic, acks: -1, messages: articles.slice(n, n + 200).map((article) => message(article)) });
    while ((await classified()) < before + articles.length) await new Promise((done) => setTimeout(done, 20));
    report(bench, `kafka classify with ${replicas} ${replicas === 1 ? 'replica' : 'replicas'}`, articles.length / ((performance.now() - begun) / 1000), 'articles/s');
    report(bench, `kafka classify with ${replicas}: cpu`, ((cpu() - cpuBefore) * 1_000) / articles.length, 'ms/article');
    await new Promise((done) => setTimeout(done, 1_000));
    report(bench, `kafka classify with ${replicas}: events beyond one an article`, (await classified()) - before - articles.length, 'events');
    await Promise.all(classifiers.map(endService));
  }
  await admin.disconnect();
}

export async function measureKafka(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tradewatch-bench-kafka-'));
  const [broker, postgres] = await Promise.all([KafkaBroker.start(), EmbeddedPostgres.start({ folder })]);
  await migrate(postgres.url);
  const kafka = new Kafka({ clientId: 'bench', brokers: [broker.address], logLevel: logLevel.ERROR });
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: bareLoops.map(({ topic }) => ({ topic, numPartitions: 12 })), waitForLeaders: true });
  await admin.disconnect();
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  const arrivals = await Arrivals.watch(postgres.url);
  try {
    const peers = [];
    for (const loop of bareLoops) {
      const stop = await bareLoop(kafka, postgres.url, loop);
      peers.push({ peer: loop.name, ...(await measure(producer, loop.topic, arrivals, loop.value)) });
      await stop();
    }
    const env = { KAFKA_BROKERS: broker.address, DATABASE_URL: postgres.url };
    const services = await Promise.all([startService('classifier', env), startService('archive', env)]);
    const ours = await measure(producer, ArticlePublishedV1.topic, arrivals);
    for (const { peer, latencies, perSecond } of peers) {
      report(bench, 'kafka publish→archived p50 at 200/s', quantile(ours.latencies, 0.5), 'ms', peer, quantile(latencies, 0.5));
      report(bench, 'kafka publish→archived p99 at 200/s', quantile(ours.latencies, 0.99), 'ms', peer, quantile(latencies, 0.99));
      report(bench, 'kafka sustained', ours.perSecond, 'articles/s', peer, perSecond);
    }
    await Promise.all(services.map(endService));
    await measureReplicas(kafka, producer, env);
  } finally {
    await arrivals.end();
    await producer.disconnect();
    await postgres.stop();
    await broker.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
