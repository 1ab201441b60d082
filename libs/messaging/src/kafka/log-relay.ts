import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Database } from '@tradewatch/database';
import { eventCatalog } from '@tradewatch/events';
import pg from 'pg';
import { Gauge } from 'prom-client';
import { logPartitions } from '../event-log.ts';
import { faultPoint } from '../fault-point.ts';
import type { EventCursorStore, Positions } from '../postgres/event-cursor.store.ts';
import { WakeUp } from '../postgres/wake-up.ts';
import type { KafkaEventPublisher } from './kafka-event-publisher.ts';

const group = 'relay';
const lockKey = 0x7472_6c79;
const listSize = 200;
const pollMs = 1_000;
/** How soon another relay takes over from one that is gone, ms. */
const takeOverMs = 2_000;

const relayLag = new Gauge({ name: 'tradewatch_relay_lag_events', help: 'Events of the log that are not in Kafka yet', labelNames: ['topic'] });
const relayActive = new Gauge({ name: 'tradewatch_relay_active', help: '1 in the process whose relay is active' });

/**
 * Carries the event log to Kafka: one more cursor reader, in every process that has the database, active in one of them.
 * The lock that makes it so is held by the very connection the log is read on, so that a relay that lost it reads nothing.
 */
export class LogRelay implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('relay');
  private readonly wakeUp: WakeUp;
  private readonly stop = Promise.withResolvers<void>();
  private closing = false;
  private loop: Promise<void> = Promise.resolve();

  constructor(private readonly database: Database, private readonly cursors: EventCursorStore, private readonly publisher: KafkaEventPublisher, private readonly topics = eventCatalog.map(({ topic }) => topic)) {
    this.wakeUp = new WakeUp(database.url);
  }

  onApplicationBootstrap(): void {
    void this.wakeUp.start();
    this.loop = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    this.stop.resolve();
    await this.wakeUp.close();
    await this.loop;
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.closing) {
      const client = new pg.Client({ connectionString: this.database.url, application_name: 'tradewatch-relay', keepAlive: true, query_timeout: 30_000 });
      // A connection that is cut fails the next query on it; without a listener it would end the process.
      client.on('error', () => undefined);
      try {
        await client.connect();
        const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [lockKey]);
        if (rows[0]?.held) {
          failures = 0;
          await this.relay(client);
        }
      } catch (error) {
        failures += 1;
        if (!this.closing && failures === 1) this.logger.warn({ err: error }, 'the relay stopped; it is taken up again');
      } finally {
        relayActive.set(0);
        await client.end().catch(() => undefined);
      }
      await Promise.race([this.stop.promise, new Promise((resolve) => setTimeout(resolve, takeOverMs))]);
    }
  }

  private async relay(client: pg.Client): Promise<void> {
    this.logger.log('this relay is active');
    relayActive.set(1);
    await Promise.all(this.topics.map((topic) => this.relayTopic(client, topic)));
  }

  private async relayTopic(client: pg.Client, topic: string): Promise<void> {
    const positions: Positions = new Map(Array.from({ length: logPartitions }, (_, partition) => [partition, 0n]));
    for (const [partition, position] of await this.cursors.positions(group, topic)) positions.set(partition, position);
    while (!this.closing) {
      const sleep = this.wakeUp.sleep(topic, pollMs);
      const events = await this.cursors.fetch(topic, positions, listSize, client);
      if (events.length === 0) {
        relayLag.set({ topic }, 0);
        await sleep.done;
        continue;
      }
      sleep.cancel();
      relayLag.set({ topic }, await this.cursors.lag(group, topic));
      await this.publisher.send(events.map((event) => ({ ...event, id: event.id!, key: event.key!, data: event.payload as string })));
      const moved: Positions = new Map(events.map(({ partition, offset }) => [partition, offset]));
      for (const [partition, position] of moved) positions.set(partition, position);
      await this.cursors.commit(group, topic, moved);
      faultPoint('relay.after-cursor-commit');
    }
  }
}
