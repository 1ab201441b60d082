// A feed that answers well and yet brings nothing is a fault that no error shows.
import type { SilenceCode, Source } from '../source/source.ts';

/** Weekends and a holiday are no silence. */
const shortestSilenceMs = 72 * 3600_000;
const timesTheLongestGap = 3;
const timesTheUsualGap = 10;

export interface Silence {
  readonly code: SilenceCode;
  /** For the sources page. */
  readonly message: string;
}

type Listener = Pick<Source, 'articleCount' | 'usualGapSeconds' | 'longestGapSeconds' | 'newestEntryAt' | 'lastNewEntryAt' | 'errorCode' | 'errorMessage' | 'consecutiveFailures'>;

/**
 * How a source is silent after a poll that went well; undefined where it is not. `overdue`: nothing new for three times its longest
 * pause, ten times its usual one and three days. `empty`: a list without entries where there were some.
 * @param entries how many the poll read; undefined where nothing had changed.
 */
export function silenceAfter(source: Listener, entries: number | undefined, at: Date): Silence | undefined {
  const isEmpty = entries === undefined ? source.errorCode === 'empty' && source.consecutiveFailures === 0 : entries === 0 && source.articleCount > 0;
  if (isEmpty) return { code: 'empty', message: 'The feed can be read but lists nothing, where it had entries before' };
  const { usualGapSeconds, longestGapSeconds } = source;
  const lastAt = source.newestEntryAt ?? source.lastNewEntryAt;
  if (usualGapSeconds === null || longestGapSeconds === null || lastAt === null) return undefined;
  const silentMs = at.getTime() - lastAt.getTime();
  const allowedMs = Math.max(shortestSilenceMs, timesTheLongestGap * longestGapSeconds * 1000, timesTheUsualGap * usualGapSeconds * 1000);
  if (silentMs <= allowedMs) return undefined;
  return { code: 'overdue', message: `Nothing new for ${inWords(silentMs)}, where the longest pause was ${inWords(longestGapSeconds * 1000)}` };
}

/** "9 days", "14 hours", "20 minutes": the unit a person would say. */
function inWords(ms: number): string {
  const [amount, unit] = ms >= 48 * 3600_000 ? [ms / 86_400_000, 'day'] : ms >= 90 * 60_000 ? [ms / 3600_000, 'hour'] : [ms / 60_000, 'minute'];
  const count = Math.max(1, Math.round(amount));
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
