// CloudEvents 1.0, Kafka protocol binding, binary mode: attributes as `ce_*` headers, data as the value
// (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md).
import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import type { ReceivedEvent } from '../received-event.ts';

export interface OutgoingEvent {
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly occurredAt: Date;
  readonly traceparent?: string | undefined;
  readonly tracestate?: string | undefined;
  /** JSON text. */
  readonly data: string;
}

export function toMessage({ id, topic, key, occurredAt, traceparent, tracestate, data }: OutgoingEvent): Message {
  return {
    key,
    value: data,
    timestamp: String(occurredAt.getTime()),
    headers: {
      ce_specversion: '1.0', ce_id: id, ce_type: topic, ce_source: '/tradewatch', ce_time: occurredAt.toISOString(), ce_partitionkey: key,
      'content-type': 'application/json', ...(traceparent ? { traceparent, ce_traceparent: traceparent } : {}), ...(tracestate ? { tracestate, ce_tracestate: tracestate } : {}),
    },
  };
}

/** Never throws: what is missing is left empty, for the error policy to judge. */
export function fromMessage(topic: string, partition: number, message: KafkaMessage): ReceivedEvent {
  const { headers = {} } = message;
  const time = Date.parse(header(headers, 'ce_time') ?? '');
  return {
    topic,
    partition,
    offset: BigInt(message.offset),
    id: header(headers, 'ce_id'),
    key: message.key?.toString('utf8') ?? null,
    occurredAt: new Date(Number.isNaN(time) ? Number(message.timestamp) || 0 : time),
    traceparent: header(headers, 'traceparent') ?? undefined,
    tracestate: header(headers, 'tracestate') ?? undefined,
    payload: message.value?.toString('utf8') ?? '',
  };
}

export function header(headers: IHeaders, name: string): string | null {
  const value = headers[name];
  return value === undefined ? null : String(Array.isArray(value) ? value[0] : value);
}
