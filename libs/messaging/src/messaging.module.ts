import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { Database } from '@tradewatch/database';
import { eventCatalog } from '@tradewatch/events';
import { DeadLetterQueue } from './dead-letter-queue.ts';
import { EventLog, LogEventPublisher } from './event-log.ts';
import { EventPublisher } from './event-publisher.ts';
import { EventServer } from './event-server.ts';
import { armFaultPoints } from './fault-point.ts';
import type { KafkaOptions } from './kafka/kafka-connection.ts';
import { KafkaDeadLetters } from './kafka/kafka-dead-letters.ts';
import { KafkaEventPublisher } from './kafka/kafka-event-publisher.ts';
import { KafkaEventServer } from './kafka/kafka-event-server.ts';
import { createTopics } from './kafka/kafka-topics.ts';
import { LogRelay, relayGroup } from './kafka/log-relay.ts';
import { DeadLettersStore } from './postgres/dead-letters.store.ts';
import { EventCursorStore } from './postgres/event-cursor.store.ts';
import { EventRetentionStore, type LogReader } from './postgres/event-retention.store.ts';
import { PruneEventLog } from './postgres/prune-event-log.ts';
import { PostgresEventServer } from './postgres/postgres-event-server.ts';

export interface LogOptions {
  /** How long the log keeps events at least, ms; a week when absent. */
  readonly retentionMs?: number;
}

/** The event transport. The host connects it: `app.connectMicroservice({ strategy: app.get(EventServer) })`. */
@Module({})
export class MessagingModule {
  /** Events go through the log in PostgreSQL. */
  static embedded({ retentionMs }: LogOptions = {}): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      providers: [
        EventLog, EventCursorStore,
        { provide: DeadLetterQueue, useClass: DeadLettersStore },
        { provide: EventPublisher, useClass: LogEventPublisher },
        { provide: EventServer, useClass: PostgresEventServer },
        ...pruning(retentionMs, (events) => events.subscriptions().map(({ group, definition: { topic } }) => ({ group, topic }))),
      ],
      exports: [EventLog, EventPublisher, EventServer, EventCursorStore, DeadLetterQueue],
    };
  }

  /**
   * Events go through Kafka. With a database, what steps append to its log is relayed there; a stateless step has none
   * and publishes straight. Topics are made when the module starts.
   */
  static kafka(options: KafkaOptions, { database, retentionMs }: LogOptions & { database: boolean }): DynamicModule {
    if (options.faultPoints) armFaultPoints(options.faultPoints);
    const withLog: Provider[] = [
      EventLog, EventCursorStore,
      {
        provide: LogRelay, inject: [Database, EventCursorStore, KafkaEventPublisher],
        useFactory: (...args: ConstructorParameters<typeof LogRelay>) => new LogRelay(...args),
      },
      // The groups read Kafka; the relay alone reads the log.
      ...pruning(retentionMs, () => eventCatalog.map(({ topic }) => ({ group: relayGroup, topic }))),
    ];
    return {
      module: MessagingModule,
      global: true,
      providers: [
        ...(database ? withLog : []),
        { provide: DeadLetterQueue, useFactory: () => new KafkaDeadLetters(options) },
        { provide: KafkaEventPublisher, useFactory: () => new KafkaEventPublisher(options) },
        { provide: EventPublisher, useExisting: KafkaEventPublisher },
        {
          provide: EventServer, inject: [DeadLetterQueue],
          useFactory: async (deadLetters: DeadLetterQueue) => {
            await createTopics(options, eventCatalog);
            return new KafkaEventServer(options, deadLetters);
          },
        },
      ],
      exports: [EventPublisher, EventServer, DeadLetterQueue, ...(database ? [EventLog, EventCursorStore] : [])],
    };
  }
}

function pruning(retentionMs: number | undefined, readers: (events: EventServer) => LogReader[]): Provider[] {
  return [EventRetentionStore, {
    provide: PruneEventLog, inject: [EventRetentionStore, EventServer],
    useFactory: (store: EventRetentionStore, events: EventServer) => new PruneEventLog(store, () => readers(events), retentionMs),
  }];
}
