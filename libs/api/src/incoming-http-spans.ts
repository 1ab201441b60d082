import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, type Context } from '@opentelemetry/api';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Asked for every few seconds by machines: they would bury the rest. */
const quiet = /^\/(health|metrics)(\/|$)/;

/** A span for each request, in the trace that its caller names (W3C), with the route's pattern as its name. */
export function traceIncomingHttp(fastify: FastifyInstance): void {
  const tracer = trace.getTracer('tradewatch.api');
  const inside = new WeakMap<FastifyRequest, Context>();
  fastify.addHook('onRequest', (request, reply, done) => {
    const route = request.routeOptions.url;
    if (quiet.test(request.url)) return done();
    const parent = propagation.extract(ROOT_CONTEXT, request.headers);
    const span = tracer.startSpan(route ? `${request.method} ${route}` : request.method, { kind: SpanKind.SERVER, attributes: {
      'http.request.method': request.method, 'url.path': request.url.split('?', 1)[0]!, 'url.scheme': request.protocol, ...(route ? { 'http.route': route } : {}),
    } }, parent);
    inside.set(request, trace.setSpan(parent, span));
    // Whatever becomes of the request, its connection is done with it once.
    reply.raw.once('close', () => {
      span.setAttribute('http.response.status_code', reply.statusCode);
      if (reply.statusCode >= 500 || !reply.raw.writableFinished) span.setStatus({ code: SpanStatusCode.ERROR });
      span.end();
    });
    context.with(inside.get(request)!, done);
  });
  // The body was read in the context of the connection: what handles the request is brought back into its own.
  fastify.addHook('preValidation', (request, _reply, done) => {
    const own = inside.get(request);
    if (own) context.with(own, done);
    else done();
  });
}
