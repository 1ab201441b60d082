import { ConfigurationError, databaseEnvironment, kafkaEnvironment, readEnvironment } from '@tradewatch/config';
import { assertDatabaseAnswers, Database } from '@tradewatch/database';
import { assertBrokerAnswers, DeadLettersStore, KafkaDeadLetters, kafkaOptions, type DeadLetterQueue } from '@tradewatch/messaging';
import { z } from 'zod';
import { exitCodes } from './exit-codes.ts';
import { writeJson } from './output.ts';
import { quietTransport } from './quiet-transport.ts';

const environment = z.object({
  ...kafkaEnvironment, KAFKA_BROKERS: kafkaEnvironment.KAFKA_BROKERS.optional(), DATABASE_URL: databaseEnvironment.DATABASE_URL.optional(),
});

/** The dead letters of one substrate, and what their ids look like there: nothing else is asked for. */
interface Place {
  readonly queue: DeadLetterQueue;
  readonly idShape: RegExp;
}

const tableIds = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const topicIds = /^[\w.-]+:\d+:\d+$/;

/** One line a dead letter, newest first, without what makes it long (`show` has that). */
export function listDeadLetters(limit: number): Promise<number> {
  return withPlace(async ({ queue }) => {
    for (const { payload: _, stack: __, ...summary } of await queue.list(limit)) await writeJson(summary);
    return exitCodes.ok;
  });
}

/** The whole of a dead letter: payload (parsed where it is JSON), error and stack. */
export function showDeadLetter(id: string): Promise<number> {
  return withPlace(async ({ queue, idShape }) => {
    const letter = idShape.test(id) ? await queue.find(id) : null;
    await writeJson(letter ? { ...letter, payload: parsed(letter.payload) } : notFound(id));
    return letter ? exitCodes.ok : exitCodes.failed;
  });
}

/** Puts each event back on its topic; one line each, {id, replayed} or {id, error}. An id that is not there does not stop the others. */
export function replayDeadLetters(ids: readonly string[]): Promise<number> {
  return withPlace(async ({ queue, idShape }) => {
    let code: number = exitCodes.ok;
    for (const id of ids) {
      const replayed = idShape.test(id) && await queue.replay(id);
      await writeJson(replayed ? { id, replayed } : notFound(id));
      if (!replayed) code = exitCodes.failed;
    }
    return code;
  });
}

/** The environment's substrate: Kafka's topics where KAFKA_BROKERS is set, else the table. */
async function withPlace(use: (place: Place) => Promise<number>): Promise<number> {
  quietTransport();
  const { KAFKA_BROKERS, DATABASE_URL, ...settings } = readEnvironment(environment);
  if (KAFKA_BROKERS) {
    await assertBrokerAnswers(KAFKA_BROKERS);
    const queue = new KafkaDeadLetters(await kafkaOptions({ ...settings, KAFKA_BROKERS }, 'dead-letters'));
    return use({ queue, idShape: topicIds }).finally(() => queue.onApplicationShutdown());
  }
  if (!DATABASE_URL) throw new ConfigurationError(['dead letters are in Kafka or in a database: set KAFKA_BROKERS or DATABASE_URL.']);
  await assertDatabaseAnswers(DATABASE_URL, { migrated: true });
  const database = new Database({ url: DATABASE_URL, poolSize: 1 });
  return use({ queue: new DeadLettersStore(database), idShape: tableIds }).finally(() => database.$disconnect());
}

function notFound(id: string): object {
  return { id, error: { code: 'NOT_FOUND', message: 'there is no such dead letter' } };
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return payload;
  }
}
