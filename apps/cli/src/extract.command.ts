import { extractArticle } from '@tradewatch/crawl/extract/extract-article.ts';
import { decodeBytes } from '@tradewatch/crawl/feed/decode-bytes.ts';
import { forEachDocument } from './each-document.ts';

/**
 * `tradewatch extract FILE…`: one line a page with its article as the crawler would read it. What is no article is
 * answered too: `quality.verdict` says what it is. @returns the exit code.
 */
export function extractFiles(files: readonly string[], { url }: { readonly url?: string | undefined }): Promise<number> {
  return forEachDocument(files, (bytes) => {
    const { title, byline, published, language, text, quality } = extractArticle(decodeBytes(bytes).text, { url });
    return { title, byline, published, language, text, quality };
  });
}
