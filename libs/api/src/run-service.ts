// Runs one service of the scaled-out system: what the four have in common, so that each app says only what is its own.
import type { DynamicModule, INestApplicationContext, Type } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { httpEnvironment, kafkaEnvironment, readEnvironment, telemetryEnvironment, type databaseEnvironment } from '@tradewatch/config';
import { assertDatabaseAnswers, Database, DatabaseModule } from '@tradewatch/database';
import { EventServer, kafkaOptions, MessagingModule, waitForBrokers } from '@tradewatch/messaging';
import { databaseCheck, HealthModule, loggingModule, MetricsModule, startTracing } from '@tradewatch/observability';
import { z } from 'zod';
import type { ApiPart } from './open-api.ts';
import { runHost } from './run-host.ts';
import { startService } from './service.ts';

const shared = { ...httpEnvironment, ...kafkaEnvironment, ...telemetryEnvironment };

type Settings<Shape extends z.ZodRawShape> = z.infer<z.ZodObject<Shape>> & z.infer<z.ZodObject<typeof shared>>;

export interface ServiceParts {
  /** The service's steps, and what they need beside database, events, logs, metrics and health. */
  readonly imports: readonly (Type | DynamicModule)[];
  /** Asked about every request; absent where there is nothing to guard. */
  readonly guard?: Type;
  /** Every service's part of the API, for the one whose page the gateway shows. */
  readonly apiParts?: readonly ApiPart[];
  readonly beforeListen?: (app: INestApplicationContext) => Promise<void>;
}

class ServiceHost {}

/**
 * Runs a service until it is told to stop. It has a database where its environment has `databaseEnvironment`; one that does
 * not answer ends the start, while Kafka is waited for: both are told in one line.
 * @param name as it is called in logs and by Kafka. @param environment what it reads beside port, log level and Kafka.
 */
export function runService<Shape extends z.ZodRawShape>(name: string, environment: Shape, parts: (settings: Settings<Shape>) => ServiceParts | Promise<ServiceParts>): Promise<void> {
  return runHost(async (onClose) => {
    const settings = readEnvironment(z.object({ ...shared, ...environment })) as Settings<Shape>;
    const { DATABASE_URL: url, EVENT_LOG_RETENTION: retentionMs } = settings as Partial<z.infer<z.ZodObject<typeof databaseEnvironment>>>;
    const { imports, guard, apiParts, beforeListen } = await parts(settings);
    const kafka = await kafkaOptions(settings, name);
    const stopTracing = await startTracing(settings, name);
    if (stopTracing) onClose(stopTracing);
    if (url) await assertDatabaseAnswers(url, { migrated: true });
    await waitForBrokers(kafka.brokers, onClose);
    const module: DynamicModule = {
      module: ServiceHost,
      imports: [
        loggingModule({ level: settings.TRADEWATCH_LOG_LEVEL, pretty: process.stderr.isTTY, service: name }),
        ...(url ? [DatabaseModule.forRoot({ url })] : []),
        MessagingModule.kafka(kafka, { database: url !== undefined, ...(retentionMs === undefined ? {} : { retentionMs }) }),
        ...imports,
        MetricsModule,
        HealthModule.forRoot(url ? [EventServer, Database] : [EventServer], (events: EventServer, database?: Database) => ({
          live: [{ name: 'consumers', check: () => events.alive }], ready: database ? [databaseCheck(database)] : [],
        })),
      ],
      providers: guard ? [{ provide: APP_GUARD, useExisting: guard }] : [],
    };
    await startService(module, { host: settings.TRADEWATCH_HOST, port: settings.TRADEWATCH_PORT, onClose, openApi: { service: name, ...(apiParts ? { parts: apiParts } : {}) }, ...(beforeListen ? { beforeListen } : {}) });
  });
}
