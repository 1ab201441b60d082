import { Injectable } from '@nestjs/common';
import { Database } from '@tradewatch/database';
import { DeadLetterQueue, storable, type StoredDeadLetter } from '../dead-letter-queue.ts';
import type { DeadLetter } from '../delivery-policy.ts';

type Row = NonNullable<Awaited<ReturnType<Database['deadLetter']['findUnique']>>>;

/** Dead letters in a table: the embedded substrate. */
@Injectable()
export class DeadLettersStore extends DeadLetterQueue {
  constructor(private readonly database: Database) {
    super();
  }

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
        payload: storable(typeof event.payload === 'string' ? event.payload : JSON.stringify(event.payload)),
        errorCode: code,
        errorMessage: storable(message),
        stack: storable(stack ?? null),
        attempts,
      })),
      skipDuplicates: true,
    });
  }

  async list(limit: number): Promise<StoredDeadLetter[]> {
    return (await this.database.deadLetter.findMany({ orderBy: { createdAt: 'desc' }, take: limit })).map(stored);
  }

  async find(id: string): Promise<StoredDeadLetter | null> {
    const row = await this.database.deadLetter.findFirst({ where: { id } });
    return row && stored(row);
  }

  /** The event comes back as a new entry of the log: an entry is never handled twice, and the old one is behind every cursor. */
  async replay(id: string): Promise<boolean> {
    return this.database.$transaction(async (tx) => {
      const [row] = await tx.deadLetter.updateManyAndReturn({ where: { id }, data: { replayedAt: new Date() } });
      if (!row) return false;
      await tx.$executeRaw`
        SELECT append_events(topic, ARRAY[coalesce(event_id, '') || '#replayed-' || ${new Date().toISOString()}], ARRAY[coalesce(key, '')], ARRAY[partition]::smallint[],
          ARRAY[now()], ARRAY[NULL]::text[], ARRAY[payload]) FROM dead_letters WHERE id = ${id}::uuid`;
      return true;
    });
  }
}

function stored({ consumerGroup, offset, ...row }: Row): StoredDeadLetter {
  return { ...row, group: consumerGroup, offset: String(offset) };
}
