import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { JobQueue } from '@tradewatch/jobs';
import { DELIVER_OPTIONS, type DeliverOptions } from './deliver-options.ts';
import { DeliveryQueueStore } from './delivery-queue.store.ts';
import { Dispatcher } from './dispatcher.ts';
import { deliverChannelJob, deliverSweepJob } from './wake-ups.ts';

const everySeconds = 15;

/** Finds what is due from the rows, whatever became of its wake-up: lost queue, restart, process killed while sending. */
@Injectable()
export class SweepDeliveries implements OnApplicationBootstrap {
  private readonly now: () => Date;

  constructor(
    @Inject(DELIVER_OPTIONS) options: DeliverOptions,
    private readonly jobs: JobQueue,
    private readonly queue: DeliveryQueueStore,
    private readonly dispatcher: Dispatcher,
  ) {
    this.now = options.now ?? (() => new Date());
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.jobs.work(deliverChannelJob, async ({ channelId }) => this.dispatcher.wake([channelId]));
    await this.jobs.work(deliverSweepJob, () => this.run());
    await this.jobs.repeat(deliverSweepJob, everySeconds);
  }

  /** Looks ahead to the next sweep: what falls due before it gets a timer. */
  async run(): Promise<void> {
    this.dispatcher.wake(await this.queue.channelsWithDue(new Date(this.now().getTime() + everySeconds * 1_000)));
  }
}
