// Takes pages that are due and reads them, beside the polls and never before them: replicas share the work through leases in the database.
import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Clock } from '../clock.ts';
import { HostGate } from '../host/host-gate.ts';
import { PageStore, type DuePage } from './page.store.ts';
import { pageMetrics } from './page-metrics.ts';
import { ReadPage } from './read-page.ts';

/** Few at a time: taking a page apart keeps the processor for a moment, and alerts must not wait for it. */
const concurrency = 4;
const idleMs = 1_000;
const afterErrorMs = 10_000;
/** Longer than any visit may take; a page whose reader was killed is due again after it. */
const leaseMs = 180_000;

@Injectable()
export class PageLoop implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('crawl');
  private readonly stopping = new AbortController();
  private readonly active = new Set<Promise<void>>();
  private running: Promise<void> = Promise.resolve();
  private hasFailed = false;

  constructor(private readonly pages: PageStore, private readonly readPage: ReadPage, private readonly gate: HostGate, private readonly clock: Clock) {}

  onApplicationBootstrap(): void {
    this.running = this.run();
  }

  /** Reads what is due now, and returns when nothing is. @returns how many visits it made. */
  async runDue(): Promise<number> {
    for (let made = 0; ; ) {
      await this.gate.settled();
      const taken = await this.take(concurrency);
      if (taken.length === 0) return made;
      made += taken.length;
      await Promise.all(taken.map((page) => this.readPage.read(page)));
    }
  }

  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    this.readPage.onModuleDestroy();
    await this.running;
    await Promise.all(this.active);
    await this.gate.settled();
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        for (const page of await this.take(concurrency - this.active.size)) this.begin(page);
        pageMetrics.waiting.set(await this.pages.countWaiting());
        this.hasFailed = false;
        await this.sleep(idleMs);
      } catch (error) {
        this.failed(error);
        await this.sleep(afterErrorMs);
      }
    }
  }

  private begin(page: DuePage): void {
    const visit: Promise<void> = this.readPage.read(page).then(() => undefined, (error: unknown) => this.failed(error)).finally(() => this.active.delete(visit));
    this.active.add(visit);
  }

  private async take(most: number): Promise<DuePage[]> {
    const at = this.clock.now();
    return most <= 0 ? [] : this.pages.takeDue(most, at, new Date(at.getTime() + leaseMs));
  }

  private async sleep(ms: number): Promise<void> {
    await this.clock.sleep(ms, this.stopping.signal).catch(() => undefined);
  }

  /** The database is out: every row waits until it is back, and one line says so. */
  private failed(error: unknown): void {
    if (!this.hasFailed && !this.stopping.signal.aborted) this.logger.warn({ err: error }, 'pages of articles cannot be read for now');
    this.hasFailed = true;
  }
}
