// The span of one poll: where the trace of an article begins, or what a person's request to poll now contains.
import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Source } from '../source/source.ts';

const tracer = trace.getTracer('tradewatch.crawl');

/** Polls within a span. @throws what the poll throws. */
export async function pollTraced<Result extends { readonly outcome: string }>({ id, kind }: Source, poll: () => Promise<Result>): Promise<Result> {
  const span = tracer.startSpan('poll source', { attributes: { 'tradewatch.source.id': id, 'tradewatch.source.kind': kind } });
  try {
    const result = await context.with(trace.setSpan(context.active(), span), poll);
    span.setAttribute('tradewatch.outcome', result.outcome);
    if (result.outcome === 'failed') span.setStatus({ code: SpanStatusCode.ERROR });
    return result;
  } catch (error) {
    span.recordException(error instanceof Error ? error : String(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
