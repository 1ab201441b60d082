import { randomUUID } from 'node:crypto';
import type { OnApplicationShutdown } from '@nestjs/common';
import { eventCatalog } from '@tradewatch/events';
import { CompressionTypes, type KafkaMessage } from 'kafkajs';
import { DeadLetterQueue, storable, type StoredDeadLetter } from '../dead-letter-queue.ts';
import type { DeadLetter } from '../delivery-policy.ts';
import { connect, type KafkaOptions } from './kafka-connection.ts';
import { header } from './kafka-message.ts';
import { deadLetterTopic } from './kafka-topics.ts';
import { OneRequestProducer } from './one-request-producer.ts';

/** Headers of a dead letter, beside those of the event itself. */
const names = ['group', 'topic', 'partition', 'offset', 'event-id', 'error-code', 'error-message', 'stack', 'attempts', 'replayed-at'] as const;

/** Dead letters on topics `<topic>.dlq`, one for each event: the scaled-out substrate, where a step may have no database. */
export class KafkaDeadLetters extends DeadLetterQueue implements OnApplicationShutdown {
  private readonly producer: OneRequestProducer;

  constructor(private readonly options: KafkaOptions, private readonly topics: readonly string[] = eventCatalog.map(({ topic }) => topic)) {
    super();
    this.producer = new OneRequestProducer(options);
  }

  async write(group: string, letters: readonly DeadLetter[]): Promise<void> {
    if (letters.length === 0) return;
    const topicMessages = [...Map.groupBy(letters, ({ event }) => event.topic)].map(([topic, list]) => ({
      topic: deadLetterTopic(topic),
      messages: list.map(({ event, code, message, stack = '', attempts }) => ({
        key: event.key,
        value: typeof event.payload === 'string' ? event.payload : JSON.stringify(event.payload),
        headers: headers({
          group, topic, partition: event.partition, offset: event.offset, 'event-id': event.id ?? '', 'error-code': code,
          'error-message': message.slice(0, 2_000), stack: stack.slice(0, 8_000), attempts, 'replayed-at': '',
        }),
      })),
    }));
    await this.producer.send({ compression: CompressionTypes.GZIP, topicMessages });
  }

  async list(limit: number): Promise<StoredDeadLetter[]> {
    const letters = (await Promise.all(this.topics.map((topic) => this.read(topic)))).flat();
    return letters.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime()).slice(0, limit);
  }

  async find(id: string): Promise<StoredDeadLetter | null> {
    return (await this.list(Number.MAX_SAFE_INTEGER)).find((letter) => letter.id === id) ?? null;
  }

  async replay(id: string): Promise<boolean> {
    const letter = await this.find(id);
    if (!letter) return false;
    const { topic, key, payload, eventId } = letter;
    const ce = { ce_specversion: '1.0', ce_id: eventId ?? randomUUID(), ce_type: topic, ce_source: '/tradewatch/replay', ce_time: new Date().toISOString(), 'content-type': 'application/json' };
    await this.producer.send({ topicMessages: [{ topic, messages: [{ key, value: payload, headers: ce }] }] });
    return true;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.producer.disconnect();
  }

  /** Everything on a dead letter topic, by a group of its own that commits nothing. */
  private async read(topic: string): Promise<StoredDeadLetter[]> {
    const kafka = connect(this.options);
    const admin = kafka.admin();
    await admin.connect();
    const offsets = await admin.fetchTopicOffsets(deadLetterTopic(topic)).catch(() => []);
    const end = new Map(offsets.filter(({ low, high }) => low !== high).map(({ partition, high }) => [partition, BigInt(high)]));
    if (end.size === 0) {
      await admin.disconnect();
      return [];
    }
    const groupId = `tradewatch-dead-letters-${randomUUID()}`;
    const consumer = kafka.consumer({ groupId });
    const letters: StoredDeadLetter[] = [];
    try {
      await consumer.connect();
      await consumer.subscribe({ topic: deadLetterTopic(topic), fromBeginning: true });
      await new Promise<void>((resolve) => {
        void consumer.run({
          autoCommit: false,
          eachMessage: async ({ partition, message }) => {
            letters.push(stored(topic, partition, message));
            if (BigInt(message.offset) + 1n >= (end.get(partition) ?? 0n)) end.delete(partition);
            if (end.size === 0) resolve();
          },
        });
      });
    } finally {
      await consumer.disconnect();
      await admin.deleteGroups([groupId]).catch(() => undefined);
      await admin.disconnect();
    }
    return letters;
  }
}

function headers(values: Record<(typeof names)[number], unknown>): Record<string, string> {
  return Object.fromEntries(names.map((name) => [`tradewatch-${name}`, storable(String(values[name]))]));
}

function stored(topic: string, partition: number, message: KafkaMessage): StoredDeadLetter {
  const read = (name: (typeof names)[number]): string => header(message.headers ?? {}, `tradewatch-${name}`) ?? '';
  return {
    id: `${deadLetterTopic(topic)}:${partition}:${message.offset}`,
    group: read('group'), topic, partition: Number(read('partition')), offset: read('offset'), eventId: read('event-id') || null,
    key: message.key?.toString('utf8') ?? null, payload: message.value?.toString('utf8') ?? '', errorCode: read('error-code'),
    errorMessage: read('error-message'), stack: read('stack') || null, attempts: Number(read('attempts')), createdAt: new Date(Number(message.timestamp)), replayedAt: null,
  };
}
