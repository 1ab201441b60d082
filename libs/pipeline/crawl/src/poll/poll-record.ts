// What a poll leaves on its source's row: when to ask again, how it is doing, and what it learnt of the feed.
import { freshnessOf } from '@tradewatch/http';
import { noSchedule, type FeedSchedule } from '../feed/feed-result.ts';
import type { Source } from '../source/source.ts';
import { nextPollAfter, nextPollAfterFailure } from './next-poll.ts';
import type { PollRecord } from './poll.store.ts';
import type { Reading, ReadingFault } from './read-source.ts';
import { rhythmOf } from './rhythm.ts';
import { silenceAfter } from './silence.ts';

const longestErrorMessage = 500;

type Headers = Readonly<Record<string, string>>;
type ReadReading = Extract<Reading, { outcome: 'read' }>;
export type FailureRecord = PollRecord & { readonly lastPolledAt: Date; readonly errorCode: string; readonly errorMessage: string };
export type SuccessRecord = PollRecord & { readonly lastPolledAt: Date };

/**
 * Nothing had changed.
 * @param headers of the main address's answer; undefined where it gave none.
 */
export function unchangedRecord(source: Source, headers: Headers | undefined, at: Date): SuccessRecord {
  return { ...wellUntil(source, headers, at), ...silence(source, undefined, at) };
}

/** A feed was read whole. Validators belong to the main address; an address that moved for good is asked at its new place from now on. */
export function readRecord(source: Source, reading: ReadReading, headers: Headers | undefined, at: Date): SuccessRecord {
  const learnt = { ...rhythmOf(reading.feed.entries, source), schedule: scheduleOf(reading.feed.schedule) };
  const known = { ...source, ...learnt };
  return {
    ...wellUntil(known, headers, at), ...learnt, ...silence(known, reading.feed.entries.length, at),
    ...addressChanges(source, reading), ...mainAddressFault(reading, wellUntil(known, headers, at)), backfilledAt: source.backfilledAt ?? at,
  };
}

/** A failed poll: asked again ever later, or not at all where the address is gone for good. */
export function failureRecord({ intervalSeconds, ...source }: Source, { code: errorCode, message, retryAfterMs }: ReadingFault, at: Date): FailureRecord {
  const consecutiveFailures = source.consecutiveFailures + 1;
  const isGone = errorCode === 'http-410';
  const hint = errorCode === 'host-not-found' ? ' (or this machine has no network)' : '';
  const errorMessage = `${message}${isGone ? '. The source is switched off: give it another address to switch it on' : ''}${hint}`.slice(0, longestErrorMessage);
  const nextPollAt = nextPollAfterFailure({ at, intervalSeconds, consecutiveFailures, errorCode, retryAfterMs });
  return { lastPolledAt: at, nextPollAt, consecutiveFailures, errorCode, errorMessage, ...(isGone ? { enabled: false } : {}) };
}

function wellUntil(source: Source, headers: Headers | undefined, at: Date): SuccessRecord {
  const freshMs = headers ? freshnessOf(headers, at.getTime()) : 0;
  return { lastPolledAt: at, lastSucceededAt: at, nextPollAt: nextPollAfter({ ...source, at, freshMs }), consecutiveFailures: 0, errorCode: null, errorMessage: null };
}

function silence(source: Source, entries: number | undefined, at: Date): Partial<Pick<PollRecord, 'errorCode' | 'errorMessage'>> {
  const found = silenceAfter(source, entries, at);
  return found ? { errorCode: found.code, errorMessage: found.message } : {};
}

function scheduleOf(schedule: FeedSchedule): FeedSchedule | null {
  const { ttlMinutes, skipHours, skipDays } = schedule;
  return ttlMinutes === noSchedule.ttlMinutes && skipHours.length === 0 && skipDays.length === 0 ? null : schedule;
}

function addressChanges(source: Source, { addressIndex, movedTo, etag, lastModified }: ReadReading): Partial<Pick<PollRecord, 'url' | 'fallbacks' | 'etag' | 'lastModified'>> {
  if (addressIndex === 0) return { etag, lastModified, ...(movedTo ? { url: movedTo } : {}) };
  return movedTo ? { fallbacks: source.fallbacks.with(addressIndex - 1, movedTo) } : {};
}

/** A poll saved by a fallback is a success, but the sources page shows what is wrong with the main address. */
function mainAddressFault({ mainFault }: ReadReading, { nextPollAt, lastPolledAt }: SuccessRecord): Partial<Pick<PollRecord, 'errorCode' | 'errorMessage' | 'nextPollAt'>> {
  if (!mainFault) return {};
  const notBefore = lastPolledAt.getTime() + Math.min(mainFault.retryAfterMs ?? 0, 24 * 3600_000);
  return {
    errorCode: mainFault.code,
    errorMessage: `${mainFault.message}; read from a fallback instead`.slice(0, longestErrorMessage),
    nextPollAt: new Date(Math.max(nextPollAt.getTime(), notBefore)),
  };
}
