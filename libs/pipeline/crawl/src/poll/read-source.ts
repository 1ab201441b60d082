// Fetches a source and reads it: the main address under its validators, then the fallbacks, until one gives a feed.
import { HttpError, type GetResult, type HttpClient } from '@tradewatch/http';
import type { ParsedFeed } from '../feed/feed-result.ts';
import { parseFeed } from '../feed/parse-feed.ts';
import type { Source } from '../source/source.ts';

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
    }
  | { readonly outcome: 'unreadable'; readonly fault: ReadingFault };

export interface ReadOptions {
  readonly now: Date;
  readonly signal: AbortSignal;
}

/** Far beyond any feed; more would hold the database for nothing but one source's flood. */
const mostEntries = 10_000;

const accept = 'application/rss+xml, application/atom+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5';

/** @throws HttpError with code `aborted`; every other fault is in the result. */
export async function readSource(client: HttpClient, source: Source, options: ReadOptions): Promise<Reading> {
  let mainFault: ReadingFault | undefined;
  const hostsToLeaveAlone = new Set<string>();
  for (const [addressIndex, address] of [source.url, ...source.fallbacks].entries()) {
    if (hostsToLeaveAlone.has(new URL(address).host)) continue;
    const reading = await readAddress(client, source, address, addressIndex, options);
    if (reading.outcome === 'not-modified') return reading;
    if (reading.outcome === 'read') return { ...reading, mainFault };
    if (reading.fault.retryAfterMs !== undefined) hostsToLeaveAlone.add(new URL(address).host);
    mainFault ??= reading.fault;
  }
  const fault = mainFault ?? { code: 'request-failed', message: 'The source has no address that may be asked' };
  const more = source.fallbacks.length === 0 ? '' : source.fallbacks.length === 1 ? '; its fallback gave no feed either' : `; its ${source.fallbacks.length} fallbacks gave no feed either`;
  return { outcome: 'unreadable', fault: { ...fault, message: `${fault.message}${more}` } };
}

async function readAddress(client: HttpClient, source: Source, address: string, addressIndex: number, { now, signal }: ReadOptions): Promise<Reading> {
  const validators = addressIndex === 0 ? { etag: source.etag ?? undefined, lastModified: source.lastModified ?? undefined } : {};
  let response: GetResult;
  try {
    response = await client.get(address, { accept, signal, ...validators });
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    if (error.code === 'aborted') throw error;
    return { outcome: 'unreadable', fault: { code: error.code, message: error.message, retryAfterMs: error.retryAfterMs } };
  }
  const movedTo = response.movedPermanentlyTo;
  if (response.notModified) return { outcome: 'not-modified', movedTo };
  const parsed = parseFeed(response.body, { url: response.url, contentType: response.headers['content-type'], now, language: source.language });
  if (parsed.error) return { outcome: 'unreadable', fault: parsed.error };
  if (parsed.entries.length > mostEntries) {
    return { outcome: 'unreadable', fault: { code: 'too-many-entries', message: `The feed has ${parsed.entries.length} entries, more than the ${mostEntries} that are read` } };
  }
  return { outcome: 'read', feed: parsed, addressIndex, movedTo, etag: response.etag ?? null, lastModified: response.lastModified ?? null };
}
