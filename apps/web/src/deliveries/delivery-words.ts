import type { Delivery } from '../api/deliveries.ts';
import type { Tone } from '../app/state-dot.tsx';
import { nowWithin, relativeTime } from '../app/relative-time.ts';

export const stateNames: Readonly<Record<Delivery['state'], string>> = { pending: 'Waiting', sending: 'Sending', sent: 'Sent', dead: 'Given up' };

const tones: Readonly<Record<Delivery['state'], Tone>> = { pending: 'warn', sending: 'busy', sent: 'good', dead: 'bad' };

/** Where a delivery stands, and what happens next. `now` in ms since the epoch. */
export function deliveryWords(delivery: Pick<Delivery, 'state' | 'attemptCount' | 'dueAt' | 'sentAt' | 'digest'>, now: number): { readonly tone: Tone; readonly headline: string; readonly detail: string } {
  const { state, attemptCount, sentAt } = delivery;
  const due = Date.parse(delivery.dueAt);
  const tries = attemptCount === 1 ? 'at the first try' : `after ${attemptCount} tries`;
  const tone = state === 'pending' && attemptCount === 0 ? 'busy' : tones[state];
  switch (state) {
    case 'sent':
      return { tone, headline: stateNames.sent, detail: sentAt === null ? tries : `${relativeTime(Date.parse(sentAt), now)}, ${tries}` };
    case 'sending':
      return { tone, headline: stateNames.sending, detail: attemptCount === 0 ? 'now' : `now, try ${attemptCount}` };
    case 'dead':
      return { tone, headline: stateNames.dead, detail: attemptCount === 1 ? 'after one try' : tries };
    case 'pending': {
      const when = due - now < nowWithin ? 'due now' : relativeTime(due, now);
      if (attemptCount > 0) return { tone, headline: 'Will be tried again', detail: `${when}, failed ${attemptCount === 1 ? 'once' : `${attemptCount} times`}` };
      return { tone, headline: stateNames.pending, detail: delivery.digest === true ? `for its digest, ${when}` : when };
    }
  }
}
