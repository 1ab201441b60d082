import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { context, SpanKind, SpanStatusCode, trace, type Span } from '@opentelemetry/api';

interface OutgoingRequest {
  readonly origin: string | URL;
  readonly method: string;
}

/**
 * A span for each request that undici sends, redirects each their own. Only the host is told: the path of a webhook is a secret. Sites
 * and receivers get no trace context, for our traces are not their business. @returns what ends it.
 */
export function traceOutgoingHttp(): () => void {
  const tracer = trace.getTracer('tradewatch.http');
  const open = new WeakMap<OutgoingRequest, Span>();
  const end = (request: OutgoingRequest, failed: boolean): void => {
    const span = open.get(request);
    if (!span) return;
    open.delete(request);
    if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end();
  };
  const listeners: Readonly<Record<string, (message: unknown) => void>> = {
    'undici:request:create'(message) {
      const { request } = message as { request: OutgoingRequest };
      const { hostname, port, protocol } = new URL(request.origin);
      open.set(request, tracer.startSpan(request.method, { kind: SpanKind.CLIENT, attributes: {
        'http.request.method': request.method, 'server.address': hostname, 'url.scheme': protocol.slice(0, -1), ...(port ? { 'server.port': Number(port) } : {}),
      } }, context.active()));
    },
    'undici:request:headers'(message) {
      const { request, response } = message as { request: OutgoingRequest; response: { statusCode: number } };
      const span = open.get(request);
      span?.setAttribute('http.response.status_code', response.statusCode);
      if (response.statusCode >= 400) span?.setStatus({ code: SpanStatusCode.ERROR });
    },
    'undici:request:trailers'(message) {
      end((message as { request: OutgoingRequest }).request, false);
    },
    'undici:request:error'(message) {
      const { request, error } = message as { request: OutgoingRequest; error: Error };
      open.get(request)?.recordException(error);
      end(request, true);
    },
  };
  for (const [channel, listener] of Object.entries(listeners)) subscribe(channel, listener);
  return () => {
    for (const [channel, listener] of Object.entries(listeners)) unsubscribe(channel, listener);
  };
}
