import { storableText } from '@tradewatch/database';
import type { DeadLetter } from './delivery-policy.ts';

/** A dead letter as operators see it. */
export interface StoredDeadLetter {
  /** Stable within its store; what `show` and `replay` take. */
  readonly id: string;
  readonly group: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly eventId: string | null;
  readonly key: string | null;
  /** The event's data as they travelled. */
  readonly payload: string;
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly stack: string | null;
  readonly attempts: number;
  readonly createdAt: Date;
  readonly replayedAt: Date | null;
}

/** Keeps what consumers gave up on, whole, until somebody looks at it and replays it. A port: a table, or topics `….dlq`. */
export abstract class DeadLetterQueue {
  /** Resolves when the letters are durable; the same event again (a redelivery after a crash) may be kept twice, never lost. */
  abstract write(group: string, letters: readonly DeadLetter[]): Promise<void>;

  /** Newest first. */
  abstract list(limit: number): Promise<StoredDeadLetter[]>;

  abstract find(id: string): Promise<StoredDeadLetter | null>;

  /** Puts the event back on its topic, for every group (effects are idempotent). @returns false when there is no such letter. */
  abstract replay(id: string): Promise<boolean>;
}

/** Text that PostgreSQL can hold; logs and headers are better without the rest, too. */
export function storable<Text extends string | null>(text: Text): Text {
  return (text === null ? null : storableText(text)) as Text;
}
