// The deliver step as one process of it runs, put together by hand so that a test can have several, stop their clock and lose one of them.
import { randomUUID } from 'node:crypto';
import type { Database } from '@tradewatch/database';
import { AlertRaisedV1, type EventData, type EventEnvelope } from '@tradewatch/events';
import { createHttpClient } from '@tradewatch/http';
import { JobQueue, type EnqueueOptions, type JobDefinition } from '@tradewatch/jobs';
import { alertContent, type ContentOverrides } from './alert-content.fixture.ts';
import { AttemptRecorder } from './attempt-recorder.ts';
import type { DeliverOptions } from './deliver-options.ts';
import { DeliveryQueueStore } from './delivery-queue.store.ts';
import { Dispatcher } from './dispatcher.ts';
import { PlanDeliveries } from './plan-deliveries.ts';
import type { Mode, QuietHours } from './schedule.ts';
import { SendMessage } from './send-message.ts';
import { SweepDeliveries } from './sweep-deliveries.ts';
import { WakeUps } from './wake-ups.ts';

type AlertEvent = EventEnvelope<EventData<typeof AlertRaisedV1>>;

/** A job queue that only remembers: wake-ups may be lost, and a test says when one arrives. */
export class RememberedJobs extends JobQueue {
  readonly enqueued: { name: string; data: unknown; key?: string | undefined; runAt?: Date | undefined }[] = [];
  private readonly handlers = new Map<string, (data: unknown) => Promise<void>>();

  async work<Data>(job: JobDefinition<Data>, handler: (data: Data) => Promise<void>): Promise<void> {
    this.handlers.set(job.name, (data) => handler(job.schema.parse(data)));
  }

  async enqueue<Data>(job: JobDefinition<Data>, data: Data, { key, runAt }: EnqueueOptions = {}): Promise<void> {
    this.enqueued.push({ name: job.name, data, key, runAt });
  }

  async repeat(): Promise<void> {
    // A test sweeps when it wants to.
  }

  async run(name: string, data: unknown): Promise<void> {
    await this.handlers.get(name)!(data);
  }
}

export interface DeliverProcess {
  readonly queue: DeliveryQueueStore;
  readonly dispatcher: Dispatcher;
  readonly jobs: RememberedJobs;
  readonly sendMessage: SendMessage;
  plan(events: readonly AlertEvent[]): Promise<void>;
  /** Sweeps once and waits until what was due is done. */
  sweep(): Promise<void>;
  stop(): Promise<void>;
}

export async function deliverProcess(database: Database, overrides: Partial<DeliverOptions> = {}): Promise<DeliverProcess> {
  const httpClient = createHttpClient({ allowPrivateNetworks: true, userAgent: 'tradewatch-test' });
  const options: DeliverOptions = { httpClient, publicUrl: 'https://tradewatch.example', allowPrivateNetworks: true, ...overrides };
  const queue = new DeliveryQueueStore(database);
  const jobs = new RememberedJobs();
  const wakeUps = new WakeUps(options, queue, jobs);
  const sendMessage = new SendMessage(options);
  const dispatcher = new Dispatcher(options, queue, sendMessage, new AttemptRecorder(queue), wakeUps);
  const planDeliveries = new PlanDeliveries(options, queue, dispatcher, wakeUps);
  const sweeper = new SweepDeliveries(options, jobs, queue, dispatcher);
  await sweeper.onApplicationBootstrap();
  return {
    queue, dispatcher, jobs, sendMessage,
    plan: (events) => planDeliveries.run(events),
    async sweep() {
      await sweeper.run();
      await dispatcher.settled();
    },
    async stop() {
      await dispatcher.beforeApplicationShutdown();
      await httpClient.close();
    },
  };
}

export interface SubscriptionOverrides {
  readonly mode?: Mode;
  readonly quietHours?: QuietHours;
  readonly name?: string;
  readonly userId?: string;
}

/** A subscription row, as the match step writes it. */
export async function subscriptionRow(database: Database, { mode = { type: 'instant' }, quietHours, name = 'Trucks', userId = randomUUID() }: SubscriptionOverrides = {}): Promise<string> {
  const { id } = await database.subscription.create({ data: { userId, name, filter: { sectors: ['automotive'] }, mode, ...(quietHours ? { quietHours } : {}) } });
  return id;
}

export async function channelRow(database: Database, webhookUrl: string, userId: string = randomUUID()): Promise<string> {
  const { id } = await database.channel.create({ data: { userId, name: 'Desk', type: 'slack', settings: { webhookUrl }, nextSendAt: new Date(0) } });
  return id;
}

/** An alert row and its event, as the match step makes them. */
export async function raisedAlert(database: Database, subscriptionId: string, channelIds: readonly string[], content: ContentOverrides = {}): Promise<AlertEvent> {
  const { alertId, storyId, articleId } = { alertId: randomUUID(), storyId: randomUUID(), articleId: randomUUID() };
  const raisedAt = new Date();
  await database.alert.create({
    data: { id: alertId, subscriptionId, storyId, articleId, cause: 'first', developments: ['tariff:in-effect'], content: alertContent(content), raisedAt },
  });
  const data = { alertId, subscriptionId, storyId, articleId, channelIds: [...channelIds], developments: [{ kind: 'tariff' as const, stage: 'in-effect' as const }], raisedAt: raisedAt.toISOString() };
  return { id: alertId, topic: AlertRaisedV1.topic, key: subscriptionId, occurredAt: raisedAt, data };
}
