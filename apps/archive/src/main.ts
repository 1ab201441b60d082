import 'reflect-metadata';
import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { runHost, startService } from '@tradewatch/api';
import { ArchiveModule } from '@tradewatch/archive';
import { databaseEnvironment, httpEnvironment, identityEnvironment, kafkaEnvironment, readEnvironment } from '@tradewatch/config';
import { Database, DatabaseModule } from '@tradewatch/database';
import { Identity, IdentityModule, SessionGuard } from '@tradewatch/identity';
import { EventServer, kafkaOptions, MessagingModule } from '@tradewatch/messaging';
import { databaseCheck, HealthModule, loggingModule, MetricsModule } from '@tradewatch/observability';
import { z } from 'zod';

const environment = z.object({ ...httpEnvironment, ...identityEnvironment, ...databaseEnvironment, ...kafkaEnvironment });

class Archive {}

/** The archive also signs people in. */
await runHost(async (onClose) => {
  const settings = readEnvironment(environment);
  const module: DynamicModule = {
    module: Archive,
    imports: [
      loggingModule({ level: settings.TRADEWATCH_LOG_LEVEL, pretty: process.stderr.isTTY, service: 'archive' }),
      DatabaseModule.forRoot({ url: settings.DATABASE_URL }),
      MessagingModule.kafka(await kafkaOptions(settings, 'archive'), { database: true }),
      IdentityModule.forRoot({ adminPassword: settings.TRADEWATCH_ADMIN_PASSWORD }),
      ArchiveModule,
      MetricsModule,
      HealthModule.forRoot([Database, EventServer], (database: Database, events: EventServer) => ({
        live: [{ name: 'consumers', check: () => events.alive }], ready: [databaseCheck(database)],
      })),
    ],
    providers: [{ provide: APP_GUARD, useExisting: SessionGuard }],
  };
  await startService(module, {
    host: settings.TRADEWATCH_HOST, port: settings.TRADEWATCH_PORT, onClose,
    beforeListen: async (app) => {
      const { email, password } = await app.get(Identity).ensureAdmin();
      if (password) process.stdout.write(`sign in: ${email}  ${password}\n`);
    },
  });
});
