import type { SourceHealth } from '../api/sources.ts';
import type { Tone } from '../app/state-dot.tsx';
import { sentences } from '../app/sentences.ts';
import { nowWithin, relativeTime } from '../app/relative-time.ts';

/** How a source is doing, as a sentence a person can act on. */
export interface HealthWords {
  readonly tone: Tone;
  readonly headline: string;
  readonly detail: string;
}

const quietAfterDays = 14;
const dayMs = 86_400_000;

/** @param now ms since the epoch. */
export function healthWords(health: SourceHealth, now: number): HealthWords {
  const ago = (moment: string | null) => (moment === null ? 'never' : relativeTime(Date.parse(moment), now));
  const next = health.nextPollAt === null ? '' : nextPoll(Date.parse(health.nextPollAt), now);
  switch (health.state) {
    case 'disabled':
      return { tone: 'idle', headline: 'Switched off', detail: health.lastPolledAt === null ? 'Never polled.' : `Last polled ${ago(health.lastPolledAt)}.` };
    case 'new':
      return { tone: 'busy', headline: health.lastPolledAt === null ? 'Not polled yet' : 'No successful poll yet', detail: sentences(next) };
    case 'failing':
      return {
        tone: 'bad',
        headline: health.consecutiveFailures > 1 ? `Failing: ${health.consecutiveFailures} polls in a row` : 'The last poll failed',
        detail: sentences(health.errorMessage ?? health.errorCode ?? 'The reason is not known.', health.lastSucceededAt === null ? 'It has never worked' : `Last success ${ago(health.lastSucceededAt)}`, next),
      };
    case 'silent':
      return {
        tone: 'warn',
        headline: health.errorCode === 'empty' ? 'Working, but its feed is empty' : 'Working, but silent',
        detail: sentences(health.errorMessage ?? 'Nothing new for longer than ever', `Polled ${ago(health.lastPolledAt)}`, next),
      };
    case 'ok': {
      const polled = `Polled ${ago(health.lastPolledAt ?? health.lastSucceededAt)}`;
      if (health.errorMessage !== null) return { tone: 'warn', headline: 'Working, by a fallback address', detail: sentences(`The main one fails: ${health.errorMessage}`, polled, next) };
      const newest = health.lastNewEntryAt === null ? 'no new article so far' : `last new article ${ago(health.lastNewEntryAt)}`;
      const isQuiet = health.lastNewEntryAt !== null && now - Date.parse(health.lastNewEntryAt) > quietAfterDays * dayMs;
      return { tone: isQuiet ? 'warn' : 'good', headline: isQuiet ? 'Working, but quiet' : 'Working', detail: sentences(`${polled}, ${newest}`, next) };
    }
  }
}

const nextPoll = (at: number, now: number) => (at - now < nowWithin ? 'Next poll is due' : `Next poll ${relativeTime(at, now)}`);

/** "15m" as "15 min"; what is written otherwise stays as it is. */
export function intervalWords(interval: string): string {
  const units: Readonly<Record<string, string>> = { s: 's', m: 'min', h: 'h', d: 'd' };
  return interval.replace(/^(\d+)([smhd])$/, (_whole, amount: string, unit: string) => `${amount} ${units[unit]}`);
}

/** What a poll that was asked for brought. */
export function pollWords({ outcome, newArticles, revisions, errorMessage }: { outcome: string; newArticles: number; revisions: number; errorMessage?: string | undefined }): string {
  if (outcome === 'failed') return sentences(errorMessage ?? 'The poll failed');
  if (outcome === 'not-modified') return 'Nothing has changed since the last poll.';
  const counted = (count: number, one: string, many: string) => (count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]);
  const found = [...counted(newArticles, 'new article', 'new articles'), ...counted(revisions, 'changed article', 'changed articles')];
  return found.length === 0 ? 'Nothing new.' : `${found.join(' and ')}.`;
}
