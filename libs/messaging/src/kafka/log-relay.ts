import { setTimeout as delay } from 'node:timers/promises';
import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Database } from '@tradewatch/database';
import { eventCatalog } from '@tradewatch/events';
import { Gauge } from 'prom-client';
import { logPartitions } from '../event-log.ts';
import { faultPoint } from '../fault-point.ts';
import type { EventCursorStore, Positions } from '../postgres/event-cursor.store.ts';
import { WakeUp } from '../postgres/wake-up.ts';
import type { KafkaEventPublisher } from './kafka-event-publisher.ts';
import { RelayLock } from './relay-lock.ts';

/** Under this name the relay has its cursors. */
export const relayGroup = 'relay';
const listSize = 200;
const pollMs = 1_000;
/** Pause before a relay that failed tries again, ms. */
const againMs = 1_000;
const lagEveryMs = 5_000;

const relayLag = new Gauge({ name: 'tradewatch_relay_lag_events', help: 'Events of the log that are not in Kafka yet, counted every 5 s by the active relay, up to 10,000', labelNames: ['topic'] });
const relayActive = new Gauge({ name: 'tradewatch_relay_active', help: '1 in the process whose relay is active' });

/**
 * Carries the event log to Kafka: one more cursor reader, in every process that has the database, active in one of them.
 * The lock that makes it so (relay-lock.ts) is held by the very connection the log is read on, so that a relay that lost it
 * reads nothing.
 */
export class LogRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('relay');
  private readonly wakeUp: WakeUp;
  private readonly stop = new AbortController();
  private measuring = false;
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database, private readonly cursors: EventCursorStore, private readonly publisher: KafkaEventPublisher, private readonly topics = eventCatalog.map(({ topic }) => topic)) {
    this.wakeUp = new WakeUp(database.url);
  }

  onApplicationBootstrap(): void {
    void this.wakeUp.start();
    this.loop = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stop.abort();
    await this.wakeUp.close();
    await this.loop;
  }

  private closing(): boolean {
    return this.stop.signal.aborted;
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.closing()) {
      let lock: RelayLock | null = null;
      try {
        lock = await RelayLock.acquire(this.database.url, this.stop.signal);
        if (lock) {
          failures = 0;
          await this.relay(lock);
        }
      } catch (error) {
        failures += 1;
        if (!this.closing() && failures === 1) this.logger.warn({ err: error }, 'the relay stopped; it is taken up again');
      } finally {
        relayActive.set(0);
        relayLag.reset();
        await lock?.release();
      }
      await delay(againMs, undefined, { signal: this.stop.signal }).catch(() => undefined);
    }
  }

  private async relay(lock: RelayLock): Promise<void> {
    this.logger.log('this relay is active');
    relayActive.set(1);
    const measure = setInterval(() => void this.measureLag(), lagEveryMs);
    await Promise.all(this.topics.map((topic) => this.relayTopic(lock, topic))).finally(() => clearInterval(measure));
  }

  private async relayTopic(lock: RelayLock, topic: string): Promise<void> {
    const positions: Positions = new Map(Array.from({ length: logPartitions }, (_, partition) => [partition, 0n]));
    for (const [partition, position] of await this.cursors.positions(relayGroup, topic)) positions.set(partition, position);
    while (!this.closing()) {
      const sleep = this.wakeUp.sleep(topic, pollMs);
      const events = await this.cursors.fetch(topic, positions, listSize, lock);
      if (events.length === 0) {
        relayLag.set({ topic }, 0);
        await sleep.done;
        continue;
      }
      sleep.cancel();
      lock.assertHeld();
      await this.publisher.send(events.map((event) => ({ ...event, id: event.id!, key: event.key!, data: event.payload as string })));
      const moved: Positions = new Map(events.map(({ partition, offset }) => [partition, offset]));
      for (const [partition, position] of moved) positions.set(partition, position);
      await this.cursors.commit(relayGroup, topic, moved);
      faultPoint('relay.after-cursor-commit');
    }
  }

  /** Apart from the relaying itself: on a long backlog, counting with each list would cost more than the lists. */
  private async measureLag(): Promise<void> {
    if (this.measuring) return;
    this.measuring = true;
    try {
      for (const topic of this.topics) relayLag.set({ topic }, await this.cursors.lag(relayGroup, topic));
    } catch {
      // The database is out, which the relay itself tells.
    } finally {
      this.measuring = false;
    }
  }
}
