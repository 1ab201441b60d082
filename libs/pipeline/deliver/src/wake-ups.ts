import { Inject, Injectable, Logger } from '@nestjs/common';
import { JobQueue, defineJob } from '@tradewatch/jobs';
import { z } from 'zod';
import { DELIVER_OPTIONS, type DeliverOptions } from './deliver-options.ts';
import { DeliveryQueueStore } from './delivery-queue.store.ts';

export const deliverChannelJob = defineJob('deliver-channel', z.object({ channelId: z.uuid() }));
export const deliverSweepJob = defineJob('deliver-sweep', z.record(z.string(), z.never()));

/** Within this time the process that knows of a delivery wakes for it itself; later ones go through the job queue. */
const ownTimerMs = 20_000;
/** A channel that another process is serving at this moment is not asked for in a tight loop. */
const shortestMs = 25;

/** Remembers when channels are next to be woken. Any of it may be lost: the sweeper finds what is due from the rows. */
@Injectable()
export class WakeUps {
  private readonly logger = new Logger('deliver');
  private readonly now: () => Date;
  private readonly timers = new Map<string, { at: number; timer: NodeJS.Timeout }>();
  private readonly enqueued = new Map<string, number>();
  private stopped = false;
  /** Called with each channel whose time has come. */
  onWake: (channelId: string) => void = () => undefined;

  constructor(
    @Inject(DELIVER_OPTIONS) options: DeliverOptions,
    private readonly queue: DeliveryQueueStore,
    private readonly jobs: JobQueue,
  ) {
    this.now = options.now ?? (() => new Date());
  }

  /** Sees to it, in the background, that these channels are woken when each next has something to send. */
  schedule(channelIds: readonly string[]): void {
    this.queue.nextWakes(channelIds).then(
      (wakes) => wakes.forEach(({ channelId, at }) => this.scheduleAt(channelId, at)),
      (error: unknown) => this.logger.warn({ err: error, channels: channelIds.length }, 'the next wake-ups are not known; the sweeper will do'),
    );
  }

  scheduleAt(channelId: string, at: Date): void {
    if (this.stopped) return;
    const wait = Math.max(at.getTime() - this.now().getTime(), shortestMs);
    if (wait <= ownTimerMs) this.setTimer(channelId, at.getTime(), wait);
    else this.enqueue(channelId, at);
  }

  stop(): void {
    this.stopped = true;
    for (const { timer } of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
  }

  private setTimer(channelId: string, at: number, wait: number): void {
    const known = this.timers.get(channelId);
    if (known && known.at <= at) return;
    if (known) clearTimeout(known.timer);
    const timer = setTimeout(() => {
      this.timers.delete(channelId);
      this.onWake(channelId);
    }, wait);
    timer.unref();
    this.timers.set(channelId, { at, timer });
  }

  private enqueue(channelId: string, at: Date): void {
    const known = this.enqueued.get(channelId);
    if (known !== undefined && known > this.now().getTime() && known <= at.getTime()) return;
    this.enqueued.set(channelId, at.getTime());
    this.jobs.enqueue(deliverChannelJob, { channelId }, { key: channelId, runAt: at })
      .catch((error: unknown) => this.logger.warn({ err: error, channelId }, 'a wake-up could not be queued; the sweeper will do'));
  }
}
