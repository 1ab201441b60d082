import 'reflect-metadata';
import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { runHost, startService } from '@tradewatch/api';
import { crawlEnvironment, databaseEnvironment, httpEnvironment, kafkaEnvironment, outboundEnvironment, readEnvironment, readNamedFile, redisEnvironment } from '@tradewatch/config';
import { CrawlModule } from '@tradewatch/crawl';
import { Database, DatabaseModule } from '@tradewatch/database';
import { createHttpClient, userAgent } from '@tradewatch/http';
import { IdentityModule, SessionGuard } from '@tradewatch/identity';
import { JobsModule } from '@tradewatch/jobs';
import { EventServer, kafkaOptions, MessagingModule } from '@tradewatch/messaging';
import { databaseCheck, HealthModule, loggingModule, MetricsModule } from '@tradewatch/observability';
import { z } from 'zod';

const environment = z.object({ ...httpEnvironment, ...outboundEnvironment, ...crawlEnvironment, ...databaseEnvironment, ...kafkaEnvironment, ...redisEnvironment });

class Crawler {}

await runHost(async (onClose) => {
  const settings = readEnvironment(environment);
  const sourcesYaml = await readNamedFile('TRADEWATCH_SOURCES', settings.TRADEWATCH_SOURCES);
  const module: DynamicModule = {
    module: Crawler,
    imports: [
      loggingModule({ level: settings.TRADEWATCH_LOG_LEVEL, pretty: process.stderr.isTTY, service: 'crawler' }),
      DatabaseModule.forRoot({ url: settings.DATABASE_URL }),
      MessagingModule.kafka(await kafkaOptions(settings, 'crawler'), { database: true }),
      JobsModule.redis(settings.REDIS_URL),
      IdentityModule.forRoot(),
      CrawlModule.forRoot({
        httpClient: createHttpClient({ allowPrivateNetworks: settings.TRADEWATCH_ALLOW_PRIVATE_NETWORKS, userAgent: userAgent(settings.TRADEWATCH_CONTACT) }),
        sourcesOrigin: settings.TRADEWATCH_SOURCES ?? 'the catalog',
        ...(sourcesYaml === undefined ? {} : { sourcesYaml }),
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
