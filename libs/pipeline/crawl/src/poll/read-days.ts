// A gazette with an address for each day. A day that comes empty (200, but nothing in it) is a gap: kept, and asked for again.
import { dayAddress, dayWords, planDays } from '../source/gazette-days.ts';
import { readPage, type Page, type SourceAddress } from './read-page.ts';
import type { Getter, ReadableSource, Reading, ReadingFault, ReadOptions } from './read-source.ts';

/** Entries of all days that have any; no validators, for they belong to one day's address. @throws HttpError with code `aborted` */
export async function readDays(client: Getter, source: ReadableSource, { address, addressIndex }: SourceAddress, options: ReadOptions): Promise<Reading> {
  const { ask, leave } = planDays(source, options.now);
  const read: Extract<Page, { outcome: 'read' }>[] = [];
  const gaps: string[] = [];
  let fault: ReadingFault | undefined;
  for (const [index, day] of ask.entries()) {
    const page = await readPage(client, source, { address: dayAddress(address, day), addressIndex }, options);
    if (page.outcome === 'read') {
      read.push(page);
      continue;
    }
    gaps.push(day);
    if (page.outcome === 'unreadable' && page.fault.code !== 'gap') {
      // The service is out: the other days wait for it.
      fault = page.fault;
      gaps.push(...ask.slice(index + 1));
      break;
    }
  }
  const allGaps = [...gaps, ...leave];
  const [newest] = read;
  if (newest === undefined) return { outcome: 'unreadable', fault: fault ?? emptyDays(gaps), gaps: allGaps };
  const entries = read.flatMap(({ feed }) => feed.entries);
  return { outcome: 'read', feed: { ...newest.feed, entries, warnings: read.flatMap(({ feed }) => feed.warnings) }, addressIndex, etag: null, lastModified: null, gaps: allGaps, partFault: fault };
}

function emptyDays(days: readonly string[]): ReadingFault {
  return { code: 'gap', message: `The gazette has nothing yet for ${dayWords(days)}: no edition appeared, or its service failed` };
}
