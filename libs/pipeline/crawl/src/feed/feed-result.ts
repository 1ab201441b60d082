import type { DateConfidence } from '@tradewatch/events';

/** One entry as a source gave it, normalised: absolute links, UTC times, sanitised HTML. */
export interface FeedEntry {
  /** The guid, Atom id, rdf:about or official document number; null where the source gives none. */
  readonly id: string | null;
  /** Plain text on one line. */
  readonly title: string;
  readonly link: string | null;
  /** ISO 8601 in UTC; null where nothing in the entry can be read as a time. Never in the future. */
  readonly published: string | null;
  /** The date as it stood in the source. */
  readonly publishedRaw: string | null;
  readonly publishedConfidence: DateConfidence;
  readonly updated: string | null;
  readonly author: string | null;
  /** Sanitised HTML. */
  readonly summary: string | null;
  /** Sanitised HTML of the full text, where the source carries it. */
  readonly content: string | null;
  /** Plain text of the content, or of the summary; paragraphs separated by a blank line; may be empty. */
  readonly text: string;
  readonly categories: readonly string[];
  /** What else an official source states: document numbers, dockets, agencies, effective dates. */
  readonly facts?: Readonly<Record<string, string | readonly string[]>>;
}

export interface FeedInfo {
  readonly title: string | null;
  readonly link: string | null;
  readonly language: string | null;
  readonly description: string | null;
}

/** How often the source wants to be asked, as far as it says. */
export interface FeedSchedule {
  readonly ttlMinutes: number | null;
  /** Hours of the day (UTC, 0..23) in which nothing new comes. */
  readonly skipHours: readonly number[];
  readonly skipDays: readonly string[];
}

export type FeedWarning = 'truncated' | 'malformed' | 'wrong-encoding-declared';

export type FeedErrorCode =
  | 'empty' | 'not-a-feed' | 'truncated' | 'entity-bomb' | 'too-deep' | 'too-many-nodes' | 'invalid-json' | 'unexpected-shape' | 'gap' | 'unreadable';

export interface ParsedFeed {
  readonly feed: FeedInfo;
  readonly entries: readonly FeedEntry[];
  readonly schedule: FeedSchedule;
  /** What was repaired on the way. */
  readonly warnings: readonly FeedWarning[];
  /** The next page, where the source has one. */
  readonly next?: string | undefined;
  readonly error?: undefined;
}

export interface UnreadableFeed {
  readonly error: { readonly code: FeedErrorCode; readonly message: string };
}

export type FeedResult = ParsedFeed | UnreadableFeed;

export interface FeedContext {
  /** Where the bytes came from; relative links are resolved against it. */
  readonly url?: string | undefined;
  /** The HTTP Content-Type field. */
  readonly contentType?: string | undefined;
  /** Dates later than this are pulled back to it; the clock by default. */
  readonly now?: Date | undefined;
  /** ISO 639-1; decides between day/month and month/day where a date leaves it open. */
  readonly language?: string | undefined;
  /** For pages that list articles (`html-list`). */
  readonly selectors?: ListSelectors | undefined;
}

/** Where things stand on a page that lists articles; CSS selectors, those of parts relative to the item. */
export interface ListSelectors {
  readonly item: string;
  /** The link to the article; the first link in the item by default, or the item itself where it is one. */
  readonly link?: string | undefined;
  /** The text of the link by default. */
  readonly title?: string | undefined;
  readonly date?: string | undefined;
  readonly summary?: string | undefined;
}

/** One kind of source: bytes in, entries out, never throwing. */
export interface SourceFormat {
  parse(bytes: Uint8Array, context: FeedContext): FeedResult;
}

export const noSchedule: FeedSchedule = { ttlMinutes: null, skipHours: [], skipDays: [] };

/** Raised inside a parser to end with a named error; `parseFeed` and the formats turn it into a result. */
export class FeedProblem extends Error {
  readonly code: FeedErrorCode;

  constructor(code: FeedErrorCode, message: string) {
    super(message);
    this.name = 'FeedProblem';
    this.code = code;
  }
}

/** Runs a parser so that whatever it throws becomes a result. */
export function asResult(parse: () => ParsedFeed): FeedResult {
  try {
    return parse();
  } catch (error) {
    if (error instanceof FeedProblem) return { error: { code: error.code, message: error.message } };
    return { error: { code: 'unreadable', message: `The feed cannot be read: ${error instanceof Error ? error.message : String(error)}` } };
  }
}
