import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Database } from '@tradewatch/database';
import { PgBoss } from 'pg-boss';
import { JobQueue, type EnqueueOptions, type JobDefinition } from '../job-queue.ts';
import { runTraced, withTrace } from '../job-tracing.ts';

/** Delayed jobs are found by polling, the others announce themselves by NOTIFY: the longest a due job waits, seconds. */
const pollSeconds = 3;

/** The embedded job queue: pg-boss in a schema of its own on the same PostgreSQL. */
@Injectable()
export class PgBossQueue extends JobQueue implements BeforeApplicationShutdown {
  private readonly logger = new Logger('jobs');
  private readonly boss: PgBoss;
  private readonly timers: NodeJS.Timeout[] = [];
  private readonly queues = new Map<string, Promise<void>>();
  private readonly repeated = new Set<string>();
  private started: Promise<unknown> | undefined;

  constructor(database: Database) {
    super();
    this.boss = new PgBoss({
      connectionString: database.url, schema: 'jobs', application_name: 'tradewatch-jobs', max: 6, useListenNotify: true, schedule: false,
      monitorVacuum: false, reindex: false,
      // Jobs have spans of ours, the same on both queues (job-tracing.ts).
      openTelemetry: { enabled: false },
    });
    // pg-boss goes on by itself when the database is back; an outage is one line, not one a second.
    let lastOutage = 0;
    this.boss.on('error', (error) => {
      if (Date.now() - lastOutage > 30_000) this.logger.warn({ err: error }, 'the job queue has trouble with its database');
      lastOutage = Date.now();
    });
  }

  async work<Data>(job: JobDefinition<Data>, handler: (data: Data) => Promise<void>, { concurrency = 1 } = {}): Promise<void> {
    await this.queue(job.name);
    const options = { localConcurrency: concurrency, batchSize: 1, pollingIntervalSeconds: pollSeconds, notifyPollingIntervalSeconds: pollSeconds };
    await this.boss.work<unknown>(job.name, options, async ([received]) => {
      if (!received) return;
      try {
        await runTraced(job.name, received.data, (given) => handler(job.schema.parse(given)), { repeated: this.repeated.has(job.name) });
      } catch (error) {
        this.logger.error({ job: job.name, jobId: received.id, err: error }, 'job failed');
      }
    });
  }

  async enqueue<Data>(job: JobDefinition<Data>, data: Data, { key, runAt }: EnqueueOptions = {}): Promise<void> {
    await this.queue(job.name);
    const timing = runAt ? { startAfter: runAt } : {};
    const payload = withTrace(data, runAt !== undefined);
    if (key === undefined) await this.boss.send(job.name, payload, timing);
    else await this.boss.upsert(job.name, payload, { singletonKey: key, startAfter: runAt ?? new Date() });
  }

  async repeat(job: JobDefinition<Record<string, never>>, seconds: number): Promise<void> {
    this.repeated.add(job.name);
    await this.queue(job.name);
    // Every replica asks, one job a time slot is taken.
    const ask = (): void => {
      this.boss.send(job.name, {}, { singletonSeconds: seconds }).catch((error: unknown) => this.logger.debug({ job: job.name, err: error }, 'a repeated job could not be asked for'));
    };
    await this.boss.send(job.name, {});
    this.timers.push(setInterval(ask, seconds * 1_000));
  }

  /** Stops fetching jobs and waits for those in hand, before transports and database close. */
  async beforeApplicationShutdown(): Promise<void> {
    this.timers.forEach(clearInterval);
    if (!this.started) return;
    await this.started.catch(() => undefined);
    await this.boss.stop({ graceful: true, timeout: 8_000 });
  }

  /** Starts pg-boss at first use and makes the queue once. */
  private async queue(name: string): Promise<void> {
    this.started ??= this.boss.start();
    await this.started;
    const made = this.queues.get(name) ?? this.boss.createQueue(name, { policy: 'standard', notify: true, retryLimit: 0, expireInSeconds: 600, deleteAfterSeconds: 3_600 });
    this.queues.set(name, made);
    await made;
  }
}
