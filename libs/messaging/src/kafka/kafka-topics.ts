import type { EventDefinition } from '@tradewatch/events';
import { connect, type KafkaOptions } from './kafka-connection.ts';

/** Topic of the events a consumer gave up on. */
export function deadLetterTopic(topic: string): string {
  return `${topic}.dlq`;
}

/** Bytes of the largest batch that a topic takes, compressed. */
const largestBatch = 16 * 2 ** 20;
const week = 7 * 24 * 3_600_000;

/**
 * Makes the topics of the events, and their dead letter topics, where they are missing; safe to run by several processes
 * at once. Topics that exist are left as operators have set them. @returns the names of those made now.
 */
export async function createTopics(options: KafkaOptions, definitions: readonly EventDefinition[]): Promise<string[]> {
  const { partitions = 12, replicationFactor = -1, retentionMs = week } = options;
  const admin = connect(options).admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    // A dead letter is its event and more: whatever a topic takes, its dead letter topic takes too.
    const entries = (topic: string, numPartitions: number, retention: number, largest: number) => ({
      topic, numPartitions, replicationFactor,
      configEntries: [{ name: 'retention.ms', value: String(retention) }, { name: 'max.message.bytes', value: String(largest) }],
    });
    const topics = definitions.flatMap(({ topic }) => [entries(topic, partitions, retentionMs, largestBatch), entries(deadLetterTopic(topic), 1, 30 * 24 * 3_600_000, 2 * largestBatch)])
      .filter(({ topic }) => !existing.has(topic));
    if (topics.length > 0) await admin.createTopics({ topics, waitForLeaders: true });
    return topics.map(({ topic }) => topic);
  } finally {
    await admin.disconnect();
  }
}
