import type { Producer, ProducerBatch } from 'kafkajs';
import { connect, type KafkaOptions } from './kafka-connection.ts';

/**
 * An idempotent producer that sends one request at a time and is replaced after the first that fails. The broker may have
 * that request all the same, and kafkajs would use its sequence numbers again for other messages, which the broker then
 * takes for repetitions and drops, acknowledged.
 */
export class OneRequestProducer {
  private producer: Promise<Producer> | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: KafkaOptions) {}

  /** Resolves when every in-sync replica has the messages; fails after some seconds, for the caller to judge. */
  send(batch: Pick<ProducerBatch, 'topicMessages' | 'compression'>): Promise<void> {
    const sent = this.last.then(() => this.request(batch));
    this.last = sent.catch(() => undefined);
    return sent;
  }

  async disconnect(): Promise<void> {
    const producer = await this.producer?.catch(() => undefined);
    this.producer = undefined;
    await producer?.disconnect().catch(() => undefined);
  }

  private async request(batch: Pick<ProducerBatch, 'topicMessages' | 'compression'>): Promise<void> {
    try {
      const producer = await (this.producer ??= this.connected());
      await producer.sendBatch({ acks: -1, ...batch });
    } catch (error) {
      await this.disconnect();
      throw error;
    }
  }

  private async connected(): Promise<Producer> {
    const producer = connect(this.options).producer({
      idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false, retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 },
    });
    await producer.connect();
    return producer;
  }
}
