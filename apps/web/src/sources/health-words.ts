import type { SourceHealth } from '../api/sources.ts';
import type { Tone } from '../app/state-dot.tsx';
import { sentences } from '../app/sentences.ts';
import { nowWithin, relativeTime, shortDate } from '../app/relative-time.ts';
import { faultWords } from './fault-words.ts';

/** How a source is doing, as sentences a person can act on. */
export interface HealthWords {
  readonly tone: Tone;
  readonly headline: string;
  /** What happened, since when, and what happens next. */
  readonly detail: string;
  /** What a person can do; absent where nothing is wrong. */
  readonly advice?: string | undefined;
}

const quietAfterDays = 14;
const dayMs = 86_400_000;

/** @param now ms since the epoch. */
export function healthWords(health: SourceHealth, now: number): HealthWords {
  const ago = (moment: string | null) => (moment === null ? 'never' : relativeTime(Date.parse(moment), now));
  const next = health.nextPollAt === null ? '' : nextPoll(Date.parse(health.nextPollAt), now);
  const { cause, advice } = faultWords(health.errorCode);
  const reason = health.errorMessage ?? health.errorCode ?? 'The reason is not known';
  switch (health.state) {
    case 'disabled':
      if (health.errorCode === 'http-410') return { tone: 'bad', headline: `Switched off: ${lowerFirst(cause)}`, detail: sentences(reason, health.failingSince === null ? '' : `Found ${ago(health.failingSince)}`), advice: sentences(advice) };
      return { tone: 'idle', headline: 'Switched off', detail: health.lastPolledAt === null ? 'Never polled.' : `Last polled ${ago(health.lastPolledAt)}.` };
    case 'new':
      return { tone: 'busy', headline: health.lastPolledAt === null ? 'Not polled yet' : 'No successful poll yet', detail: sentences(next) };
    case 'failing':
      return {
        tone: health.errorCode === 'gap' ? 'warn' : 'bad',
        headline: cause,
        detail: sentences(reason, since(health, now), lastSuccess(health, now), next),
        advice: sentences(advice),
      };
    case 'silent':
      return {
        tone: 'warn',
        headline: health.errorCode === 'empty' ? 'Working, but its feed is empty' : 'Working, but silent',
        detail: sentences(reason, `Polled ${ago(health.lastPolledAt)}`, next),
        advice: sentences(advice),
      };
    case 'ok': {
      const polled = `Polled ${ago(health.lastPolledAt ?? health.lastSucceededAt)}`;
      if (health.errorMessage !== null) return { tone: 'warn', headline: 'Working, by a fallback address', detail: sentences(`The main one fails: ${health.errorMessage}`, since(health, now), polled, next), advice: sentences(`For the main address: ${lowerFirst(advice)}`) };
      const newest = health.lastNewEntryAt === null ? 'no new article so far' : `last new article ${ago(health.lastNewEntryAt)}`;
      const isQuiet = health.lastNewEntryAt !== null && now - Date.parse(health.lastNewEntryAt) > quietAfterDays * dayMs;
      return { tone: isQuiet ? 'warn' : 'good', headline: isQuiet ? 'Working, but quiet' : 'Working', detail: sentences(`${polled}, ${newest}`, missingDays(health, now), next) };
    }
  }
}

/** "Failing for 3 h, 5 polls in a row". */
function since({ failingSince, consecutiveFailures }: SourceHealth, now: number): string {
  const polls = consecutiveFailures > 1 ? `${consecutiveFailures} polls in a row` : '';
  if (failingSince === null) return polls === '' ? '' : `Failing ${polls}`;
  const relative = relativeTime(Date.parse(failingSince), now);
  const duration = relative === 'just now' ? 'Failing since just now' : relative.endsWith(' ago') ? `Failing for ${relative.slice(0, -4)}` : `Failing since ${relative}`;
  return [duration, polls].filter((part) => part !== '').join(', ');
}

function lastSuccess({ lastSucceededAt, articleCount }: SourceHealth, now: number): string {
  if (lastSucceededAt !== null) return `Last success ${relativeTime(Date.parse(lastSucceededAt), now)}`;
  return articleCount === 0 ? 'It has never worked' : 'It has never come whole';
}

/** A gazette's days that may still be filled. */
function missingDays({ gaps }: SourceHealth, now: number): string {
  if (gaps === undefined || gaps.length === 0) return '';
  const days = gaps.toSorted().map((day) => shortDate(Date.parse(`${day}T12:00:00Z`), now, 'UTC'));
  return `No edition for ${new Intl.ListFormat('en').format(days)}, asked for again`;
}

const nextPoll = (at: number, now: number) => (at - now < nowWithin ? 'Next poll is due' : `Next poll ${relativeTime(at, now)}`);

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

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

/** What became of a list of feeds that was taken in. */
export function importWords({ added, duplicates, refused }: { added: readonly unknown[]; duplicates: readonly unknown[]; refused: readonly { line: number; name: string; message: string }[] }): string {
  const some = (count: number, words: string) => (count === 0 ? [] : [`${count} ${words}`]);
  const counts = [...some(added.length, 'added'), ...some(duplicates.length, 'here already'), ...some(refused.length, 'refused')];
  const reasons = refused.slice(0, 3).map(({ line, name, message }) => `Line ${line} (${name}): ${message}`);
  return sentences(counts.length === 0 ? 'The list has no feeds' : counts.join(', '), ...reasons, ...(refused.length > 3 ? [`And ${refused.length - 3} more`] : []));
}
