// Real: the OpenTelemetry SDK.
import { context, propagation, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider, type ReadableSpan } from '@opentelemetry/sdk-trace';
import { defineEvent, type EventEnvelope } from '@tradewatch/events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { handleTraced, publishTraced, type TraceContext } from './event-tracing.ts';

const NotedV1 = defineEvent('noted', 1, z.object({ page: z.string() }), ({ page }) => page);
const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
const group = 'read';
const event = (id: string, carried: Partial<TraceContext> = {}): EventEnvelope => ({ id, topic: NotedV1.topic, key: 'k', occurredAt: new Date(), data: { page: id }, ...carried });
const note = (id: string, carried: Partial<TraceContext> = {}) => ({ id, data: { page: id }, ...carried });

async function publish(...events: ReturnType<typeof note>[]): Promise<readonly TraceContext[]> {
  let carried: readonly TraceContext[] = [];
  await publishTraced(NotedV1, events, async (given) => void (carried = given));
  return carried;
}

describe('with tracing off', () => {
  it('contexts are passed on as they came, and a trace is begun where there is none', async () => {
    const [given, begun] = await publish(note('a', { traceparent, tracestate: 'v=1' }), note('b'));
    expect(given).toEqual({ traceparent, tracestate: 'v=1' });
    expect(begun!.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    await handleTraced({ group, definition: NotedV1 }, [event('a', given)], async ([handled]) => {
      expect(handled).toMatchObject({ id: 'a', traceparent, tracestate: 'v=1' });
    });
  });
});

describe('with tracing on', () => {
  let exporter: InMemorySpanExporter;
  let provider: TracerProvider;
  beforeAll(() => {
    exporter = new InMemorySpanExporter();
    provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
    trace.setGlobalTracerProvider(provider);
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  });
  afterEach(() => exporter.reset());
  afterAll(async () => {
    for (const api of [trace, context, propagation]) api.disable();
    await provider.shutdown();
  });
  const spans = (): ReadableSpan[] => exporter.getFinishedSpans();

  it('an event is published in a child of what caused it, and carries that child', async () => {
    const [carried] = await publish(note('a', { traceparent, tracestate: 'v=1' }));
    expect(spans()).toMatchObject([{ name: 'publish noted', parentSpanContext: { traceId, spanId: '00f067aa0ba902b7' } }]);
    expect(carried).toEqual({ traceparent: `00-${traceId}-${spans()[0]!.spanContext().spanId}-01`, tracestate: 'v=1' });
  });

  it('what runs now is the cause where nobody names another', async () => {
    const running = trace.getTracer('test').startSpan('running');
    const [carried] = await context.with(trace.setSpan(context.active(), running), () => publish(note('a')));
    expect(carried!.traceparent).toContain(running.spanContext().traceId);
  });

  it('events of one list keep to their own traces, and what is published because of one belongs to it', async () => {
    const other = traceparent.replace(traceId, 'a'.repeat(32));
    let caused: readonly TraceContext[] = [];
    await handleTraced({ group, definition: NotedV1 }, [event('a', { traceparent }), event('b', { traceparent: other })], async (events) => {
      caused = await publish(...events.map(({ id, traceparent: own = '' }) => note(`${id}2`, { traceparent: own })));
    });
    expect(caused.map((each) => each.traceparent.split('-')[1])).toEqual([traceId, 'a'.repeat(32)]);
    const handling = spans().filter(({ name }) => name === 'read noted');
    const publishing = spans().filter(({ name }) => name === 'publish noted');
    expect(publishing.map(({ parentSpanContext }) => parentSpanContext?.spanId)).toEqual(handling.map((span) => span.spanContext().spanId));
  });

  it('a handler of one event runs inside its span', async () => {
    await handleTraced({ group, definition: NotedV1 }, [event('a', { traceparent })], async () => {
      expect(trace.getActiveSpan()?.spanContext().traceId).toBe(traceId);
    });
  });

  it('a failure is marked on the span and passed on', async () => {
    await expect(handleTraced({ group, definition: NotedV1 }, [event('a', { traceparent })], async () => {
      throw new Error('it broke');
    })).rejects.toThrow('it broke');
    expect(spans()).toMatchObject([{ status: { code: SpanStatusCode.ERROR }, events: [{ name: 'exception' }] }]);
  });
});
