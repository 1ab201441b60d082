// The span of one visit to a site: where the trace of an article begins, or what a person's request to poll now contains.
import { context, SpanStatusCode, trace, type Attributes } from '@opentelemetry/api';

const tracer = trace.getTracer('tradewatch.crawl');

/** Polls a source, or reads a page, within a span. @throws what the visit throws. */
export async function visitTraced<Result>(name: 'poll source' | 'read page', attributes: Attributes, visit: () => Promise<Result>, outcomeOf: (result: Result) => string): Promise<Result> {
  const span = tracer.startSpan(name, { attributes });
  try {
    const result = await context.with(trace.setSpan(context.active(), span), visit);
    const outcome = outcomeOf(result);
    span.setAttribute('tradewatch.outcome', outcome);
    if (outcome === 'failed') span.setStatus({ code: SpanStatusCode.ERROR });
    return result;
  } catch (error) {
    span.recordException(error instanceof Error ? error : String(error));
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
