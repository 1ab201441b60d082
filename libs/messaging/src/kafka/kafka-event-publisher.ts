import type { OnApplicationShutdown } from '@nestjs/common';
import type { EventData, EventDefinition } from '@tradewatch/events';
import { CompressionTypes } from 'kafkajs';
import { isTransient } from '../errors.ts';
import { EventPublisher, type NewEvent } from '../event-publisher.ts';
import { publishTraced } from '../event-tracing.ts';
import { faultPoint } from '../fault-point.ts';
import type { KafkaOptions } from './kafka-connection.ts';
import { toMessage, type OutgoingEvent } from './kafka-message.ts';
import { OneRequestProducer } from './one-request-producer.ts';

/** Events sent in one request at most. */
const mostInRequest = 500;

interface Waiting {
  readonly events: readonly OutgoingEvent[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Publishes straight to Kafka: idempotent producer, keyed, acknowledged by every in-sync replica. What callers hand over
 * while a request is under way goes out together in the next.
 */
export class KafkaEventPublisher extends EventPublisher implements OnApplicationShutdown {
  private readonly producer: OneRequestProducer;
  private waiting: Waiting[] = [];
  private sending = false;

  constructor(options: KafkaOptions) {
    super();
    this.producer = new OneRequestProducer(options);
  }

  async publish<Definition extends EventDefinition>(definition: Definition, events: readonly NewEvent<EventData<Definition>>[]): Promise<void> {
    const occurredAt = new Date();
    await publishTraced(definition, events, (carried) => this.send(events.map(({ id, data }, index) => ({
      id, topic: definition.topic, key: definition.key(data), occurredAt, ...carried[index], data: JSON.stringify(data),
    }))));
  }

  /** Sends events of any topics, in order within each key. Resolves when they are durable; fails after some seconds, for its caller to judge. */
  send(events: readonly OutgoingEvent[]): Promise<void> {
    if (events.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.waiting.push({ events, resolve, reject });
      if (!this.sending) void this.sendWaiting();
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.producer.disconnect();
  }

  private async sendWaiting(): Promise<void> {
    this.sending = true;
    while (this.waiting.length > 0) {
      const batch = this.nextRequest();
      try {
        await this.request(batch.flatMap(({ events }) => events));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        await this.sendSingly(batch, error);
      }
    }
    this.sending = false;
  }

  private nextRequest(): Waiting[] {
    let events = 0;
    const fits = this.waiting.findIndex((each) => (events += each.events.length) > mostInRequest);
    return this.waiting.splice(0, fits === -1 ? this.waiting.length : Math.max(fits, 1));
  }

  /** What is wrong with one caller's events (too large, say) must not fail the others'. */
  private async sendSingly(batch: readonly Waiting[], error: unknown): Promise<void> {
    const together = batch.length > 1 && !isTransient(error);
    for (const { events, resolve, reject } of batch) {
      if (together) await this.request(events).then(resolve, reject);
      else reject(error);
    }
  }

  private async request(events: readonly OutgoingEvent[]): Promise<void> {
    const topicMessages = [...Map.groupBy(events, ({ topic }) => topic)].map(([topic, list]) => ({ topic, messages: list.map(toMessage) }));
    faultPoint('before-produce');
    await this.producer.send({ compression: CompressionTypes.GZIP, topicMessages });
    faultPoint('after-produce');
  }
}
