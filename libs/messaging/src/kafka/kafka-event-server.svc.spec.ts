// Real: Nest, Apache Kafka.
import { Module, type INestMicroservice, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { describeEventServer, TickedV1 } from '../event-server.contract.ts';
import { connect, type KafkaOptions } from './kafka-connection.ts';
import { KafkaDeadLetters } from './kafka-dead-letters.ts';
import { KafkaEventPublisher } from './kafka-event-publisher.ts';
import { KafkaEventServer } from './kafka-event-server.ts';
import { createTopics, deadLetterTopic } from './kafka-topics.ts';

let options: KafkaOptions;
let publisher: KafkaEventPublisher;
let deadLetters: KafkaDeadLetters;

beforeAll(async () => {
  options = { brokers: [inject('kafkaBrokers')], clientId: 'tests' };
  await createTopics(options, [TickedV1]);
  publisher = new KafkaEventPublisher(options);
  deadLetters = new KafkaDeadLetters(options, [TickedV1.topic]);
});
afterAll(async () => {
  await publisher.onApplicationShutdown();
  await deadLetters.onApplicationShutdown();
});

async function start(controller: Type): Promise<INestMicroservice> {
  @Module({ controllers: [controller] })
  class Host {}
  const app = await NestFactory.createMicroservice(Host, { strategy: new KafkaEventServer(options, deadLetters), logger: false, abortOnError: false });
  await app.listen();
  return app;
}

describeEventServer('Kafka', () => ({
  start,
  publish: (events) => publisher.publish(TickedV1, events),
  publishInvalid: (id, key, json) => publisher.send([{ id, key, topic: TickedV1.topic, occurredAt: new Date(), data: json }]),
  deadLetters: () => deadLetters,
}));

describe('topics', () => {
  it('are made once, with 12 partitions and a dead letter topic, by several processes at once', async () => {
    await Promise.all([createTopics(options, [TickedV1]), createTopics(options, [TickedV1])]);
    const admin = connect(options).admin();
    await admin.connect();
    const { topics } = await admin.fetchTopicMetadata({ topics: [TickedV1.topic, deadLetterTopic(TickedV1.topic)] });
    await admin.disconnect();
    expect(Object.fromEntries(topics.map(({ name, partitions }) => [name, partitions.length]))).toEqual({ 'tradewatch.ticked.v1': 12, 'tradewatch.ticked.v1.dlq': 1 });
  });
});
