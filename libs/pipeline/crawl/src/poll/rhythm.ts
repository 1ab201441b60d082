// The feed's own rhythm, read from the dates of its entries.
import type { FeedEntry } from '../feed/feed-result.ts';
import type { Source } from '../source/source.ts';

export type Rhythm = Pick<Source, 'usualGapSeconds' | 'longestGapSeconds' | 'newestEntryAt'>;

/** Fewer dates show no rhythm. */
const fewestDates = 4;

/**
 * The mean and the longest pause between two entries that a feed lists, and the date of the newest. What the list is too short to show
 * stays as it was; a pause once seen stays the longest, because a busy week pushes the quiet one off the list.
 */
export function rhythmOf(entries: readonly Pick<FeedEntry, 'published' | 'publishedConfidence'>[], { usualGapSeconds, longestGapSeconds, ...before }: Rhythm): Rhythm {
  const times = [...new Set(entries.flatMap(({ published, publishedConfidence }) => (published === null || publishedConfidence === 'absent' ? [] : [Date.parse(published)])))].sort((a, b) => a - b);
  const newest = times.at(-1);
  const newestEntryAt = newest === undefined ? before.newestEntryAt : new Date(Math.max(newest, before.newestEntryAt?.getTime() ?? 0));
  if (times.length < fewestDates) return { usualGapSeconds, longestGapSeconds, newestEntryAt };
  const seconds = (ms: number): number => Math.max(1, Math.round(ms / 1000));
  const gaps = times.slice(1).map((time, index) => time - times[index]!);
  const usual = seconds((newest! - times[0]!) / gaps.length);
  const longest = seconds(Math.max(...gaps));
  return { usualGapSeconds: usual, longestGapSeconds: Math.max(longest, longestGapSeconds ?? 0), newestEntryAt };
}
