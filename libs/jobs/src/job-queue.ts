import type { z } from 'zod';

/** A kind of job: its name and what its data look like. */
export interface JobDefinition<Data = unknown> {
  readonly name: string;
  readonly schema: z.ZodType<Data>;
}

export interface EnqueueOptions {
  /** At most one waiting job of a kind has a key: enqueueing it again while one waits adds nothing, or brings it forward. */
  readonly key?: string;
  /** Not before this time; at once when absent. */
  readonly runAt?: Date;
}

/**
 * Runs work outside the request or event that asked for it. A job is a wake-up, never the truth: handlers read what is
 * due from their own rows, may be woken twice or for nothing, and a sweeper finds what a lost queue forgot. A port,
 * because there are two queues: pg-boss on PostgreSQL and Bull on Redis.
 */
export abstract class JobQueue {
  /** Registers the one handler of a kind of job. A handler that throws is logged; its rows bring the work back. */
  abstract work<Data>(job: JobDefinition<Data>, handler: (data: Data) => Promise<void>, options?: { concurrency?: number }): Promise<void>;

  abstract enqueue<Data>(job: JobDefinition<Data>, data: Data, options?: EnqueueOptions): Promise<void>;

  /** Runs the job every `seconds`, once for all replicas, and once soon after start. Its data is an empty object. */
  abstract repeat(job: JobDefinition<Record<string, never>>, seconds: number): Promise<void>;
}

export function defineJob<Data>(name: string, schema: z.ZodType<Data>): JobDefinition<Data> {
  return { name, schema };
}
