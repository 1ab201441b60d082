// An entry of a feed, made fit to be stored: an identity, an address, a date, and text that PostgreSQL and JSON can hold.
import { createHash } from 'node:crypto';
import type { DateConfidence } from '@tradewatch/events';
import type { FeedEntry } from '../feed/feed-result.ts';
import { pageKey } from '../feed/normalize-url.ts';
import type { Source } from '../source/source.ts';
import { correctedDocuments, type DocumentNumber } from './correction.ts';
import { uniqueNumbers } from './document-numbers.ts';
import { fingerprintOf } from './fingerprint.ts';
import { reportOf, type Report } from './report.ts';

export interface ArticleDraft {
  /** The entry's identity within its source: guid, else its normalised link, else a hash of title and date. */
  readonly guid: string;
  readonly url: string;
  readonly canonicalUrl: string;
  readonly title: string;
  /** The words of the headline: what a source's entries are known again by when it renews its guids. */
  readonly titleKey: string;
  readonly text: string;
  readonly author: string | null;
  /** Changes when the title or the text does. */
  readonly contentHash: string;
  readonly publishedAt: Date;
  readonly publishedRaw: string | null;
  readonly publishedConfidence: DateConfidence;
  readonly updatedAt: Date | null;
  /** What it says, ready to be compared with other articles, and the keys that copies of it are found by. */
  readonly report: Report;
  readonly fingerprint: readonly number[];
  /** The documents a correction says it corrects, `kind:number`; empty for anything else. */
  readonly corrects: readonly DocumentNumber[];
}

const longestTitle = 1000;
/** Longer than any notice a feed has carried; beyond it a hostile feed would only cost memory in every later step. */
const longestText = 200_000;
const longestGuid = 500;
const longestKey = 400;
/** Before news feeds existed: zero dates of content systems, which say nothing. */
const earliest = Date.UTC(1995, 0, 1);

/** The draft of an entry; undefined for one that says nothing at all. */
export function draftArticle(entry: FeedEntry, source: Pick<Source, 'id' | 'url' | 'authority'>, fetchedAt: Date): ArticleDraft | undefined {
  const text = storable(entry.text, longestText);
  const title = storable(entry.title, longestTitle) || firstWords(text);
  const link = webAddress(entry.link) ?? webAddress(entry.id);
  if (title === '' && link === undefined) return undefined;
  const canonical = link === undefined ? undefined : pageKey(link);
  const guid = identity(entry, canonical, title);
  const headline = title === '' ? link! : title;
  const url = link ?? source.url;
  const report = reportOf({ title: headline, text, guid, url, official: source.authority === 'official' });
  const own = new Set(uniqueNumbers(report.documents));
  return {
    guid,
    url,
    // An entry without a page of its own is nobody's duplicate by address.
    canonicalUrl: canonical ?? `entry:${source.id}/${digest(guid)}`,
    title: headline,
    titleKey: report.headline.words.join(' ').slice(0, longestKey).trimEnd(),
    text,
    author: storable(entry.author ?? '', 300) || null,
    contentHash: digest(`${headline}\n${text}`),
    ...publication(entry, fetchedAt),
    updatedAt: time(entry.updated) ?? null,
    report,
    fingerprint: fingerprintOf(report),
    corrects: correctedDocuments({ guid, title: headline, text, facts: entry.facts }).filter((number) => !own.has(number)),
  };
}

function identity(entry: FeedEntry, canonical: string | undefined, title: string): string {
  const id = storable(entry.id ?? '', Infinity);
  if (id !== '') return id.length <= longestGuid ? id : `sha256:${digest(id)}`;
  if (canonical !== undefined) return canonical.length <= longestGuid ? canonical : `sha256:${digest(canonical)}`;
  return `sha256:${digest(`${title}\n${entry.publishedRaw ?? ''}`)}`;
}

function publication(entry: FeedEntry, fetchedAt: Date): Pick<ArticleDraft, 'publishedAt' | 'publishedRaw' | 'publishedConfidence'> {
  const publishedRaw = storable(entry.publishedRaw ?? '', 200) || null;
  const published = time(entry.published);
  if (published === undefined || published.getTime() < earliest) return { publishedAt: fetchedAt, publishedRaw, publishedConfidence: 'absent' };
  if (published > fetchedAt) return { publishedAt: fetchedAt, publishedRaw, publishedConfidence: entry.publishedConfidence };
  return { publishedAt: published, publishedRaw, publishedConfidence: entry.publishedConfidence };
}

function time(iso: string | null): Date | undefined {
  const date = iso === null ? undefined : new Date(iso);
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}

function webAddress(text: string | null): string | undefined {
  if (text === null || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  return new URL(text).href;
}

/** PostgreSQL refuses NUL, and half a surrogate pair is no text. */
function storable(text: string, longest: number): string {
  return text.slice(0, longest).replaceAll('\0', '').toWellFormed().trim();
}

function firstWords(text: string): string {
  const line = text.slice(0, 120).split('\n', 1)[0] ?? '';
  return text.length > line.length && line.includes(' ') ? `${line.slice(0, line.lastIndexOf(' '))}…` : line;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
