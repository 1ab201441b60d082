// What a source is: where it is read from, what it may be trusted with, and how it is doing.
import type { SourceAuthority } from '@tradewatch/events';
import type { ArticleSelectors } from '../extract/main-text.ts';
import type { FeedSchedule, ListSelectors } from '../feed/feed-result.ts';

/** What a source can be; feeds are told apart by their bytes, not by what was claimed. How each is read: feed/formats. */
export const sourceKinds = ['rss', 'atom', 'json-feed', 'federal-register', 'govdelivery', 'canada-news', 'dof', 'html-list', 'sitemap'] as const;
export type SourceKind = (typeof sourceKinds)[number];

/** Whether the pages of a source's articles are fetched: `auto` does where the feed carries a summary only. */
export const fullTextModes = ['auto', 'never', 'always'] as const;
export type FullTextMode = (typeof fullTextModes)[number];

/** What a person or the catalog says of a source. */
export interface SourceDefinition {
  readonly id: string;
  readonly name: string;
  readonly kind: SourceKind;
  readonly url: string;
  /** Where articles stand on the page: an `html-list` has them, no other kind does. */
  readonly selectors: ListSelectors | null;
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
  readonly fullText: FullTextMode;
  /** Where the text stands on the page of an article, where the general rules are misled. */
  readonly pageSelectors: ArticleSelectors | null;
  /** Folder in lists of feeds (OPML), outer folders first, parted by "/"; null outside of any. */
  readonly folder: string | null;
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
  /** Why the last poll failed; after a success, what was wrong with the main address if a fallback had to do, or how the feed is silent. */
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  /** When the first poll of an unbroken row of faults was made; null where nothing is wrong. */
  readonly failingSince: Date | null;
  /** ISO days whose index came empty or not at all, to be asked for again (kind `dof`). */
  readonly gaps: readonly string[];
  readonly articleCount: number;
  /** The mean and the longest pause between two entries, by their dates; null where the feed does not show them. */
  readonly usualGapSeconds: number | null;
  readonly longestGapSeconds: number | null;
  /** The date of the newest entry there was. */
  readonly newestEntryAt: Date | null;
  /** What the feed said of when to ask; null where it said nothing. */
  readonly schedule: FeedSchedule | null;
}

/** Codes of a source that answers well but brings nothing: no new entry for much longer than ever, or no entries where it had some. */
export const silenceCodes = ['overdue', 'empty'] as const;
export type SilenceCode = (typeof silenceCodes)[number];

export const sourceStates = ['new', 'ok', 'silent', 'failing', 'disabled'] as const;
export type SourceState = (typeof sourceStates)[number];

/** The health of a source in one word. */
export function stateOf(source: Pick<Source, 'enabled' | 'consecutiveFailures' | 'errorCode' | 'lastSucceededAt'>): SourceState {
  if (!source.enabled) return 'disabled';
  if (source.consecutiveFailures > 0) return 'failing';
  if (silenceOf(source) !== undefined) return 'silent';
  return source.lastSucceededAt === null ? 'new' : 'ok';
}

/** How a source that answers well is silent; undefined where it is not. */
export function silenceOf({ consecutiveFailures, errorCode }: Pick<Source, 'consecutiveFailures' | 'errorCode'>): SilenceCode | undefined {
  return consecutiveFailures > 0 ? undefined : silenceCodes.find((code) => code === errorCode);
}
