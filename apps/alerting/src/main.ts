import 'reflect-metadata';
import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { runHost, startService } from '@tradewatch/api';
import { alertEnvironment, databaseEnvironment, httpEnvironment, kafkaEnvironment, outboundEnvironment, readEnvironment, redisEnvironment } from '@tradewatch/config';
import { Database, DatabaseModule } from '@tradewatch/database';
import { DeliverModule } from '@tradewatch/deliver';
import { createHttpClient, userAgent } from '@tradewatch/http';
import { IdentityModule, SessionGuard } from '@tradewatch/identity';
import { JobsModule } from '@tradewatch/jobs';
import { MatchModule } from '@tradewatch/match';
import { EventServer, kafkaOptions, MessagingModule } from '@tradewatch/messaging';
import { databaseCheck, HealthModule, loggingModule, MetricsModule } from '@tradewatch/observability';
import { z } from 'zod';

const environment = z.object({ ...httpEnvironment, ...outboundEnvironment, ...alertEnvironment, ...databaseEnvironment, ...kafkaEnvironment, ...redisEnvironment });

class Alerting {}

/** Matching and delivery. */
await runHost(async (onClose) => {
  const settings = readEnvironment(environment);
  const allowPrivateNetworks = settings.TRADEWATCH_ALLOW_PRIVATE_NETWORKS;
  const module: DynamicModule = {
    module: Alerting,
    imports: [
      loggingModule({ level: settings.TRADEWATCH_LOG_LEVEL, pretty: process.stderr.isTTY, service: 'alerting' }),
      DatabaseModule.forRoot({ url: settings.DATABASE_URL }),
      MessagingModule.kafka(await kafkaOptions(settings, 'alerting'), { database: true }),
      JobsModule.redis(settings.REDIS_URL),
      IdentityModule.forRoot(),
      MatchModule,
      DeliverModule.forRoot({
        httpClient: createHttpClient({ allowPrivateNetworks, userAgent: userAgent(settings.TRADEWATCH_CONTACT) }), allowPrivateNetworks,
        publicUrl: settings.TRADEWATCH_PUBLIC_URL ?? `http://${settings.TRADEWATCH_HOST}:${settings.TRADEWATCH_PORT}`,
      }),
      MetricsModule,
      HealthModule.forRoot([Database, EventServer], (database: Database, events: EventServer) => ({
        live: [{ name: 'consumers', check: () => events.alive }], ready: [databaseCheck(database)],
      })),
    ],
    providers: [{ provide: APP_GUARD, useExisting: SessionGuard }],
  };
  await startService(module, { host: settings.TRADEWATCH_HOST, port: settings.TRADEWATCH_PORT, onClose });
});
