import type { Consumer as KafkaConsumer, EachBatchPayload } from 'kafkajs';
import type { DeadLetterQueue } from '../dead-letter-queue.ts';
import { backoffMs } from '../delivery-policy.ts';
import { eventMetrics } from '../event-metrics.ts';
import { EventServer, type Consumer } from '../event-server.ts';
import { faultPoint } from '../fault-point.ts';
import { connect, type KafkaOptions } from './kafka-connection.ts';
import { fromMessage } from './kafka-message.ts';

/** Events handed to a handler at a time. */
const listSize = 100;
const defaultSessionTimeoutMs = 20_000;

/** The partition was given to another member while its events were in hand: they are its business now. */
class PartitionRevoked extends Error {}

/**
 * The scaled-out transport. Nothing may reach kafkajs as a thrown error: a TypeError there would stop the consumer while
 * the process lives. Offsets are committed after the effect, or the dead letter, is durable.
 */
export class KafkaEventServer extends EventServer {
  private readonly running: { readonly group: string; readonly consumer: KafkaConsumer; stopped: boolean }[] = [];
  /** How often in a row the event at the head of a partition has had to wait. */
  private readonly waits = new Map<string, number>();
  private readonly sessionTimeoutMs: number;
  private readonly heartbeatMs: number;
  private closing = false;

  constructor(private readonly options: KafkaOptions, deadLetters: DeadLetterQueue) {
    super(deadLetters);
    this.sessionTimeoutMs = options.sessionTimeoutMs ?? defaultSessionTimeoutMs;
    this.heartbeatMs = Math.round(this.sessionTimeoutMs / 7);
  }

  get alive(): boolean {
    return this.closing || this.running.every(({ stopped }) => !stopped);
  }

  override listen(callback: (error?: unknown) => void): void {
    this.start().then(() => callback(), callback);
  }

  /** Stops fetching, finishes what is in hand, leaves the groups. */
  override async close(): Promise<void> {
    this.closing = true;
    await Promise.all(this.running.map(({ consumer }) => consumer.disconnect()));
  }

  private async start(): Promise<void> {
    const byGroup = Map.groupBy(this.consumers(), ({ subscription }) => subscription.group);
    await Promise.all([...byGroup].map(([group, consumers]) => this.join(group, consumers)));
  }

  private async join(group: string, consumers: readonly Consumer[]): Promise<void> {
    const byTopic = new Map(consumers.map((consumer) => [consumer.subscription.definition.topic, consumer]));
    const consumer = connect(this.options).consumer({
      groupId: `tradewatch-${group}`, sessionTimeout: this.sessionTimeoutMs, heartbeatInterval: this.heartbeatMs, maxWaitTimeInMs: 500, rebalanceTimeout: 30_000,
      // Whatever stops a consumer, it starts again; liveness tells when it does not.
      retry: { initialRetryTime: 200, maxRetryTime: 5_000, retries: 10, restartOnFailure: async () => !this.closing },
    });
    const member = { group, consumer, stopped: false };
    this.running.push(member);
    let generation = 0;
    consumer.on(consumer.events.REBALANCING, () => (generation += 1));
    consumer.on(consumer.events.GROUP_JOIN, () => {
      generation += 1;
      member.stopped = false;
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => {
      member.stopped = !payload.restart;
      this.log.warn({ group, err: payload.error, restart: payload.restart }, 'the consumer failed');
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [...byTopic.keys()], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: 4,
      eachBatch: async (payload) => {
        const joined = generation;
        const held = (): boolean => generation === joined && payload.isRunning() && !payload.isStale() && !this.closing;
        try {
          await this.handleBatch(byTopic.get(payload.batch.topic)!, consumer, payload, held);
        } catch (error) {
          if (error instanceof PartitionRevoked) return;
          // Its offsets are not committed: the broker hands the events out again.
          this.log.warn({ group, topic: payload.batch.topic, partition: payload.batch.partition, err: error }, 'a batch could not be finished; it comes again');
          this.wait(consumer, payload.batch.topic, payload.batch.partition);
        }
      },
    });
  }

  private async handleBatch(handler: Consumer, consumer: KafkaConsumer, { batch, heartbeat, resolveOffset }: EachBatchPayload, held: () => boolean): Promise<void> {
    const { topic, partition } = batch;
    const { group } = handler.subscription;
    eventMetrics.lag.set({ group, topic, partition: String(partition) }, Number(batch.offsetLag()));
    // The group must hear from us while a handler works, however long that takes.
    const beat = setInterval(() => void heartbeat().catch(() => undefined), this.heartbeatMs);
    try {
      for (let from = 0; from < batch.messages.length; from += listSize) {
        const events = batch.messages.slice(from, from + listSize).map((message) => fromMessage(topic, partition, message));
        const beforeTry = async (): Promise<void> => {
          if (!held()) throw new PartitionRevoked();
        };
        faultPoint(`${group}.after-fetch`);
        const outcome = await this.process(handler, events, { beforeTry });
        if (outcome.done > 0) {
          faultPoint(`${group}.before-offset-commit`);
          const last = events[outcome.done - 1]!.offset;
          await consumer.commitOffsets([{ topic, partition, offset: String(last + 1n) }]);
          faultPoint(`${group}.after-offset-commit`);
          resolveOffset(String(last));
          this.waits.delete(`${group}:${topic}:${partition}`);
        }
        if (outcome.waiting !== undefined) {
          this.log.warn({ group, topic, partition, offset: String(events[outcome.done]!.offset), err: outcome.waiting }, 'partition waits: what it depends on is out');
          this.wait(consumer, topic, partition, group);
          return;
        }
      }
    } finally {
      clearInterval(beat);
    }
  }

  /** Pauses one partition, longer each time in a row; the others go on, and heartbeats with them. */
  private wait(consumer: KafkaConsumer, topic: string, partition: number, group = ''): void {
    const key = `${group}:${topic}:${partition}`;
    const attempt = (this.waits.get(key) ?? 0) + 1;
    this.waits.set(key, attempt);
    const partitions = [{ topic, partitions: [partition] }];
    if (!whileItRuns(() => consumer.pause(partitions))) return;
    eventMetrics.waiting.inc({ group, topic });
    setTimeout(() => {
      eventMetrics.waiting.dec({ group, topic });
      whileItRuns(() => consumer.resume(partitions));
    }, backoffMs(attempt)).unref();
  }
}

/** kafkajs throws where a consumer has stopped or is starting anew; it has no pauses then. @returns whether it took the call. */
function whileItRuns(call: () => void): boolean {
  try {
    call();
    return true;
  } catch {
    return false;
  }
}
