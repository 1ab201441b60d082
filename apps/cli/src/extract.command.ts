import { extractArticle } from '@tradewatch/crawl/extract/extract-article.ts';
import { extractPdf } from '@tradewatch/crawl/extract/extract-pdf.ts';
import { decodeBytes } from '@tradewatch/crawl/feed/decode-bytes.ts';
import { forEachDocument } from './each-document.ts';

/**
 * `tradewatch extract FILE…`: one line a page or PDF with its article as the crawler would read it. What is no article is
 * answered too: `quality.verdict` says what it is. @returns the exit code.
 */
export function extractFiles(files: readonly string[], { url }: { readonly url?: string | undefined }): Promise<number> {
  return forEachDocument(files, async (bytes) => {
    const isPdf = bytes.subarray(0, 1024).includes('%PDF-');
    const { title, byline, published, language, text, quality } = isPdf ? await extractPdf(bytes, { url }) : extractArticle(decodeBytes(bytes).text, { url });
    return { title, byline, published, language, text, quality };
  });
}
