// What the formats that are JSON share: reading the document, taking one bad item for one lost item, and building entries.
import type { z } from 'zod';
import { decodeBytes } from '../decode-bytes.ts';
import { FeedProblem, noSchedule, type FeedEntry, type FeedInfo, type ParsedFeed } from '../feed-result.ts';

/** @throws FeedProblem `empty`, `not-a-feed`, `invalid-json` */
export function readJson(bytes: Uint8Array, contentType: string | undefined): unknown {
  const text = decodeBytes(bytes, contentType).text.trim();
  if (text === '') throw new FeedProblem('empty', 'The document is empty');
  if (text.startsWith('<')) throw new FeedProblem('not-a-feed', 'The document is a web page or XML where JSON was expected');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FeedProblem('invalid-json', `The document is not valid JSON: ${(error as Error).message.slice(0, 200)}`);
  }
}

/** The items that have the expected shape; @throws FeedProblem `unexpected-shape` where there are items and none has. */
export function readItems<Schema extends z.ZodType>(list: readonly unknown[], schema: Schema): z.infer<Schema>[] {
  const items: z.infer<Schema>[] = [];
  for (const candidate of list) {
    const result = schema.safeParse(candidate);
    if (result.success) items.push(result.data);
  }
  if (items.length === 0 && list.length > 0) throw new FeedProblem('unexpected-shape', 'The source answered with items in a shape that is not known');
  return items;
}

export function shapeProblem(what: string): FeedProblem {
  return new FeedProblem('unexpected-shape', `The document is JSON, but not ${what}`);
}

export function feedOf(feed: FeedInfo, entries: readonly FeedEntry[], next?: string): ParsedFeed {
  return { feed, entries, schedule: noSchedule, warnings: [], next };
}
