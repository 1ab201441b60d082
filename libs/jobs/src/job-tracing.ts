// Spans around jobs, and the W3C trace context that a job carries beside its data (https://www.w3.org/TR/trace-context/).
import { context, createContextKey, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context } from '@opentelemetry/api';

const tracer = trace.getTracer('tradewatch.jobs');

/** Beside the data, not around them: a process of an older version reads the job all the same. */
const carried = '$trace';

interface CarriedTrace {
  readonly traceparent: string;
  readonly tracestate?: string;
  /** What asked for the job is linked to it and does not contain it. */
  readonly linked?: true;
}

/** Marks what runs in a repeated job: what a sweep wakes is nobody's continuation. */
const sweeping = createContextKey('tradewatch.sweeping');

/**
 * The data with the trace context of what asks for the job now. A job that is to run at once continues that trace. One for
 * later, or one that a sweep asked for, begins a trace of its own, linked to it: a chain of polls would never end.
 */
export function withTrace(data: unknown, later: boolean): object {
  const trace: { traceparent?: string; tracestate?: string } = {};
  propagation.inject(context.active(), trace);
  if (trace.traceparent === undefined) return data as object;
  const linked = later || context.active().getValue(sweeping) === true;
  return { ...(data as object), [carried]: { ...trace, ...(linked ? { linked } : {}) } };
}

/** Runs the handler of a job within a span, with the job's own data. @throws what the handler throws. */
export async function runTraced(job: string, payload: unknown, handle: (data: unknown) => Promise<void>, options: { readonly repeated: boolean }): Promise<void> {
  const { data, carrier } = unpacked(payload);
  const asked = carrier ? propagation.extract(ROOT_CONTEXT, carrier) : ROOT_CONTEXT;
  const askedBy = trace.getSpanContext(asked);
  const parent = carrier?.linked ? ROOT_CONTEXT : asked;
  const links = carrier?.linked && askedBy ? [{ context: askedBy }] : [];
  const span = tracer.startSpan(`job ${job}`, { kind: SpanKind.CONSUMER, links, attributes: { 'messaging.operation.type': 'process', 'messaging.destination.name': job } }, parent);
  try {
    await context.with(runningIn(trace.setSpan(parent, span), options.repeated), handle, undefined, data);
  } catch (error) {
    span.recordException(error instanceof Error ? error : String(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

function runningIn(inside: Context, repeated: boolean): Context {
  return repeated ? inside.setValue(sweeping, true) : inside;
}

function unpacked(payload: unknown): { data: unknown; carrier: CarriedTrace | undefined } {
  if (typeof payload !== 'object' || payload === null || !(carried in payload)) return { data: payload, carrier: undefined };
  const { [carried]: carrier, ...data } = payload as { [carried]: CarriedTrace };
  return { data, carrier: typeof carrier?.traceparent === 'string' ? carrier : undefined };
}
