// Real: the OpenTelemetry SDK.
import { context, propagation, trace, type Span } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { runTraced, withTrace } from './job-tracing.ts';

let exporter: InMemorySpanExporter;
let provider: TracerProvider;
let asking: Span;
beforeAll(() => {
  exporter = new InMemorySpanExporter();
  provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  asking = trace.getTracer('test').startSpan('asking');
});
afterEach(() => exporter.reset());
afterAll(async () => {
  for (const api of [trace, context, propagation]) api.disable();
  await provider.shutdown();
});

const inAsking = <T>(work: () => T): T => context.with(trace.setSpan(context.active(), asking), work);
const nothing = async (): Promise<void> => undefined;

it('a job for now continues the trace of what asked for it', async () => {
  const payload = inAsking(() => withTrace({ sourceId: 'a' }, false));
  let data: unknown;
  await runTraced('poll', payload, async (given) => void (data = given), { repeated: false });
  expect(data).toEqual({ sourceId: 'a' });
  expect(exporter.getFinishedSpans()).toMatchObject([{ name: 'job poll', parentSpanContext: { spanId: asking.spanContext().spanId }, links: [] }]);
});

it('a job for later begins a trace of its own, linked to what asked for it', async () => {
  await runTraced('poll', inAsking(() => withTrace({}, true)), nothing, { repeated: false });
  const [span] = exporter.getFinishedSpans();
  expect(span!.parentSpanContext).toBeUndefined();
  expect(span!.links).toMatchObject([{ context: { traceId: asking.spanContext().traceId } }]);
});

it('so does one that a repeated job asked for', async () => {
  let payload: unknown;
  await runTraced('sweep', {}, async () => void (payload = withTrace({ sourceId: 'a' }, false)), { repeated: true });
  await runTraced('poll', payload, nothing, { repeated: false });
  const [sweep, poll] = exporter.getFinishedSpans();
  expect(poll!.spanContext().traceId).not.toBe(sweep!.spanContext().traceId);
  expect(poll!.links).toMatchObject([{ context: { spanId: sweep!.spanContext().spanId } }]);
});

it('data that carry no trace, or a broken one, are handed over as they are', async () => {
  const seen: unknown[] = [];
  for (const payload of [{ number: 1 }, { number: 2, $trace: 'nonsense' }, 7, null]) {
    await runTraced('count', payload, async (data) => void seen.push(data), { repeated: false });
  }
  expect(seen).toEqual([{ number: 1 }, { number: 2 }, 7, null]);
});

it('nothing is added where nothing is traced', () => {
  expect(withTrace({ number: 1 }, false)).toEqual({ number: 1 });
});
