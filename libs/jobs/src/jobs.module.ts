import { Module, type DynamicModule } from '@nestjs/common';
import { JobQueue } from './job-queue.ts';
import { PgBossQueue } from './postgres/pg-boss-queue.ts';

@Module({})
export class JobsModule {
  static embedded(): DynamicModule {
    return { module: JobsModule, global: true, providers: [{ provide: JobQueue, useClass: PgBossQueue }], exports: [JobQueue] };
  }
}
