import { effectId } from '@tradewatch/messaging';
import type { DevelopmentStep } from './matchable-article.ts';
import { developmentName } from './tag-names.ts';

/** What the rule of "one alert a story, and again when its development moves or is corrected" decides. */
export interface AlertCause {
  /** `first`, `corrected:` and the correction's id, or the new `kind:stage` pairs, sorted and joined with a comma. */
  readonly cause: string;
  /** What this alert reports: everything the first time and in a correction, otherwise what is new. */
  readonly developments: readonly DevelopmentStep[];
}

/** What the earlier alerts of a subscription and story said. */
export interface Told {
  /** `kind:stage` pairs. */
  readonly developments: ReadonlySet<string>;
  /** Ids of the corrections. */
  readonly corrections: ReadonlySet<string>;
}

/**
 * @param told null where there was no earlier alert.
 * @param correctionId the correction that the article is, if it is one.
 * @returns null where the reader knows all of it already.
 */
export function alertCause(told: Told | null, developments: readonly DevelopmentStep[], correctionId?: string): AlertCause | null {
  if (told === null) return { cause: 'first', developments };
  if (correctionId !== undefined && !told.corrections.has(correctionId)) return { cause: `corrected:${correctionId}`, developments };
  const fresh = developments.filter((step) => !told.developments.has(pairOf(step)));
  if (fresh.length === 0) return null;
  return { cause: [...new Set(fresh.map(pairOf))].sort().join(','), developments: fresh };
}

export function pairOf({ kind, stage }: DevelopmentStep): string {
  return `${kind}:${stage}`;
}

/** What a reader is told of an alert beyond why the rule matched. */
export function causeInWords({ cause, developments }: AlertCause): string[] {
  if (cause.startsWith('corrected:')) return ['Correction of a story you were told of'];
  return cause === 'first' ? [] : [`Update to a story you were told of: ${developments.map(developmentName).join(', ')}`];
}

/** The same alert always has the same id, so that raising it again adds nothing. */
export function alertId(subscriptionId: string, storyId: string, cause: string): string {
  return effectId('alert', subscriptionId, storyId, cause);
}
