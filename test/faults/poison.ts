// Messages no consumer can use, or that only look so. What must become of each: a dead letter, or an article like any other.
import { randomUUID } from 'node:crypto';
import type { Message } from './kafka-tools.ts';

export interface Poison {
  readonly eventId: string;
  /** `dead`: nothing else may become of it. `either`: handled, or a dead letter where a step cannot hold it. */
  readonly fate: 'dead' | 'either';
  readonly message: Message;
}

export const poisonSource = 'poison';

/** One of each kind, for the topic of published articles. */
export function poisonMessages(): Poison[] {
  const half = '\\ud800';
  return [
    poison('dead', '{"article": {"id": '),
    poison('dead', '{"unknown": "schema", "version": 99}'),
    poison('dead', ''),
    poison('dead', '[]'),
    poison('dead', 'null'),
    poison('dead', article('x '.repeat(5_000_000))),
    poison('either', article('PLACE').replace('PLACE', `Tariff ${half} on steel ${half}`)),
    poison('either', article('PLACE').replace('PLACE', 'Tariff \\u0000 on steel\\u0000')),
  ];
}

function poison(fate: Poison['fate'], value: string): Poison {
  const eventId = `poison-${randomUUID()}`;
  const headers = { ce_specversion: '1.0', ce_id: eventId, ce_type: 'tradewatch.article-published.v1', ce_source: '/faults', ce_time: new Date().toISOString(), 'content-type': 'application/json' };
  return { eventId, fate, message: { key: Buffer.from(eventId), value: Buffer.from(value), headers } };
}

/** A valid article of a source nobody subscribes to; `text` goes into the JSON. */
function article(text: string): string {
  const now = new Date().toISOString();
  return JSON.stringify({
    article: {
      id: randomUUID(), revision: 1, storyId: randomUUID(), source: { id: poisonSource, name: 'Poison', authority: 'press', jurisdiction: 'US' }, url: 'https://example.org/poison',
      title: 'United States imposes 25 percent tariff on steel', text, author: null, claimedLanguage: 'en', publishedAt: now, publishedConfidence: 'stated', firstSeenAt: now, fetchedAt: now, alertable: true,
    },
  });
}
