import { randomUUID } from 'node:crypto';
import { Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import Bull, { type Job, type Queue } from 'bull';
import { JobQueue, type EnqueueOptions, type JobDefinition } from '../job-queue.ts';
import { runTraced, withTrace } from '../job-tracing.ts';
import { redisAddress } from './redis-address.ts';

/** A wake-up that Redis does not take in this time is given up: the sweeper finds the work, and no caller waits for an outage. */
const enqueueWithinMs = 2_000;

/** The scaled-out job queue: Bull on Redis, one Bull queue for each kind of job. Redis may lose everything: rows are the truth. */
export class BullQueue extends JobQueue implements BeforeApplicationShutdown {
  private readonly logger = new Logger('jobs');
  private readonly queues = new Map<string, Queue>();
  private readonly repeated = new Set<string>();
  private readonly timers: NodeJS.Timeout[] = [];
  /** Without its password. */
  private readonly address: string;
  private lastOutage = 0;

  constructor(private readonly redisUrl: string) {
    super();
    this.address = new URL(redisUrl).host;
  }

  async work<Data>(job: JobDefinition<Data>, handler: (data: Data) => Promise<void>, { concurrency = 1 } = {}): Promise<void> {
    // Not awaited: it resolves when the queue closes.
    void this.queue(job.name).process(concurrency, async (received: Job<unknown>) => {
      try {
        await runTraced(job.name, received.data, (given) => handler(job.schema.parse(given)), { repeated: this.repeated.has(job.name) });
      } catch (error) {
        this.logger.error({ job: job.name, jobId: received.id, err: error }, 'job failed');
      }
    }).catch((error: unknown) => this.outage(error));
  }

  async enqueue<Data>(job: JobDefinition<Data>, data: Data, { key, runAt }: EnqueueOptions = {}): Promise<void> {
    const payload = withTrace(data, runAt !== undefined);
    const delay = runAt ? Math.max(0, runAt.getTime() - Date.now()) : 0;
    await this.hint(async () => {
      const queue = this.queue(job.name);
      if (key !== undefined) {
        // A waiting job keeps its id taken. A delayed one gives way, so that the newest time holds.
        const waiting = await queue.getJob(key);
        if (await waiting?.isDelayed()) await waiting?.remove();
      }
      await queue.add(payload, { delay, removeOnComplete: true, removeOnFail: true, ...(key === undefined ? {} : { jobId: key }) });
    });
  }

  async repeat(job: JobDefinition<Record<string, never>>, seconds: number): Promise<void> {
    this.repeated.add(job.name);
    // Every replica asks; the time slot is the job's id, so that one of them is heard. Unlike Bull's own repeatable jobs,
    // which live in Redis alone, this goes on after Redis was flushed.
    const ask = (jobId: string): Promise<void> => this.hint(async () => {
      await this.queue(job.name).add({}, { jobId, removeOnComplete: { age: seconds * 2 }, removeOnFail: { age: seconds * 2 } });
    });
    this.timers.push(setInterval(() => void ask(`slot-${Math.floor(Date.now() / (seconds * 1_000))}`), seconds * 1_000));
    // A run of this process's own: the slot's may have ended with the process that it replaces.
    await ask(`start-${randomUUID()}`);
  }

  /** Stops fetching jobs and waits for those in hand, before transports and database close. */
  async beforeApplicationShutdown(): Promise<void> {
    this.timers.forEach(clearInterval);
    await Promise.all([...this.queues.values()].map((queue) => queue.close().catch(() => undefined)));
  }

  private queue(name: string): Queue {
    const existing = this.queues.get(name);
    if (existing) return existing;
    const queue = new Bull(name, {
      prefix: '{tradewatch}',
      redis: { ...redisAddress(this.redisUrl), maxRetriesPerRequest: null, enableReadyCheck: false, retryStrategy: (attempt: number) => Math.min(attempt * 200, 2_000) },
      settings: { lockDuration: 30_000, stalledInterval: 15_000, maxStalledCount: 5, drainDelay: 5 },
    });
    queue.on('error', (error) => this.outage(error));
    this.queues.set(name, queue);
    return queue;
  }

  private async hint(send: () => Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('Redis does not answer')), enqueueWithinMs);
    });
    const sent = send();
    sent.catch(() => undefined);
    await Promise.race([sent, late]).catch((error: unknown) => this.outage(error)).finally(() => clearTimeout(timer));
  }

  /** Redis is out: one line in half a minute; Bull goes on by itself when it is back. */
  private outage(error: unknown): void {
    if (Date.now() - this.lastOutage > 30_000) {
      const { code, message } = error as NodeJS.ErrnoException;
      this.logger.warn({ address: this.address }, `Redis at ${this.address} does not do its part (${code ?? message}): jobs wait, sweepers find what is due; start it, or see REDIS_URL`);
    }
    this.lastOutage = Date.now();
  }
}
