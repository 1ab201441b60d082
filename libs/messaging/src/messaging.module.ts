import { Module, type DynamicModule } from '@nestjs/common';
import { DeadLettersStore } from './dead-letters.store.ts';
import { EventLog, LogEventPublisher } from './event-log.ts';
import { EventPublisher } from './event-publisher.ts';
import { EventServer } from './event-server.ts';
import { EventCursorStore } from './postgres/event-cursor.store.ts';
import { PostgresEventServer } from './postgres/postgres-event-server.ts';

/** The event transport. The host connects it: `app.connectMicroservice({ strategy: app.get(EventServer) })`. */
@Module({})
export class MessagingModule {
  static embedded(): DynamicModule {
    return {
      module: MessagingModule,
      global: true,
      providers: [
        DeadLettersStore, EventLog, EventCursorStore,
        { provide: EventPublisher, useClass: LogEventPublisher },
        { provide: EventServer, useClass: PostgresEventServer },
      ],
      exports: [EventLog, EventPublisher, EventServer, EventCursorStore, DeadLettersStore],
    };
  }
}
