// Real: Apache Kafka.
import { randomBytes } from 'node:crypto';
import { defineEvent } from '@tradewatch/events';
import { waitFor } from '@tradewatch/testing';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { connect, type KafkaOptions } from './kafka-connection.ts';
import { KafkaEventPublisher } from './kafka-event-publisher.ts';
import { createTopics } from './kafka-topics.ts';

const NotedV1 = defineEvent('noted', 1, z.object({ page: z.string(), text: z.string() }), ({ page }) => page);

let options: KafkaOptions;
let publisher: KafkaEventPublisher;

beforeAll(async () => {
  options = { brokers: [inject('kafkaBrokers')], clientId: 'tests', partitions: 2 };
  await createTopics(options, [NotedV1]);
  publisher = new KafkaEventPublisher(options);
});
afterAll(() => publisher.onApplicationShutdown());

async function readTopic(count: number): Promise<string[]> {
  const consumer = connect(options).consumer({ groupId: `reader-${randomBytes(4).toString('hex')}` });
  const texts: string[] = [];
  await consumer.connect();
  await consumer.subscribe({ topic: NotedV1.topic, fromBeginning: true });
  await consumer.run({ autoCommit: false, eachMessage: async ({ message }) => void texts.push((JSON.parse(message.value!.toString()) as { text: string }).text) });
  await waitFor('the messages', () => new Set(texts).size >= count);
  await consumer.disconnect();
  return texts;
}

it('an event that is too large fails its own caller only, and nothing is lost before or after it', async () => {
  const note = (text: string) => publisher.publish(NotedV1, [{ id: text.slice(0, 20), data: { page: text.slice(0, 3), text } }]);
  await note('one');
  // While the first of these is under way the others wait, and go out together.
  const results = await Promise.allSettled([note('two'), note(randomBytes(20_000_000).toString('base64')), note('three'), note('four')]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  await note('five');
  // What shared the failed request may have been taken from it too: at least once.
  const texts = await readTopic(5);
  expect(new Set(texts)).toEqual(new Set(['one', 'two', 'three', 'four', 'five']));
});
