import 'reflect-metadata';
import type { DynamicModule } from '@nestjs/common';
import { runHost, startService } from '@tradewatch/api';
import { ClassifyModule } from '@tradewatch/classify';
import { httpEnvironment, kafkaEnvironment, readEnvironment } from '@tradewatch/config';
import { EventServer, kafkaOptions, MessagingModule } from '@tradewatch/messaging';
import { HealthModule, loggingModule, MetricsModule } from '@tradewatch/observability';
import { z } from 'zod';

const environment = z.object({ ...httpEnvironment, ...kafkaEnvironment });

class Classifier {}

/** Stateless: Kafka in, Kafka out, no database. */
await runHost(async (onClose) => {
  const settings = readEnvironment(environment);
  const module: DynamicModule = {
    module: Classifier,
    imports: [
      loggingModule({ level: settings.TRADEWATCH_LOG_LEVEL, pretty: process.stderr.isTTY, service: 'classifier' }),
      MessagingModule.kafka(await kafkaOptions(settings, 'classifier'), { database: false }),
      ClassifyModule,
      MetricsModule,
      HealthModule.forRoot([EventServer], (events: EventServer) => ({ live: [{ name: 'consumers', check: () => events.alive }], ready: [] })),
    ],
  };
  await startService(module, { host: settings.TRADEWATCH_HOST, port: settings.TRADEWATCH_PORT, onClose });
});
