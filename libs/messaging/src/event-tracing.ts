// Spans around publishing and handling, and the W3C trace context that events carry between them
// (https://www.w3.org/TR/trace-context/). Where no tracing is switched on, contexts are carried all the same and nothing else happens.
import { randomBytes } from 'node:crypto';
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Attributes, type Context, type Span } from '@opentelemetry/api';
import type { EventDefinition, EventEnvelope } from '@tradewatch/events';
import type { NewEvent } from './event-publisher.ts';
import type { Subscription } from './on-event.ts';

const tracer = trace.getTracer('tradewatch.events');

/** What an event carries of its trace. */
export interface TraceContext {
  readonly traceparent: string;
  readonly tracestate?: string | undefined;
}

interface Begun {
  readonly span: Span;
  readonly inside: Context;
}

/** Publishes events, each in a span of its own: a child of what caused it, or of what runs now. `send` gets what each is to carry. */
export async function publishTraced(definition: EventDefinition, events: readonly NewEvent<unknown>[], send: (carried: readonly TraceContext[]) => PromiseLike<unknown>): Promise<void> {
  const begun = events.map((event) => begin(`publish ${definition.name}`, SpanKind.PRODUCER, event.traceparent ? remote(event) : context.active(), {
    'messaging.operation.type': 'send', 'messaging.destination.name': definition.topic, 'messaging.message.id': event.id,
  }));
  const carried = events.map(({ traceparent, tracestate }, index) => injected(begun[index]!) ?? { traceparent: traceparent ?? newTraceparent(), tracestate });
  await ending(begun, () => send(carried));
}

/**
 * Runs a handler, each event in a span of its own; the handler gets the events with that span as their context, so that
 * what it publishes because of one belongs to it. One event alone is also the running context.
 */
export async function handleTraced({ group, definition }: Subscription, events: readonly EventEnvelope[], handle: (events: readonly EventEnvelope[]) => Promise<void>): Promise<void> {
  const begun = events.map((event) => begin(`${group} ${definition.name}`, SpanKind.CONSUMER, event.traceparent ? remote(event) : ROOT_CONTEXT, {
    'messaging.operation.type': 'process', 'messaging.destination.name': definition.topic, 'messaging.consumer.group.name': group, 'messaging.message.id': event.id,
    ...(events.length > 1 ? { 'messaging.batch.message_count': events.length } : {}),
  }));
  const traced = events.map((event, index) => ({ ...event, ...injected(begun[index]!) }));
  await ending(begun, () => (begun.length === 1 ? context.with(begun[0]!.inside, handle, undefined, traced) : handle(traced)));
}

function begin(name: string, kind: SpanKind, parent: Context, attributes: Attributes): Begun {
  const span = tracer.startSpan(name, { kind, attributes }, parent);
  return { span, inside: trace.setSpan(parent, span) };
}

async function ending(begun: readonly Begun[], work: () => PromiseLike<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    for (const { span } of begun) {
      span.recordException(error instanceof Error ? error : String(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
    }
    throw error;
  } finally {
    for (const { span } of begun) span.end();
  }
}

function remote(carrier: { readonly traceparent?: string | undefined; readonly tracestate?: string | undefined }): Context {
  return propagation.extract(ROOT_CONTEXT, carrier);
}

/** Undefined where tracing is off. */
function injected({ inside }: Begun): TraceContext | undefined {
  const carrier: { traceparent?: string; tracestate?: string } = {};
  propagation.inject(inside, carrier);
  return carrier.traceparent === undefined ? undefined : { traceparent: carrier.traceparent, tracestate: carrier.tracestate };
}

/** A new sampled trace. */
function newTraceparent(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
}
