// What a fetched page is worth beside what its feed said: its text, or the reason why the feed's summary is the better one.
import type { ArticleSelectors } from '../extract/main-text.ts';
import { extractArticle, type ExtractedArticle } from '../extract/extract-article.ts';
import { extractPdf } from '../extract/extract-pdf.ts';
import { judgeText, type ExtractionVerdict } from '../extract/text-quality.ts';
import { decodeBytes } from '../feed/decode-bytes.ts';

export interface FetchedPage {
  /** After redirects. */
  readonly url: string;
  readonly contentType: string | undefined;
  readonly body: Uint8Array;
}

export interface SummaryOfPage {
  readonly title: string;
  readonly text: string;
}

/** Why a page's text is not used: a code, and a sentence for people. */
export interface PageFault {
  readonly reason: string;
  readonly message: string;
}

export type PageText =
  | { readonly outcome: 'text'; readonly article: ExtractedArticle }
  | ({ readonly outcome: 'summary'; readonly quality: number | null } & PageFault);

/** Below it the feed's own summary is the better text. */
const leastQuality = 0.5;
const longestText = 200_000;
/** A page in other words than its feed's entry is another page: a list, a front page, a sign-in. */
const leastShared = 0.4;

const faults: Readonly<Record<Exclude<ExtractionVerdict, 'article'>, string>> = {
  'stub': 'The page has too little text to be the article',
  'paywall': 'The page shows the beginning only and wants a subscription',
  'cookie-banner': 'The page shows a request for consent in place of the article',
  'bot-wall': 'The page is closed to programs',
  'error-page': 'The page says that the article is not there',
  'empty': 'The page has no text without running its scripts',
  'unreadable': 'The page cannot be read',
};

/** Never throws. */
export async function readPageText(page: FetchedPage, summary: SummaryOfPage, options: { readonly selectors: ArticleSelectors | null; readonly now: Date }): Promise<PageText> {
  const read = await articleOf(page, options);
  if (read === undefined) return { outcome: 'summary', quality: null, reason: 'not-a-page', message: `The address leads to ${page.contentType?.split(';', 1)[0]?.slice(0, 80) ?? 'something'} that has no text` };
  const article = { ...read, text: storable(read.text).slice(0, longestText) };
  const { verdict, score } = article.quality;
  if (verdict !== 'article') return { outcome: 'summary', quality: score, reason: verdict, message: faults[verdict] };
  if (score < leastQuality) return { outcome: 'summary', quality: score, reason: 'stub', message: faults.stub };
  if (!isAbout(article, summary)) return { outcome: 'summary', quality: score, reason: 'other-page', message: 'The page is about something else than the feed says' };
  if (article.text.length < summary.text.length * 1.1) return { outcome: 'summary', quality: score, reason: 'no-more', message: 'The page says no more than the feed' };
  return { outcome: 'text', article };
}

async function articleOf({ url, contentType = '', body }: FetchedPage, { selectors, now }: { readonly selectors: ArticleSelectors | null; readonly now: Date }): Promise<ExtractedArticle | undefined> {
  const start = Buffer.from(body.subarray(0, 1024)).toString('latin1');
  if (start.includes('%PDF-')) return extractPdf(body, { url, now });
  if (/^(?:image|audio|video|font)\/|octet-stream|zip|json/i.test(contentType) || start.includes('\0\0')) return undefined;
  // Some sites answer every unknown address with their feed: all articles at once are none.
  if (/<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]/.test(start)) return undefined;
  const { text } = decodeBytes(body, contentType);
  if (/^text\/plain/i.test(contentType) && !/<(?:html|body|pre|p|div)\b/i.test(text.slice(0, 5000))) return plainText(text, url);
  return extractArticle(text, { url, now, ...(selectors ? { selectors } : {}) });
}

function plainText(text: string, url: string): ExtractedArticle {
  const paragraphs = text.split(/\n\s*\n/).map((paragraph) => paragraph.replace(/\s+/g, ' ').trim()).filter((paragraph) => paragraph !== '').join('\n\n');
  return { title: null, byline: null, published: null, language: null, canonicalUrl: url, text: paragraphs, quality: judgeText({ text: paragraphs, title: null, pageText: paragraphs, isFree: true }) };
}

/** Whether the words of the entry's headline, or of its summary, stand on the page. */
function isAbout({ title, text }: ExtractedArticle, summary: SummaryOfPage): boolean {
  const words = new Set(wordsOf(`${title ?? ''} ${text}`));
  const shared = (of: readonly string[]): number => (of.length === 0 ? 1 : of.filter((word) => words.has(word)).length / of.length);
  return shared(wordsOf(summary.title)) >= leastShared || (summary.text.length > 80 && shared(wordsOf(summary.text.slice(0, 600))) >= 0.6);
}

function wordsOf(text: string): string[] {
  return [...new Set(text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? [])];
}

/** PostgreSQL refuses NUL, and half a surrogate pair is no text. */
function storable(text: string): string {
  return text.replaceAll('\0', '').toWellFormed().trim();
}
