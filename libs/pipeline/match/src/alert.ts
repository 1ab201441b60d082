import { createHash } from 'node:crypto';
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

const alertNamespace = Buffer.from('5b0cd6a57c7e4c0b8d4b6f3f6b2a9e11', 'hex');

/** The same alert always has the same id (UUID version 5, RFC 9562 section 5.5), so that raising it again adds nothing. */
export function alertId(subscriptionId: string, storyId: string, cause: string): string {
  const digest = createHash('sha1').update(alertNamespace).update(`${subscriptionId} ${storyId} ${cause}`).digest();
  digest[6] = (digest[6]! & 0x0f) | 0x50;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  return digest.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
