import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ArchiveModule } from '@tradewatch/archive';
import { ClassifyModule } from '@tradewatch/classify';
import { CrawlModule, type CrawlOptions } from '@tradewatch/crawl';
import { Database, DatabaseModule } from '@tradewatch/database';
import { DeliverModule } from '@tradewatch/deliver';
import type { HttpClient } from '@tradewatch/http';
import { IdentityModule, SessionGuard } from '@tradewatch/identity';
import { JobsModule } from '@tradewatch/jobs';
import { MatchModule } from '@tradewatch/match';
import { EventServer, MessagingModule } from '@tradewatch/messaging';
import { databaseCheck, HealthModule, loggingModule, MetricsModule, type LoggingOptions } from '@tradewatch/observability';

export interface AllInOneOptions {
  readonly databaseUrl: string;
  readonly eventLogRetentionMs: number;
  readonly publicUrl: string;
  readonly allowPrivateNetworks: boolean;
  readonly adminPassword: string | undefined;
  readonly httpClient: HttpClient;
  readonly sources: Pick<CrawlOptions, 'sourcesYaml' | 'sourcesOrigin'>;
  readonly logging: LoggingOptions;
}

/** Every step in one process, on the embedded substrate. */
export function allInOne(options: AllInOneOptions): DynamicModule {
  const { databaseUrl, publicUrl, allowPrivateNetworks, adminPassword, httpClient } = options;
  return {
    module: AllInOne,
    imports: [
      loggingModule(options.logging),
      DatabaseModule.forRoot({ url: databaseUrl, poolSize: 20, relaxedEffects: true }),
      MessagingModule.embedded({ retentionMs: options.eventLogRetentionMs }),
      JobsModule.embedded(),
      IdentityModule.forRoot({ adminPassword }),
      CrawlModule.forRoot({ httpClient, ...options.sources }),
      ClassifyModule,
      ArchiveModule,
      MatchModule,
      DeliverModule.forRoot({ httpClient, publicUrl, allowPrivateNetworks }),
      MetricsModule,
      HealthModule.forRoot([Database, EventServer], (database: Database, events: EventServer) => ({
        live: [{ name: 'consumers', check: () => events.alive }],
        ready: [databaseCheck(database)],
      })),
    ],
    providers: [{ provide: APP_GUARD, useExisting: SessionGuard }],
  };
}

class AllInOne {}
