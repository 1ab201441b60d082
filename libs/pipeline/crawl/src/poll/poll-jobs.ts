// Ties polling to the job queue: a sweep every ten seconds wakes what is due; the end of one poll wakes the next of its host.
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { JobQueue, defineJob } from '@tradewatch/jobs';
import { z } from 'zod';
import { crawlOptions, type CrawlOptions } from '../crawl.options.ts';
import { LoadCatalog } from '../source/load-catalog.ts';
import { SourceStore } from '../source/source.store.ts';
import { pollMetrics } from './poll-metrics.ts';
import { PollSource } from './poll-source.ts';

export const sweepSourcesJob = defineJob('sweep-sources', z.record(z.string(), z.never()));
export const pollSourceJob = defineJob('poll-source', z.object({ sourceId: z.string() }));

const sweepEverySeconds = 10;
const defaultHostGapMs = 1000;
const defaultConcurrency = 8;

@Injectable()
export class PollJobs implements OnApplicationBootstrap {
  private readonly logger = new Logger('crawl');

  constructor(
    @Inject(crawlOptions) private readonly options: CrawlOptions,
    private readonly jobs: JobQueue,
    private readonly sources: SourceStore,
    private readonly pollSource: PollSource,
    private readonly catalog: LoadCatalog,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.catalog.load();
    await this.jobs.work(pollSourceJob, ({ sourceId }) => this.poll(sourceId), { concurrency: this.options.concurrency ?? defaultConcurrency });
    await this.jobs.work(sweepSourcesJob, () => this.sweep());
    await this.jobs.repeat(sweepSourcesJob, sweepEverySeconds);
  }

  private async sweep(): Promise<void> {
    const due = await this.sources.due(new Date());
    for (const sourceId of due) await this.wake(sourceId);
    pollMetrics.overdue.set(due.length);
    for (const { state, count } of await this.sources.countByState()) pollMetrics.sources.set({ state }, count);
    if (due.length > 0) this.logger.debug({ sources: due.length }, 'sources due');
  }

  private async poll(sourceId: string): Promise<void> {
    const { outcome } = await this.pollSource.pollDue(sourceId);
    // Somebody else has the host, and will wake the next; a closing process leaves it to the sweep.
    if (outcome === 'busy' || outcome === 'aborted') return;
    const next = await this.sources.nextOfSameHost(sourceId, new Date());
    if (next !== undefined) await this.wake(next, new Date(Date.now() + (this.options.hostGapMs ?? defaultHostGapMs)));
  }

  private async wake(sourceId: string, runAt?: Date): Promise<void> {
    await this.jobs.enqueue(pollSourceJob, { sourceId }, { key: sourceId, ...(runAt ? { runAt } : {}) });
  }
}
