import type { OnApplicationShutdown } from '@nestjs/common';
import type { EventData, EventDefinition } from '@tradewatch/events';
import { CompressionTypes, type Producer } from 'kafkajs';
import { newTraceparent } from '../event-log.ts';
import { EventPublisher, type NewEvent } from '../event-publisher.ts';
import { connect, type KafkaOptions } from './kafka-connection.ts';
import { toMessage, type OutgoingEvent } from './kafka-message.ts';

/** Publishes straight to Kafka: idempotent producer, keyed, acknowledged by every in-sync replica. */
export class KafkaEventPublisher extends EventPublisher implements OnApplicationShutdown {
  private readonly producer: Producer;
  private connected: Promise<void> | undefined;

  constructor(options: KafkaOptions) {
    super();
    // One request in flight: retries keep the order within a key. A send fails after some seconds, for its caller to judge.
    this.producer = connect(options).producer({ idempotent: true, maxInFlightRequests: 1, allowAutoTopicCreation: false, retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 } });
  }

  async publish<Definition extends EventDefinition>(definition: Definition, events: readonly NewEvent<EventData<Definition>>[]): Promise<void> {
    const occurredAt = new Date();
    await this.send(events.map(({ id, data, traceparent }) => ({
      id, topic: definition.topic, key: definition.key(data), occurredAt, traceparent: traceparent ?? newTraceparent(), data: JSON.stringify(data),
    })));
  }

  /** Sends events of any topics, in order within each key. */
  async send(events: readonly OutgoingEvent[]): Promise<void> {
    if (events.length === 0) return;
    this.connected ??= this.producer.connect();
    try {
      await this.connected;
    } catch (error) {
      this.connected = undefined;
      throw error;
    }
    const topicMessages = [...Map.groupBy(events, ({ topic }) => topic)].map(([topic, list]) => ({ topic, messages: list.map(toMessage) }));
    await this.producer.sendBatch({ acks: -1, compression: CompressionTypes.GZIP, topicMessages });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.producer.disconnect();
  }
}
