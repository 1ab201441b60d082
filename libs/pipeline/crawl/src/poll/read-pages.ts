// A source of several pages: the newest first, then on to older ones as far as they can hold anything that came since the last success.
import type { ParsedFeed } from '../feed/feed-result.ts';
import { readPage, type Page, type SourceAddress } from './read-page.ts';
import type { Getter, ReadableSource, Reading, ReadingFault, ReadOptions } from './read-source.ts';

/** Pages of one poll at most. */
const mostPages = 5;
/** Far beyond any feed; more would hold the database for nothing but one source's flood. */
const mostEntries = 10_000;
/** How much earlier than the last success entries that are new may be dated: the Register dates by the day. */
const overlapMs = (source: ReadableSource): number => (source.kind === 'federal-register' ? 36 : 1) * 3600_000;
/** Polls in a row that a missing older page makes fail; after them the source goes without it. */
const mostTriesOfPages = 3;
/** How far back the first poll reads. */
const firstLookMs = 14 * 24 * 3600_000;

type ReadPage = Extract<Page, { outcome: 'read' }>;

/** Follows `next` on the same host only: another is not ours to ask in this poll. @throws HttpError with code `aborted` */
export async function readPages(client: Getter, source: ReadableSource, at: SourceAddress, options: ReadOptions): Promise<Reading> {
  const validators = at.addressIndex === 0 ? { etag: source.etag ?? undefined, lastModified: source.lastModified ?? undefined } : {};
  const first = await readPage(client, source, at, options, validators);
  if (first.outcome !== 'read') return first;
  const since = source.lastSucceededAt === null || source.backfilledAt === null ? options.now.getTime() - firstLookMs : source.lastSucceededAt.getTime() - overlapMs(source);
  const pages: ParsedFeed[] = [first.feed];
  const asked = new Set([at.address, first.url]);
  let partFault: ReadingFault | undefined;
  for (let page: ReadPage = first; pages.length < mostPages && mayHoldNews(page.feed, since); ) {
    const next = nextAddress(page);
    if (next === undefined || asked.has(next)) break;
    asked.add(next);
    const following = await readPage(client, source, { ...at, address: next }, options);
    if (following.outcome !== 'read') {
      const isNeeded = pages.every(({ entries }) => entries.length === 0);
      if (following.outcome === 'unreadable' && (isNeeded || (following.isPassing && source.consecutiveFailures < mostTriesOfPages))) partFault = following.fault;
      break;
    }
    pages.push(following.feed);
    page = following;
  }
  const entries = pages.flatMap((page) => page.entries);
  // An index of parts has nothing itself: without its part nothing was read.
  if (entries.length === 0 && partFault) return { outcome: 'unreadable', fault: partFault };
  if (entries.length > mostEntries) {
    return { outcome: 'unreadable', fault: { code: 'too-many-entries', message: `The feed has ${entries.length} entries, more than the ${mostEntries} that are read` } };
  }
  const isWhole = partFault === undefined && first.feed.entries.length > 0;
  return {
    outcome: 'read', feed: { ...first.feed, entries, warnings: [...new Set(pages.flatMap((page) => page.warnings))] }, addressIndex: at.addressIndex, movedTo: first.movedTo,
    // An index may stay the same while its part grows, and a page that is missing must be asked for again.
    etag: isWhole || first.feed.next === undefined ? first.etag : null, lastModified: isWhole || first.feed.next === undefined ? first.lastModified : null,
    partFault,
  };
}

/** Whether older pages may hold entries since then: they may when all of this page's are newer, and where it is an index without entries. */
function mayHoldNews({ entries }: ParsedFeed, since: number): boolean {
  const times = entries.flatMap(({ published, updated }) => (published === null && updated === null ? [] : [Date.parse((updated ?? published)!)]));
  if (entries.length === 0) return true;
  return times.length > 0 && times.every((time) => time > since);
}

function nextAddress({ feed, url }: ReadPage): string | undefined {
  if (feed.next === undefined || !URL.canParse(feed.next, url)) return undefined;
  const next = new URL(feed.next, url);
  next.hash = '';
  return next.host === new URL(url).host && next.protocol.startsWith('http') ? next.href : undefined;
}
