// Takes what is due and polls it, in every process that runs the crawl step: replicas share the work through leases in the database.
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { crawlOptions, type CrawlOptions } from '../crawl.options.ts';
import { HostGate } from '../host/host-gate.ts';
import { leaseTimes } from './held-lease.ts';
import { PollSource } from './poll-source.ts';
import { PollStore, type DuePoll } from './poll.store.ts';

const defaultConcurrency = 128;
/** What others may have made due meanwhile is found after so long at the latest. */
const longestIdleMs = 5_000;
const idleWhileBusyMs = 500;
const afterErrorMs = 5_000;

@Injectable()
export class PollLoop implements OnModuleDestroy {
  private readonly logger = new Logger('crawl');
  private readonly concurrency: number;
  private readonly stopping = new AbortController();
  private readonly active = new Set<Promise<void>>();
  private running: Promise<void> = Promise.resolve();
  private hasFailed = false;

  constructor(
    @Inject(crawlOptions) { concurrency = defaultConcurrency }: CrawlOptions,
    private readonly polls: PollStore,
    private readonly pollSource: PollSource,
    private readonly gate: HostGate,
    private readonly clock: Clock,
  ) {
    this.concurrency = concurrency;
  }

  /** Polls from now on until the module is destroyed. */
  start(): void {
    this.running = this.run();
  }

  /** Polls what is due now, and returns when nothing is. @returns how many polls it made. */
  async runDue(): Promise<number> {
    for (let made = 0; ; ) {
      const taken = await this.take();
      if (taken.length === 0) return made;
      made += taken.length;
      await Promise.all(taken.map((due) => this.pollSource.pollDue(due)));
      await this.gate.settled();
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    await this.running;
    await Promise.all(this.active);
    await this.gate.settled();
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      const mayBeMore = await this.startDue();
      // Half of the places at a time: fewer, larger statements.
      if (!mayBeMore) await this.idle();
      while (this.active.size > this.concurrency / 2) await Promise.race(this.active);
    }
  }

  /** Starts as many polls as there is room for. @returns whether there may be more. */
  private async startDue(): Promise<boolean> {
    try {
      const room = this.concurrency - this.active.size;
      const taken = await this.take(room);
      for (const due of taken) this.begin(due);
      this.hasFailed = false;
      return taken.length === room;
    } catch (error) {
      this.failed(error);
      await this.sleep(afterErrorMs);
      return true;
    }
  }

  private begin(due: DuePoll): void {
    const poll: Promise<void> = this.pollSource.pollDue(due).then(() => undefined, (error: unknown) => this.failed(error)).finally(() => this.active.delete(poll));
    this.active.add(poll);
  }

  private async idle(): Promise<void> {
    const at = this.clock.now();
    const longest = this.active.size > 0 ? idleWhileBusyMs : longestIdleMs;
    const next = await this.polls.nextDueAt(at, longest).catch(() => undefined);
    await this.sleep(next === undefined ? longest : Math.min(Math.max(next.getTime() - at.getTime(), 1), longest));
  }

  private take(most = this.concurrency): Promise<DuePoll[]> {
    return this.polls.takeDue(most, ...leaseTimes(this.clock));
  }

  private async sleep(ms: number): Promise<void> {
    await this.clock.sleep(ms, this.stopping.signal).catch(() => undefined);
  }

  /** The database is out: every row waits until it is back, and one line says so. */
  private failed(error: unknown): void {
    if (!this.hasFailed && !this.stopping.signal.aborted) this.logger.warn({ err: error }, 'sources cannot be polled for now');
    this.hasFailed = true;
  }
}
