// Real: PostgreSQL, Apache Kafka, the relay, the archive as its service runs it. The same on the embedded substrate: test/cli/reclassify.spec.ts.
import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHost } from '@tradewatch/api';
import { Database, DatabaseModule } from '@tradewatch/database';
import { ArticleClassifiedV1 } from '@tradewatch/events';
import { effectId, EventPublisher, EventServer, MessagingModule } from '@tradewatch/messaging';
import { createTestDatabase, waitFor } from '@tradewatch/testing';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { ClassifiedArticle } from '../archive-articles.ts';
import { classifiedArticle } from '../archive.fixture.ts';
import { ArchiveModule } from '../archive.module.ts';
import { ReclassifyArchive } from './reclassify-archive.ts';

let app: NestFastifyApplication;
let database: Database;

beforeAll(async () => {
  const kafka = { brokers: [inject('kafkaBrokers')], clientId: 'archive', partitions: 4 };
  app = await createHost({
    module: class ArchiveHost {},
    imports: [DatabaseModule.forRoot({ url: await createTestDatabase() }), MessagingModule.kafka(kafka, { database: true }), ArchiveModule],
  });
  app.connectMicroservice({ strategy: app.get(EventServer) });
  await app.startAllMicroservices();
  await app.init();
  database = app.get(Database);
});
afterAll(() => app.close());

/** As the classifier publishes it: straight to Kafka. */
async function publish(...articles: ClassifiedArticle[]): Promise<void> {
  await app.get(EventPublisher).publish(ArticleClassifiedV1, articles.map(({ article, classification }) => ({
    id: effectId('article-classified', article.id, article.revision, classification.taxonomyVersion), data: { article, classification },
  })));
}
const rows = async (ids: readonly string[]) => database.archivedArticle.findMany({ where: { articleId: { in: [...ids] } }, orderBy: { articleId: 'asc' } });

it('replays the archive by way of Kafka: each article once, quiet, classified at the time of its event', async () => {
  const before = Array.from({ length: 30 }, (_, index) => classifiedArticle({ id: randomUUID(), title: `mill ${index}`, sectors: ['energy'], taxonomyVersion: 'v1' }));
  const ids = before.map(({ article }) => article.id);
  await publish(...before);
  await waitFor('the articles', async () => (await rows(ids)).length === 30, 60_000);
  const firstTimes = (await rows(ids)).map(({ classifiedAt }) => classifiedAt.getTime());

  const { changes, finished } = await new ReclassifyArchive(database).run({
    taxonomyVersion: 'v2', rate: 1e6, chunkSize: 7,
    classify: () => ({ ...before[0]!.classification, sectors: [{ id: 'machinery', score: 0.9, evidence: [] }], taxonomyVersion: 'v2' }),
  });
  expect({ finished, articles: changes.articles, changed: changes.changed }).toEqual({ finished: true, articles: 30, changed: 30 });
  await waitFor('the new tags', async () => (await rows(ids)).every(({ taxonomyVersion }) => taxonomyVersion === 'v2'), 60_000);
  const after = await rows(ids);
  expect(after.every(({ sectors }) => sectors.join() === 'machinery')).toBe(true);
  for (const [index, { classifiedAt }] of after.entries()) expect(classifiedAt.getTime()).toBeGreaterThan(firstTimes[index]!);
  const log = await database.eventLogEntry.findMany({ where: { topic: ArticleClassifiedV1.topic } });
  // The time of the event travels with it: an earlier classification that comes again stays the earlier one.
  expect(new Set(after.map(({ classifiedAt }) => classifiedAt.getTime()))).toEqual(new Set(log.map(({ occurredAt }) => occurredAt.getTime())));
  expect(log.map(({ data }) => ArticleClassifiedV1.schema.parse(data).article.alertable)).toEqual(Array.from({ length: 30 }, () => false));
}, 180_000);
