// What a source is: where it is read from, what it may be trusted with, and how it is doing.
import type { SourceAuthority } from '@tradewatch/events';

/** Formats a source can be read in; the data of each kind is told apart by its bytes, not by what was claimed. */
export const sourceKinds = ['rss', 'atom'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** What a person or the catalog says of a source. */
export interface SourceDefinition {
  readonly id: string;
  readonly name: string;
  readonly kind: SourceKind;
  readonly url: string;
  /** Asked in this order where the main address fails. */
  readonly fallbacks: readonly string[];
  /** ISO 3166-1 alpha-2 in upper case, or `EU`. */
  readonly jurisdiction: string;
  /** ISO 639-1. */
  readonly language: string;
  readonly authority: SourceAuthority;
  readonly intervalSeconds: number;
  /** Whether what the first poll brings may raise alerts however old it is. */
  readonly alertOnBackfill: boolean;
  readonly enabled: boolean;
  readonly notes: string | null;
}

/** A source with what its polls have shown. */
export interface Source extends SourceDefinition {
  readonly etag: string | null;
  readonly lastModified: string | null;
  readonly nextPollAt: Date;
  readonly leaseUntil: Date | null;
  readonly lastPolledAt: Date | null;
  readonly lastSucceededAt: Date | null;
  readonly lastNewEntryAt: Date | null;
  /** When the first successful poll stored its entries; null until then. */
  readonly backfilledAt: Date | null;
  readonly consecutiveFailures: number;
  /** Why the last poll failed; after a success, what was wrong with the main address if a fallback had to do. */
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly articleCount: number;
}

export const sourceStates = ['new', 'ok', 'failing', 'disabled'] as const;
export type SourceState = (typeof sourceStates)[number];

/** The health of a source in one word. */
export function stateOf(source: Pick<Source, 'enabled' | 'consecutiveFailures' | 'lastSucceededAt'>): SourceState {
  if (!source.enabled) return 'disabled';
  if (source.consecutiveFailures > 0) return 'failing';
  return source.lastSucceededAt === null ? 'new' : 'ok';
}
