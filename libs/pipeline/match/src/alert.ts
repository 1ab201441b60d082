import { effectId } from '@tradewatch/messaging';
import type { DevelopmentStep } from './matchable-article.ts';
import { developmentName } from './tag-names.ts';

/** What the rule of "one alert a story, and again when its development moves" decides. */
export interface AlertCause {
  /** `first`, or the new `kind:stage` pairs, sorted and joined with a comma. */
  readonly cause: string;
  /** What this alert reports: everything the first time, afterwards what is new. */
  readonly developments: readonly DevelopmentStep[];
}

/**
 * @param carried the `kind:stage` pairs of the earlier alerts of this subscription and story; null where there was none.
 * @returns null where the reader knows all of it already.
 */
export function alertCause(carried: ReadonlySet<string> | null, developments: readonly DevelopmentStep[]): AlertCause | null {
  if (carried === null) return { cause: 'first', developments };
  const fresh = developments.filter((step) => !carried.has(pairOf(step)));
  if (fresh.length === 0) return null;
  return { cause: [...new Set(fresh.map(pairOf))].sort().join(','), developments: fresh };
}

export function pairOf({ kind, stage }: DevelopmentStep): string {
  return `${kind}:${stage}`;
}

/** What a reader is told of an alert beyond why the rule matched. */
export function causeInWords({ cause, developments }: AlertCause): string[] {
  return cause === 'first' ? [] : [`Update to a story you were told of: ${developments.map(developmentName).join(', ')}`];
}

/** The same alert always has the same id, so that raising it again adds nothing. */
export function alertId(subscriptionId: string, storyId: string, cause: string): string {
  return effectId('alert', subscriptionId, storyId, cause);
}
