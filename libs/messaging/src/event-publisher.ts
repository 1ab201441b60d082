import type { EventData, EventDefinition } from '@tradewatch/events';

/** One event to publish. `id` names the effect: publishing it again must use the same id, and then adds nothing. */
export interface NewEvent<Data> {
  readonly id: string;
  readonly data: Data;
  /** W3C trace context of what caused it, where that is not what is running now; a new trace is begun where neither is known. */
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
}

/**
 * Publishes events that are not part of a database transaction (a stateless step's results). Resolves when they are
 * durable. What changes the database appends to the event log in the same transaction instead (EventLog).
 */
export abstract class EventPublisher {
  abstract publish<Definition extends EventDefinition>(definition: Definition, events: readonly NewEvent<EventData<Definition>>[]): Promise<void>;
}
