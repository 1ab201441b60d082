// Kafka and Redis for a test run: TEST_KAFKA_BROKERS and TEST_REDIS_URL when given, else in containers where a
// Docker engine can run them, else natively. Started only for runs that ask for them (vitest.config.ts); what cannot be had
// fails the run with instructions.
import type { TestProject } from 'vitest/node';
import { KafkaBroker } from './kafka-broker.ts';
import { RedisServer } from './redis-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    kafkaBrokers: string;
    redisUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { TEST_KAFKA_BROKERS: brokers, TEST_REDIS_URL: redisUrl } = process.env;
  const [kafka, redis] = await Promise.all([brokers ? null : KafkaBroker.start(), redisUrl ? null : RedisServer.start()]);
  project.provide('kafkaBrokers', brokers ?? kafka!.address);
  project.provide('redisUrl', redisUrl ?? redis!.url);
  return async () => {
    await Promise.all([kafka?.stop(), redis?.stop()]);
  };
}
