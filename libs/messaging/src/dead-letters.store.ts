import { Injectable } from '@nestjs/common';
import { Database } from '@tradewatch/database';
import type { DeadLetter } from './delivery-policy.ts';

/** Keeps what consumers gave up on, whole, so that it can be looked at and replayed. */
@Injectable()
export class DeadLettersStore {
  constructor(private readonly database: Database) {}

  /** Writes dead letters of a consumer group; the same event again (a redelivery after a crash) adds nothing. */
  async write(group: string, letters: readonly DeadLetter[]): Promise<void> {
    if (letters.length === 0) return;
    await this.database.deadLetter.createMany({
      data: letters.map(({ event, code, message, stack, attempts }) => ({
        consumerGroup: group,
        topic: event.topic,
        partition: event.partition,
        offset: event.offset,
        eventId: storable(event.id),
        key: storable(event.key),
        payload: storable(typeof event.payload === 'string' ? event.payload : JSON.stringify(event.payload)) ?? '',
        errorCode: code,
        errorMessage: storable(message) ?? '',
        stack: storable(stack ?? null),
        attempts,
      })),
      skipDuplicates: true,
    });
  }
}

/** PostgreSQL text holds no NUL and no lone surrogate: both are shown as U+FFFD. */
function storable(text: string | null): string | null {
  return text === null ? null : text.toWellFormed().replaceAll('\0', '\uFFFD');
}
