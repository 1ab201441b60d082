// Starts polling with the process, and has one replica count how the sources are doing.
import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { JobQueue, defineJob } from '@tradewatch/jobs';
import { z } from 'zod';
import { Clock } from '../clock.ts';
import { LoadCatalog } from '../source/load-catalog.ts';
import { silenceCodes, silenceOf } from '../source/source.ts';
import { PollLoop } from './poll-loop.ts';
import { pollMetrics } from './poll-metrics.ts';
import { PollStore } from './poll.store.ts';

export const countSourcesJob = defineJob('count-sources', z.record(z.string(), z.never()));

const countEverySeconds = 10;

@Injectable()
export class PollJobs implements OnApplicationBootstrap {
  constructor(
    private readonly jobs: JobQueue,
    private readonly polls: PollStore,
    private readonly loop: PollLoop,
    private readonly catalog: LoadCatalog,
    private readonly clock: Clock,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.catalog.load();
    this.loop.start();
    await this.jobs.work(countSourcesJob, () => this.count());
    await this.jobs.repeat(countSourcesJob, countEverySeconds);
  }

  private async count(): Promise<void> {
    pollMetrics.due.set(await this.polls.countDue(this.clock.now()));
    const { states, sources } = await this.polls.health();
    for (const { state, count } of states) pollMetrics.sources.set({ state }, count);
    const silences = sources.map(silenceOf);
    for (const code of silenceCodes) pollMetrics.silent.set({ code }, silences.filter((each) => each === code).length);
  }
}
