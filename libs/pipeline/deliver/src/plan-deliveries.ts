import { Inject, Injectable, Logger } from '@nestjs/common';
import type { AlertRaisedV1, EventData, EventEnvelope } from '@tradewatch/events';
import { DELIVER_OPTIONS, type DeliverOptions } from './deliver-options.ts';
import { DeliveryQueueStore, type AlertToDeliver, type PlannedDelivery } from './delivery-queue.store.ts';
import { Dispatcher } from './dispatcher.ts';
import { dueTime, modeSchema, quietHoursSchema } from './schedule.ts';
import { WakeUps } from './wake-ups.ts';

type AlertEvent = EventEnvelope<EventData<typeof AlertRaisedV1>>;

/** Makes a delivery for each (alert, channel), due as the subscription wishes, and has what is due sent at once. */
@Injectable()
export class PlanDeliveries {
  private readonly logger = new Logger('deliver');
  private readonly now: () => Date;

  constructor(
    @Inject(DELIVER_OPTIONS) options: DeliverOptions,
    private readonly queue: DeliveryQueueStore,
    private readonly dispatcher: Dispatcher,
    private readonly wakeUps: WakeUps,
  ) {
    this.now = options.now ?? (() => new Date());
  }

  /** The same alerts again add nothing. An alert whose subscription is gone is delivered to nobody. */
  async run(events: readonly AlertEvent[]): Promise<void> {
    const now = this.now();
    const raised = new Map(events.map((event) => [event.data.alertId, event]));
    const planned = (await this.queue.toDeliver([...raised.keys()])).map((alert) => this.plan(alert, raised.get(alert.alertId)!, now));
    if (planned.length === 0) return;
    const added = await this.queue.add(planned);
    this.dispatcher.wake(added.filter(({ dueAt }) => dueAt <= now).map(({ channelId }) => channelId));
    const later = Map.groupBy(added.filter(({ dueAt }) => dueAt > now), ({ channelId }) => channelId);
    for (const [channelId, times] of later) this.wakeUps.scheduleAt(channelId, new Date(Math.min(...times.map(({ dueAt }) => dueAt.getTime()))));
  }

  private plan({ alertId, subscriptionId, mode, quietHours }: AlertToDeliver, { data: { channelIds }, traceparent, tracestate }: AlertEvent, now: Date): PlannedDelivery {
    return { alertId, subscriptionId, channelIds, traceparent, tracestate, ...this.due(subscriptionId, mode, quietHours, now) };
  }

  private due(subscriptionId: string, mode: unknown, quietHours: unknown, now: Date): { dueAt: Date; digest: boolean } {
    try {
      return dueTime(now, modeSchema.parse(mode), quietHours === null ? null : quietHoursSchema.parse(quietHours));
    } catch (error) {
      // Told too early is better than never.
      this.logger.error({ err: error, subscriptionId }, 'a subscription says unreadably when to deliver; its alert goes out at once');
      return { dueAt: now, digest: false };
    }
  }
}
