import { z } from 'zod';

/** The contract of one event between steps. The version is part of the name: a breaking change is a new definition. */
export interface EventDefinition<Name extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly name: Name;
  readonly version: number;
  /** Topic on every substrate, e.g. `tradewatch.article-published.v1`. */
  readonly topic: string;
  readonly schema: Schema;
  /** Partition key: events with the same key are handled in the order they were appended. */
  readonly key: (data: z.infer<Schema>) => string;
}

export type EventData<Definition extends EventDefinition> = z.infer<Definition['schema']>;

/** One event as it travels: CloudEvents 1.0 attributes around the data. */
export interface EventEnvelope<Data = unknown> {
  /** Unique per effect: a repeated publication of the same fact carries the same id. */
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly occurredAt: Date;
  /** W3C trace context of what caused the event. */
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
  readonly data: Data;
}

export function defineEvent<const Name extends string, Schema extends z.ZodType>(
  name: Name,
  version: number,
  schema: Schema,
  key: (data: z.infer<Schema>) => string,
): EventDefinition<Name, Schema> {
  return { name, version, topic: `tradewatch.${name}.v${version}`, schema, key };
}
