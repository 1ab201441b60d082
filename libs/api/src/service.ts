// Runs one scaled-out service: an HTTP port for its API, health and metrics, and its event consumers.
import { resolve } from 'node:path';
import type { DynamicModule, INestApplicationContext, Type } from '@nestjs/common';
import { EventServer } from '@tradewatch/messaging';
import { Logger } from '@tradewatch/observability';
import { createHost } from './host.ts';
import { assertPortFree, type Closer } from './run-host.ts';
import { serveOpenApi, type OpenApiOptions } from './open-api.ts';

export interface ServiceOptions {
  readonly host: string;
  readonly port: number;
  readonly onClose: (closer: Closer) => void;
  /** Serves the web app and the OpenAPI page too. */
  readonly web?: boolean;
  readonly openApi?: OpenApiOptions;
  /** What must have happened before the first request is taken. */
  readonly beforeListen?: (app: INestApplicationContext) => Promise<void>;
}

/** Starts a Nest application of the module with its event consumers and listens. @returns the address. */
export async function startService(module: Type | DynamicModule, { host, port, onClose, web = false, openApi, beforeListen }: ServiceOptions): Promise<string> {
  await assertPortFree(host, port, 'TRADEWATCH_PORT');
  const app = await createHost(module, web ? { webFolder: resolve(import.meta.dirname, '../web') } : {});
  onClose(() => app.close());
  app.useLogger(app.get(Logger));
  serveOpenApi(app, openApi);
  app.connectMicroservice({ strategy: app.get(EventServer) });
  await app.startAllMicroservices();
  await beforeListen?.(app);
  await app.listen({ port, host });
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
