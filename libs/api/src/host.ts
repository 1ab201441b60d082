// What every process with an HTTP port shares: Fastify, errors, validation, security headers, OpenAPI, signals.
import fastifyCompress from '@fastify/compress';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { tracingIsOn } from '@tradewatch/observability';
import { traceIncomingHttp } from './incoming-http-spans.ts';
import { ProblemFilter } from './problem.filter.ts';
import { validationPipe } from './validation.pipe.ts';

/** How long requests in hand have to end when the process closes, ms. */
const lastRequestsMs = 2_000;

export interface HostOptions {
  /** Folder of the built web app, served with its index page for every other path; absent where a gateway does that. */
  readonly webFolder?: string;
}

/** A Nest application on Fastify with the product's HTTP conventions; not listening yet. */
export async function createHost(module: Type | DynamicModule, { webFolder }: HostOptions = {}): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({ trustProxy: 'loopback, uniquelocal', bodyLimit: 1_048_576, routerOptions: { maxParamLength: 500 } });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, { bufferLogs: true, abortOnError: false });
  // Browsers open connections in advance; one that never sent a request would hold the close back until it times out.
  adapter.getInstance().addHook('preClose', (done) => {
    setTimeout(() => adapter.getHttpServer().closeAllConnections(), lastRequestsMs).unref();
    done();
  });
  if (tracingIsOn()) traceIncomingHttp(adapter.getInstance());
  await app.register(fastifyCookie);
  await app.register(fastifyHelmet, {
    // Mantine writes its theme into style elements; scripts come from us alone.
    contentSecurityPolicy: { directives: { defaultSrc: ["'self'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", 'data:'], upgradeInsecureRequests: null } },
    hsts: false,
  });
  await app.register(fastifyCompress, { threshold: 1_024 });
  app.useGlobalFilters(new ProblemFilter());
  app.useGlobalPipes(validationPipe);
  if (webFolder) await serveWebApp(app, webFolder);
  return app;
}

async function serveWebApp(app: NestFastifyApplication, root: string): Promise<void> {
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    setHeaders: (response, path) => {
      // Built assets carry a hash in their names; the page that names them does not.
      void response.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  // Paths of the web app itself (/articles/…): anything a browser asks for as a page.
  app.getHttpAdapter().getInstance().addHook('onRequest', async (request, reply) => {
    const path = request.url.split('?', 1)[0]!;
    const isPage = request.method === 'GET' && request.headers.accept?.includes('text/html') && !/^\/(api|health|metrics|assets)(\/|$)/.test(path) && !/\.\w+$/.test(path);
    if (isPage) await reply.sendFile('index.html');
  });
}
