/** One event as a transport hands it over, before its data are trusted. */
export interface ReceivedEvent {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  /** CloudEvents id; null where the transport found none. */
  readonly id: string | null;
  readonly key: string | null;
  readonly occurredAt: Date;
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
  /** The data as they travelled: JSON text or, from PostgreSQL, the value already read. */
  readonly payload: unknown;
}

/** Passed to handlers as the second argument: where the list came from. */
export interface EventContext {
  readonly group: string;
  readonly topic: string;
}
