import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { faultPoint } from '@tradewatch/messaging';
import { AttemptRecorder } from './attempt-recorder.ts';
import { DELIVER_OPTIONS, type DeliverOptions } from './deliver-options.ts';
import { deliveryMetrics } from './delivery-metrics.ts';
import { deliverTraced } from './delivery-tracing.ts';
import { DeliveryQueueStore, type ClaimedMessage, type FinishedAttempt } from './delivery-queue.store.ts';
import { timeThatHoldsUntil } from './rate-limit.ts';
import { judge } from './retry-policy.ts';
import { SendMessage } from './send-message.ts';
import type { SendResult } from './send-result.ts';
import { WakeUps } from './wake-ups.ts';

/** A process is expected to end within ten seconds of being asked to. */
const shutdownMs = 6_000;

/**
 * Sends what is due to the channels it is woken for: one message at a time to a channel, many channels at once, so that a
 * slow one keeps nobody waiting. All channels woken meanwhile are claimed in one statement.
 */
@Injectable()
export class Dispatcher implements BeforeApplicationShutdown {
  private readonly logger = new Logger('deliver');
  private readonly now: () => Date;
  private readonly parallelChannels: number;
  private readonly woken = new Set<string>();
  private readonly sending = new Map<string, Promise<void>>();
  private claiming = false;
  private claims: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    @Inject(DELIVER_OPTIONS) options: DeliverOptions,
    private readonly queue: DeliveryQueueStore,
    private readonly sendMessage: SendMessage,
    private readonly recorder: AttemptRecorder,
    private readonly wakeUps: WakeUps,
  ) {
    this.now = options.now ?? (() => new Date());
    this.parallelChannels = options.parallelChannels ?? 64;
    this.wakeUps.onWake = (channelId) => this.wake([channelId]);
  }

  /** Has these channels looked at soon; returns at once. */
  wake(channelIds: Iterable<string>): void {
    for (const id of channelIds) this.woken.add(id);
    if (!this.claiming && !this.stopped) this.claims = this.claimAll();
  }

  /** Resolves when nothing that was due is left to do for the channels woken so far. */
  async settled(): Promise<void> {
    while (this.claiming || this.sending.size > 0) await Promise.all([this.claims, ...this.sending.values()]);
  }

  /**
   * Lets messages under way finish, though not those of a receiver that takes its time: their claims run out, and another
   * process or the next start sends them under the same key. What was not begun stays due.
   */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    this.wakeUps.stop();
    await Promise.race([this.settled(), delay(shutdownMs, undefined, { ref: false })]);
  }

  private async claimAll(): Promise<void> {
    this.claiming = true;
    for (let channels = this.nextChannels(); channels.length > 0 && !this.stopped; channels = this.nextChannels()) {
      try {
        const claimed = await this.queue.claim(channels, this.now());
        for (const message of claimed) this.begin(message);
        const idle = channels.filter((id) => !this.sending.has(id));
        if (idle.length > 0) this.wakeUps.schedule(idle);
      } catch (error) {
        this.logger.warn({ err: error, channels: channels.length }, 'due deliveries could not be claimed; the sweeper will find them');
      }
    }
    this.claiming = false;
  }

  private nextChannels(): string[] {
    const channels: string[] = [];
    for (const id of this.woken) {
      if (this.sending.size + channels.length >= this.parallelChannels) break;
      if (!this.sending.has(id)) channels.push(id);
    }
    for (const id of channels) this.woken.delete(id);
    return channels;
  }

  private begin(message: ClaimedMessage): void {
    const { channelId } = message;
    const work = this.deliver(message)
      .catch((error: unknown) => this.logger.error({ err: error, channelId }, 'what came of a delivery could not be recorded; it will be sent again under the same key'))
      .finally(() => {
        this.sending.delete(channelId);
        this.wake([channelId]);
      });
    this.sending.set(channelId, work);
  }

  private async deliver(message: ClaimedMessage): Promise<void> {
    const startedAt = this.now();
    faultPoint('deliver.after-claim');
    const result = await deliverTraced(message, () => this.sendMessage.send(message));
    faultPoint('deliver.after-post');
    const attempts = attemptsOf(message, result, startedAt, this.now());
    await this.recorder.record(attempts);
    faultPoint('deliver.after-mark-sent');
    deliveryMetrics.duration.observe((attempts[0]!.finishedAt.getTime() - startedAt.getTime()) / 1000);
    for (const { deliveryId, channelId, attempt, state, dueAt, errorCode, message: detail } of attempts) {
      deliveryMetrics.attempts.inc({ outcome: state === 'pending' ? 'retry' : state });
      if (state === 'sent') this.logger.log({ deliveryId, channelId, attempt }, 'alert delivered');
      else this.logger.warn({ deliveryId, channelId, attempt, errorCode, dueAt, detail }, state === 'dead' ? 'delivery given up' : 'delivery failed, to be tried again');
    }
  }
}

function attemptsOf(message: ClaimedMessage, result: SendResult, startedAt: Date, finishedAt: Date): FinishedAttempt[] {
  const random = Math.random();
  return message.deliveries.map(({ id, attempt }) => {
    const verdict = judge(result, attempt, random);
    const later = (ms: number): Date => new Date(finishedAt.getTime() + ms);
    return {
      deliveryId: id,
      channelId: message.channelId,
      attempt,
      leaseUntil: message.leaseUntil,
      startedAt,
      finishedAt,
      state: verdict.state,
      dueAt: verdict.state === 'pending' ? later(verdict.delayMs) : null,
      holdUntil: verdict.state === 'pending' ? later(verdict.holdMs) : null,
      channelTime: verdict.state === 'pending' && result.httpStatus === 429 ? timeThatHoldsUntil(later(verdict.holdMs)) : null,
      httpStatus: result.httpStatus ?? null,
      errorCode: result.outcome === 'sent' ? null : result.errorCode,
      message: result.outcome === 'sent' ? null : result.message.toWellFormed().replaceAll('\0', ''),
    };
  });
}
