import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Counter, Gauge } from 'prom-client';
import type { EventRetentionStore, LogReader } from './event-retention.store.ts';

/** How long the log keeps events at least, ms, where nobody says otherwise: the week that Kafka's topics keep them. */
export const defaultRetentionMs = 7 * 24 * 3_600_000;

const everyMs = 10 * 60_000;
/** Not in the rush of a start. */
const firstAfterMs = 30_000;

const pruned = new Counter({ name: 'tradewatch_event_log_pruned_total', help: 'Events deleted from the log in PostgreSQL after the time they are kept', labelNames: ['topic'] });
const oldestAt = new Gauge({ name: 'tradewatch_event_log_oldest_timestamp_seconds', help: 'When the oldest event in the log occurred, Unix time; now when the log is empty' });
const retention = new Gauge({ name: 'tradewatch_event_log_retention_seconds', help: 'How long the log keeps events at least' });

/**
 * Keeps the event log for a set time: every ten minutes, in one process at a time, what is older goes, provided that every
 * consumer group (and the relay) has passed it. Dead letters and Kafka's topics have times of their own. What this means
 * for events that are appended twice is in docs/decisions/0006-event-log-retention.md.
 */
export class PruneEventLog implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('event-log');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<unknown> = Promise.resolve();
  private closing = false;
  private lastBehind = '';

  /** @param declared readers of this process, asked for at each run: they count though they have never read. */
  constructor(private readonly store: EventRetentionStore, private readonly declared: () => readonly LogReader[], private readonly retentionMs = defaultRetentionMs) {
    retention.set(retentionMs / 1_000);
  }

  onApplicationBootstrap(): void {
    this.schedule(firstAfterMs);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.closing = true;
    clearTimeout(this.timer);
    await this.running;
  }

  /** Deletes all that may go now. @returns how many events; null when another process is at it. */
  async run(now = new Date()): Promise<number | null> {
    const cutoff = new Date(now.getTime() - this.retentionMs);
    const declared = this.declared();
    // A process that reads nothing does not know who does.
    if (declared.length === 0) return 0;
    let total = 0;
    const alone = await this.store.alone(async (connection) => {
      for (let deleted = 1; deleted > 0 && !this.closing;) {
        deleted = 0;
        for (const [topic, count] of await this.store.deleteChunk(connection, declared, cutoff)) {
          pruned.inc({ topic }, count);
          deleted += count;
        }
        total += deleted;
      }
    });
    oldestAt.set((await this.store.oldest() ?? now).getTime() / 1_000);
    if (!alone) return null;
    if (total > 0) this.logger.log({ events: total, before: cutoff }, 'old events deleted from the log');
    this.tellWhoIsBehind(await this.store.behind(declared, cutoff));
    return total;
  }

  /** Once for each change: a group that nobody runs any more would keep the log growing for ever. */
  private tellWhoIsBehind(behind: readonly LogReader[]): void {
    const text = behind.map(({ group, topic }) => `${group} of ${topic}`).join(', ');
    if (text !== '' && text !== this.lastBehind) this.logger.warn({ behind }, `the event log is kept beyond its time for groups that have not read it: ${text}`);
    this.lastBehind = text;
  }

  private schedule(afterMs: number): void {
    this.timer = setTimeout(() => {
      this.running = this.run()
        .catch((error: unknown) => this.logger.warn({ err: error }, 'the event log could not be pruned; it is tried again'))
        .finally(() => {
          if (!this.closing) this.schedule(everyMs);
        });
    }, afterMs);
    this.timer.unref();
  }
}
