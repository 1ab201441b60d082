import { parseFeed } from '@tradewatch/crawl/feed/parse-feed.ts';
import type { FeedContext } from '@tradewatch/crawl/feed/feed-result.ts';
import { forEachDocument } from './each-document.ts';

/**
 * `tradewatch feed parse FILE…`: one line a file with its feed and entries, as the crawler would read it; what cannot be
 * read becomes `{file, error}`. @returns the exit code.
 */
export function parseFeedFiles(files: readonly string[], context: Pick<FeedContext, 'url' | 'contentType'>): Promise<number> {
  return forEachDocument(files, (bytes) => {
    const parsed = parseFeed(bytes, context);
    if (parsed.error) return parsed;
    const { title, link, language, description } = parsed.feed;
    return {
      feed: { title, link, language, description },
      entries: parsed.entries.map(({ id, title, link, published, updated, author, summary, content }) => ({ id, title, link, published, updated, author, summary, content })),
    };
  });
}
