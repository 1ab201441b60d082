import { Injectable } from '@nestjs/common';
import { Database } from '@tradewatch/database';
import { DeadLetterQueue } from '../dead-letter-queue.ts';
import { backoffMs } from '../delivery-policy.ts';
import { logPartitions } from '../event-log.ts';
import { eventMetrics } from '../event-metrics.ts';
import { EventServer, type Consumer } from '../event-server.ts';
import type { ReceivedEvent } from '../received-event.ts';
import { EventCursorStore, type Positions } from './event-cursor.store.ts';
import { WakeUp } from './wake-up.ts';

/** Events of one partition fetched at a time. */
const listSize = 50;
/** Polling is truth, NOTIFY a hint: the longest an event can go unseen, ms. */
const pollMs = 2_000;
/** Cursors are written this often at most, ms: what a crash loses of them is repeated, and repeating has no effect. */
const commitMs = 100;

interface Waiting {
  readonly until: number;
  readonly attempt: number;
}

/** The embedded transport: every consumer group reads the event log in PostgreSQL by its own cursor. */
@Injectable()
export class PostgresEventServer extends EventServer {
  private readonly wakeUp: WakeUp;
  private readonly loops: Promise<void>[] = [];
  private closing = false;
  private failed = false;

  constructor(database: Database, private readonly cursors: EventCursorStore, deadLetters: DeadLetterQueue) {
    super(deadLetters);
    this.wakeUp = new WakeUp(database.url);
  }

  get alive(): boolean {
    return !this.failed;
  }

  override listen(callback: (error?: unknown) => void): void {
    try {
      const consumers = this.consumers();
      void this.wakeUp.start();
      for (const consumer of consumers) this.loops.push(this.run(consumer));
      callback();
    } catch (error) {
      callback(error);
    }
  }

  /** Stops fetching and waits for what is in hand. */
  override async close(): Promise<void> {
    this.closing = true;
    await this.wakeUp.close();
    await Promise.all(this.loops);
  }

  private async run(consumer: Consumer): Promise<void> {
    const { group, definition } = consumer.subscription;
    let failures = 0;
    while (!this.closing) {
      try {
        await this.readOn(consumer);
      } catch (error) {
        // Not a handler's doing: the database is out. Its positions are read anew when it is back.
        failures = Math.min(failures + 1, 8);
        if (failures === 1) this.log.warn({ group, topic: definition.topic, err: error }, 'the event log cannot be read; trying again');
        await this.wakeUp.sleep(definition.topic, backoffMs(failures)).done;
        continue;
      }
      failures = 0;
    }
  }

  /** Reads until closed; throws when the database fails. */
  private async readOn(consumer: Consumer): Promise<void> {
    const { group, definition } = consumer.subscription;
    const positions = await this.cursors.positions(group, definition.topic);
    for (let partition = 0; partition < logPartitions; partition++) if (!positions.has(partition)) positions.set(partition, 0n);
    const waiting = new Map<number, Waiting>();
    const uncommitted: Positions = new Map();
    let committedAt = Date.now();
    const commit = async (): Promise<void> => {
      if (uncommitted.size > 0) await this.cursors.commit(group, definition.topic, uncommitted);
      uncommitted.clear();
      committedAt = Date.now();
    };
    while (!this.closing) {
      const now = Date.now();
      if (now - committedAt >= commitMs) await commit();
      const readable: Positions = new Map([...positions].filter(([partition]) => (waiting.get(partition)?.until ?? 0) <= now));
      const times = [...waiting.values()].map(({ until }) => Math.max(1, until - now));
      // Armed before reading: an event that commits in between, or while a list is in hand, is not missed.
      const sleep = this.wakeUp.sleep(definition.topic, Math.min(...times, uncommitted.size > 0 ? commitMs : pollMs));
      const events = await this.cursors.fetch(definition.topic, readable, listSize).catch((error: unknown) => {
        sleep.cancel();
        throw error;
      });
      if (events.length > 0) {
        const moved = await this.handle(consumer, events, waiting);
        for (const [partition, position] of moved) {
          positions.set(partition, position);
          uncommitted.set(partition, position);
        }
        eventMetrics.waiting.set({ group, topic: definition.topic }, waiting.size);
      }
      // There may be more where a partition's list was full, and another time to wait for where one has to.
      if (events.length >= listSize || waiting.size > times.length) sleep.cancel();
      await sleep.done;
    }
    await commit();
  }

  /** Handles what was fetched, all partitions in one list while that works, else each partition by itself. */
  private async handle(consumer: Consumer, events: readonly ReceivedEvent[], waiting: Map<number, Waiting>): Promise<Positions> {
    const lists = [...Map.groupBy(events, ({ partition }) => partition).values()];
    const moved: Positions = new Map();
    if (lists.length > 1 && (await this.processTogether(consumer, lists.flat()))) {
      for (const list of lists) this.advance(list, list.length, moved, waiting);
      return moved;
    }
    await Promise.all(lists.map(async (list) => {
      const outcome = await this.process(consumer, list);
      this.advance(list, outcome.done, moved, waiting);
      if (outcome.waiting === undefined) return;
      const { partition, offset, id } = list[outcome.done]!;
      const attempt = (outcome.done > 0 ? 0 : (waiting.get(partition)?.attempt ?? 0)) + 1;
      waiting.set(partition, { attempt, until: Date.now() + backoffMs(attempt) });
      const { group, definition } = consumer.subscription;
      if (attempt === 1) this.log.warn({ group, topic: definition.topic, partition, offset: String(offset), eventId: id, err: outcome.waiting }, 'partition waits: what it depends on is out');
    }));
    return moved;
  }

  private advance(list: readonly ReceivedEvent[], done: number, moved: Positions, waiting: Map<number, Waiting>): void {
    if (done === 0) return;
    const last = list[done - 1]!;
    moved.set(last.partition, last.offset);
    waiting.delete(last.partition);
  }
}
