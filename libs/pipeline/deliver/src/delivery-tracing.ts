// The span of one message: part of its alert's trace, though it is sent later, by whichever process finds it due.
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context, type Link } from '@opentelemetry/api';
import type { ClaimedDelivery, ClaimedMessage } from './delivery-queue.store.ts';
import type { SendResult } from './send-result.ts';

const tracer = trace.getTracer('tradewatch.deliver');

/** Sends within a span. A digest belongs to the trace of its newest alert and is linked to those of the others. */
export async function deliverTraced({ channelId, channelType, digest, deliveries }: ClaimedMessage, send: () => Promise<SendResult>): Promise<SendResult> {
  const [parent = ROOT_CONTEXT, ...others] = deliveries.map(alertContext);
  const links = others.map((each) => trace.getSpanContext(each)).filter((each) => each !== undefined).map((each): Link => ({ context: each }));
  const attributes = { 'tradewatch.channel.id': channelId, 'tradewatch.channel.type': channelType, 'tradewatch.digest': digest, 'tradewatch.delivery.ids': deliveries.map(({ id }) => id) };
  const span = tracer.startSpan('deliver message', { kind: SpanKind.INTERNAL, attributes, links }, parent);
  try {
    const result = await context.with(trace.setSpan(parent, span), send);
    span.setAttribute('tradewatch.outcome', result.outcome);
    if (result.outcome !== 'sent') span.setStatus({ code: SpanStatusCode.ERROR, message: result.errorCode });
    return result;
  } finally {
    span.end();
  }
}

function alertContext({ traceparent, tracestate }: ClaimedDelivery): Context {
  return traceparent === null ? ROOT_CONTEXT : propagation.extract(ROOT_CONTEXT, { traceparent, tracestate: tracestate ?? undefined });
}
