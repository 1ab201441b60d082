import { databaseEnvironment, kafkaEnvironment, readEnvironment } from '@tradewatch/config';
import { assertDatabaseAnswers, migrate } from '@tradewatch/database';
import { eventCatalog } from '@tradewatch/events';
import { assertBrokerAnswers, createTopics, kafkaOptions } from '@tradewatch/messaging';
import { z } from 'zod';
import { exitCodes } from './exit-codes.ts';
import { quietTransport } from './quiet-transport.ts';
import { writeJson } from './output.ts';

const { KAFKA_BROKERS: brokers, ...kafka } = kafkaEnvironment;
const environment = z.object({ ...databaseEnvironment, ...kafka, KAFKA_BROKERS: brokers.optional() });

/**
 * Brings what the services need up to date before they start: the database's migrations and, where KAFKA_BROKERS is set,
 * the topics. Changes nothing that is there already. Writes {migrations: […applied now], topics: […made now]}.
 * @throws ConfigurationError for a bad environment, Error naming the migration that failed.
 */
export async function migrateAll(): Promise<number> {
  quietTransport();
  const { KAFKA_BROKERS, ...settings } = readEnvironment(environment);
  if (KAFKA_BROKERS) await assertBrokerAnswers(KAFKA_BROKERS);
  await assertDatabaseAnswers(settings.DATABASE_URL);
  const migrations = await migrate(settings.DATABASE_URL);
  const topics = KAFKA_BROKERS ? await createTopics(await kafkaOptions({ ...settings, KAFKA_BROKERS }, 'migrate'), eventCatalog) : [];
  await writeJson({ migrations, topics });
  return exitCodes.ok;
}
