import { Module, type DynamicModule } from '@nestjs/common';
import { Database } from '@tradewatch/database';
import { BullQueue } from './bull/bull-queue.ts';
import { JobQueue } from './job-queue.ts';
import { PgBossQueue } from './postgres/pg-boss-queue.ts';

/** The job queue: on the database itself, or on Redis when it is given. */
@Module({})
export class JobsModule {
  static embedded(): DynamicModule {
    return provideQueue({ provide: JobQueue, inject: [Database], useFactory: (database: Database) => new PgBossQueue(database) });
  }

  static redis(url: string): DynamicModule {
    return provideQueue({ provide: JobQueue, useFactory: () => new BullQueue(url) });
  }
}

function provideQueue(provider: { provide: typeof JobQueue; inject?: [typeof Database]; useFactory: (database: Database) => JobQueue }): DynamicModule {
  return { module: JobsModule, global: true, providers: [provider], exports: [JobQueue] };
}
