import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { DeliveryQueueStore, type FinishedAttempt } from './delivery-queue.store.ts';

interface Waiting {
  readonly attempts: readonly FinishedAttempt[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

const mostTries = 12;
const longestPauseMs = 5_000;

/**
 * Records what came of messages, everything that finished meanwhile in one statement. It does not let go while the
 * database is away for less than a claim lasts: what is not recorded would be sent again.
 */
@Injectable()
export class AttemptRecorder {
  private readonly logger = new Logger('deliver');
  private waiting: Waiting[] = [];
  private writing = false;

  constructor(private readonly store: DeliveryQueueStore) {}

  /** Resolves when the attempts are durable. @throws the database's error when it stays away. */
  record(attempts: readonly FinishedAttempt[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ attempts, resolve, reject });
      if (!this.writing) void this.write();
    });
  }

  private async write(): Promise<void> {
    this.writing = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        await this.persist(batch.flatMap(({ attempts }) => attempts));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.writing = false;
  }

  private async persist(attempts: readonly FinishedAttempt[]): Promise<void> {
    for (let tried = 1; ; tried++) {
      try {
        return await this.store.finish(attempts);
      } catch (error) {
        if (tried === mostTries) throw error;
        this.logger.warn({ err: error, deliveries: attempts.length }, 'what came of deliveries could not be recorded; trying again');
        await delay(Math.min(100 * 2 ** tried, longestPauseMs));
      }
    }
  }
}
