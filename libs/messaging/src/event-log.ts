import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Connection, type Transaction } from '@tradewatch/database';
import type { EventData, EventDefinition } from '@tradewatch/events';
import { EventPublisher, type NewEvent } from './event-publisher.ts';
import { publishTraced } from './event-tracing.ts';
import { faultPoint } from './fault-point.ts';

/** Partitions of every topic in the log. Part of the stored data: a key must always map to the same one. */
export const logPartitions = 8;

/** The log every step appends to: outbox, and on the embedded substrate the transport itself. */
@Injectable()
export class EventLog {
  /**
   * Appends events in the caller's transaction; call it last, for it holds the topic's append lock until commit. An event
   * whose id is in the log already adds nothing.
   */
  async append<Definition extends EventDefinition>(tx: Transaction | Connection, definition: Definition, events: readonly NewEvent<EventData<Definition>>[]): Promise<void> {
    if (events.length === 0) return;
    const now = new Date();
    const keys = events.map((event) => definition.key(event.data));
    await publishTraced(definition, events, (carried) => execute(tx, [
      definition.topic, events.map((event) => event.id), keys, keys.map(partitionOf), events.map(() => now), carried.map(({ traceparent }) => traceparent),
      events.map((event) => JSON.stringify(event.data)), carried.map(({ tracestate }) => tracestate ?? null),
    ]));
    faultPoint('before-commit');
  }
}

/** Publishes by appending to the log in a transaction of its own. */
@Injectable()
export class LogEventPublisher extends EventPublisher {
  constructor(private readonly database: Database, private readonly log: EventLog) {
    super();
  }

  async publish<Definition extends EventDefinition>(definition: Definition, events: readonly NewEvent<EventData<Definition>>[]): Promise<void> {
    await this.log.append(this.database.effects, definition, events);
  }
}

const appendSql = 'SELECT append_events($1, $2::text[], $3::text[], $4::smallint[], $5::timestamptz[], $6::text[], $7::text[], $8::text[])';

async function execute(tx: Transaction | Connection, values: unknown[]): Promise<void> {
  if ('query' in tx) await tx.query({ name: 'append-events', text: appendSql, values });
  else await tx.$executeRawUnsafe(appendSql, ...values);
}

function partitionOf(key: string): number {
  return createHash('md5').update(key).digest().readUInt32BE(0) % logPartitions;
}
