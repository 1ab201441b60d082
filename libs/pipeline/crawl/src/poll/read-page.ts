// One request of a source and what is in its answer.
import { HttpError } from '@tradewatch/http';
import type { FeedContext, FeedResult, ParsedFeed } from '../feed/feed-result.ts';
import { sourceFormats } from '../feed/formats/source-formats.ts';
import { parseFeed } from '../feed/parse-feed.ts';
import type { SourceKind } from '../source/source.ts';
import type { Getter, ReadableSource, ReadingFault, ReadOptions } from './read-source.ts';

/** One of a source's addresses: 0 is the main one. */
export interface SourceAddress {
  readonly address: string;
  readonly addressIndex: number;
}

export type Page =
  | { readonly outcome: 'not-modified'; readonly movedTo: string | undefined }
  | {
      readonly outcome: 'read';
      readonly feed: ParsedFeed;
      /** Where the page came from, after redirects. */
      readonly url: string;
      readonly movedTo: string | undefined;
      readonly etag: string | null;
      readonly lastModified: string | null;
    }
  | {
      readonly outcome: 'unreadable';
      readonly fault: ReadingFault;
      /** Whether the same request may work later without anyone changing anything. */
      readonly isPassing: boolean;
    };

export interface Validators {
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

const json = 'application/json, */*;q=0.5';
const xml = 'application/rss+xml, application/atom+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, */*;q=0.5';
const accept: Readonly<Record<SourceKind, string>> = {
  rss: xml, atom: xml, 'json-feed': 'application/feed+json, application/json;q=0.9, */*;q=0.5', 'federal-register': json, govdelivery: json,
  'canada-news': 'application/atom+xml, application/json;q=0.9, */*;q=0.5', dof: json, 'html-list': 'text/html, application/xhtml+xml;q=0.9, */*;q=0.5', sitemap: 'application/xml, text/xml, */*;q=0.5',
};

/**
 * Asks for one page. A fallback may be of the source's kind or any feed.
 * @throws HttpError with code `aborted`; every other fault is in the result.
 */
export async function readPage(client: Getter, source: ReadableSource, { address, addressIndex }: SourceAddress, { now, signal }: ReadOptions, validators: Validators = {}): Promise<Page> {
  try {
    const response = await client.get(address, { accept: accept[source.kind], signal, ...validators });
    const movedTo = response.movedPermanentlyTo;
    if (response.notModified) return { outcome: 'not-modified', movedTo };
    const context: FeedContext = { url: response.url, contentType: response.headers['content-type'], now, language: source.language, selectors: source.selectors ?? undefined };
    const parsed = parse(response.body, context, source.kind, addressIndex > 0);
    if (parsed.error) return { outcome: 'unreadable', fault: parsed.error, isPassing: false };
    return { outcome: 'read', feed: parsed, url: response.url, movedTo, etag: response.etag ?? null, lastModified: response.lastModified ?? null };
  } catch (error) {
    if (!(error instanceof HttpError) || error.code === 'aborted') throw error;
    return { outcome: 'unreadable', fault: { code: error.code, message: error.message, retryAfterMs: error.retryAfterMs }, isPassing: error.retryable };
  }
}

function parse(bytes: Uint8Array, context: FeedContext, kind: SourceKind, isFallback: boolean): FeedResult {
  const parsed = sourceFormats[kind].parse(bytes, context);
  if (!parsed.error || !isFallback) return parsed;
  const feed = parseFeed(bytes, context);
  return feed.error ? parsed : feed;
}
