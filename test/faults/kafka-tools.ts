// What a test does to a Kafka broker behind the system's back: measure lag, move offsets, repeat messages, put poison on topics.
import { randomUUID } from 'node:crypto';
import { Kafka, logLevel, type Admin, type IHeaders, type KafkaMessage, type Producer } from 'kafkajs';

export const topics = ['tradewatch.article-published.v1', 'tradewatch.article-classified.v1', 'tradewatch.alert-raised.v1'] as const;
export const groups: readonly (readonly [group: string, topic: (typeof topics)[number]])[] = [
  ['tradewatch-classify', topics[0]], ['tradewatch-archive', topics[1]], ['tradewatch-match', topics[1]], ['tradewatch-deliver', topics[2]],
];

export interface Message {
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: IHeaders | undefined;
}

export class KafkaTools {
  private readonly kafka: Kafka;

  constructor(broker: string) {
    this.kafka = new Kafka({ clientId: 'faults', brokers: [broker], logLevel: logLevel.NOTHING, retry: { retries: 8, maxRetryTime: 2_000 } });
  }

  /** Events that the groups have yet to handle, by group. */
  async lag(): Promise<Map<string, number>> {
    return this.withAdmin(async (admin) => {
      const lags = new Map<string, number>();
      for (const [groupId, topic] of groups) {
        const ends = await admin.fetchTopicOffsets(topic);
        const [committed] = await admin.fetchOffsets({ groupId, topics: [topic] });
        const at = new Map(committed?.partitions.map(({ partition, offset }) => [partition, Number(offset)]));
        const lag = ends.reduce((sum, { partition, high, low }) => sum + Number(high) - Math.max(at.get(partition) ?? 0, Number(low)), 0);
        lags.set(groupId, lag);
      }
      return lags;
    });
  }

  /** Has every group begin again; its members must have stopped. */
  async replayAll(): Promise<void> {
    await this.withAdmin(async (admin) => {
      for (const [groupId, topic] of groups) await admin.resetOffsets({ groupId, topic, earliest: true });
    });
  }

  /** Everything on a topic, oldest first within a partition. */
  async read(topic: string): Promise<KafkaMessage[]> {
    const ends = await this.withAdmin((admin) => admin.fetchTopicOffsets(topic));
    const open = new Map(ends.filter(({ low, high }) => low !== high).map(({ partition, high }) => [partition, BigInt(high)]));
    if (open.size === 0) return [];
    const groupId = `faults-${randomUUID()}`;
    const consumer = this.kafka.consumer({ groupId, maxWaitTimeInMs: 100, sessionTimeout: 30_000 });
    const messages: KafkaMessage[] = [];
    try {
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      await new Promise<void>((resolve) => void consumer.run({
        autoCommit: false,
        eachBatch: async ({ batch }) => {
          messages.push(...batch.messages);
          if (BigInt(batch.lastOffset()) + 1n >= (open.get(batch.partition) ?? 0n)) open.delete(batch.partition);
          if (open.size === 0) resolve();
        },
      }));
    } finally {
      await consumer.disconnect();
    }
    return messages;
  }

  async produce(topic: string, messages: readonly Message[]): Promise<void> {
    const producer: Producer = this.kafka.producer({ allowAutoTopicCreation: false });
    await producer.connect();
    try {
      // In small requests: the broker's limit is for one batch of a partition.
      for (const { key, value, headers } of messages) await producer.send({ topic, acks: -1, messages: [{ key, value, ...(headers ? { headers } : {}) }] });
    } finally {
      await producer.disconnect();
    }
  }

  private async withAdmin<T>(use: (admin: Admin) => Promise<T>): Promise<T> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      return await use(admin);
    } finally {
      await admin.disconnect();
    }
  }
}
