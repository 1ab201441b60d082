// Fetches a source and reads it: the main address under its validators, then the fallbacks, until one gives entries.
import type { HttpClient } from '@tradewatch/http';
import { dayPlaceholder } from '../source/gazette-days.ts';
import type { ParsedFeed } from '../feed/feed-result.ts';
import type { Source } from '../source/source.ts';
import { readDays } from './read-days.ts';
import type { SourceAddress } from './read-page.ts';
import { readPages } from './read-pages.ts';

/** Why an address gave no feed: a stable code, and a sentence for the sources page. */
export interface ReadingFault {
  readonly code: string;
  readonly message: string;
  readonly retryAfterMs?: number | undefined;
}

/** What one round through a source's addresses gave. */
export type Reading =
  | { readonly outcome: 'not-modified'; readonly movedTo?: string | undefined }
  | {
      readonly outcome: 'read';
      readonly feed: ParsedFeed;
      /** Which address gave it: 0 is the main one. */
      readonly addressIndex: number;
      readonly movedTo?: string | undefined;
      readonly etag: string | null;
      readonly lastModified: string | null;
      /** What was wrong with the main address where a fallback had to do. */
      readonly mainFault?: ReadingFault | undefined;
      /** What kept the rest away where only a part was read: no success, though what came is worth having. */
      readonly partFault?: ReadingFault | undefined;
      /** Days to ask for again, ISO: of a gazette. */
      readonly gaps?: readonly string[] | undefined;
    }
  | { readonly outcome: 'unreadable'; readonly fault: ReadingFault; readonly gaps?: readonly string[] | undefined };

/** What reading needs to know of a source and of what was read before. */
export type ReadableSource = Pick<Source, 'kind' | 'language' | 'url' | 'fallbacks' | 'selectors' | 'etag' | 'lastModified' | 'lastPolledAt' | 'lastSucceededAt' | 'backfilledAt' | 'consecutiveFailures' | 'gaps'>;

export interface ReadOptions {
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** The way out, which keeps to the host's pace itself: a source of several pages or days asks for one after the other. */
export type Getter = Pick<HttpClient, 'get'>;

/** @throws HttpError with code `aborted`; every other fault is in the result. */
export async function readSource(client: Getter, source: ReadableSource, options: ReadOptions): Promise<Reading> {
  let main: Extract<Reading, { outcome: 'unreadable' }> | undefined;
  const hostsToLeaveAlone = new Set<string>();
  for (const [addressIndex, address] of [source.url, ...source.fallbacks].entries()) {
    if (hostsToLeaveAlone.has(new URL(address).host)) continue;
    const reading = await readAddress(client, source, { address, addressIndex }, options);
    if (reading.outcome === 'not-modified') return reading;
    if (reading.outcome === 'read') return main === undefined ? reading : { ...reading, mainFault: main.fault, gaps: reading.gaps ?? main.gaps };
    if (reading.fault.retryAfterMs !== undefined) hostsToLeaveAlone.add(new URL(address).host);
    main ??= reading;
  }
  const fault = main?.fault ?? { code: 'request-failed', message: 'The source has no address that may be asked' };
  const more = source.fallbacks.length === 0 ? '' : source.fallbacks.length === 1 ? '; its fallback gave no feed either' : `; its ${source.fallbacks.length} fallbacks gave no feed either`;
  return { outcome: 'unreadable', fault: { ...fault, message: `${fault.message}${more}` } };
}

/** One of a source's addresses with all its pages or days. @throws HttpError with code `aborted` */
export function readAddress(client: Getter, source: ReadableSource, at: SourceAddress, options: ReadOptions): Promise<Reading> {
  const read = source.kind === 'dof' && at.address.includes(dayPlaceholder) ? readDays : readPages;
  return read(client, source, at, options);
}
