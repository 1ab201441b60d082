import { collapse } from '../feed/clean-html.ts';
import { trimText } from './leftovers.ts';
import { readMainText, type ArticleSelectors, type MainText } from './main-text.ts';
import { parsePage, type PageDocument } from './page.ts';
import { costsTooMuch } from './page-cost.ts';
import { readMetadata } from './page-metadata.ts';
import { judgeText, type ExtractionQuality } from './text-quality.ts';

export interface ExtractOptions {
  /** Where the page came from; relative addresses are resolved against it. */
  readonly url?: string | undefined;
  /** For sites whose pages mislead the general rules. */
  readonly selectors?: ArticleSelectors | undefined;
  readonly now?: Date | undefined;
}

export interface ExtractedArticle {
  readonly title: string | null;
  readonly byline: string | null;
  /** ISO 8601 in UTC. */
  readonly published: string | null;
  readonly language: string | null;
  readonly canonicalUrl: string | null;
  /** Plain text, paragraphs separated by a blank line; may be empty. */
  readonly text: string;
  readonly quality: ExtractionQuality;
}

const maxPage = 4_000_000;
const shortText = 250;

/**
 * Title, author, date, language, address and main text of a web page, with a judgement of what was found: where the verdict is not
 * `article`, the feed's own summary is the better text. Never throws: a page that cannot be read has the verdict `unreadable`.
 */
export function extractArticle(html: string, options: ExtractOptions = {}): ExtractedArticle {
  const source = html.slice(0, maxPage);
  if (costsTooMuch(source)) return unreadable;
  try {
    return extract(source, options);
  } catch {
    return unreadable;
  }
}

const unreadable: ExtractedArticle = { title: null, byline: null, published: null, language: null, canonicalUrl: null, text: '', quality: { score: 0, verdict: 'unreadable' } };

function extract(html: string, options: ExtractOptions): ExtractedArticle {
  const page = parsePage(html);
  const hidden = hiddenPages(page);
  const metadata = readMetadata(page, { now: options.now ?? new Date(), language: page.documentElement?.getAttribute('lang')?.slice(0, 2) ?? undefined, url: options.url });
  for (const element of [...page.querySelectorAll('script, style, template')]) element.remove();
  const pageText = collapse(page.body?.textContent ?? '');
  const main = withHidden(mainText(page, options.selectors), hidden);
  const title = metadata.title ?? main.title;
  const byline = metadata.byline ?? main.byline;
  const text = trimText(longer(main.text, metadata.statedText), { title, byline });
  return {
    title,
    byline,
    published: metadata.published,
    language: metadata.language,
    canonicalUrl: metadata.canonicalUrl ?? options.url ?? null,
    text,
    quality: judgeText({ text, title, pageText, isFree: metadata.isFree }),
  };
}

/** Markup that scripts would put in place of what is shown, or that stands in for them. */
function hiddenPages(page: PageDocument): string[] {
  const found = [...page.querySelectorAll('script[type="text/template"], script[type="text/html"], noscript, template')].map((element) => element.textContent ?? '');
  return found.filter((markup) => markup.length > 500 && markup.includes('<p')).sort((a, b) => b.length - a.length).slice(0, 3);
}

function withHidden(main: MainText, hidden: readonly string[]): MainText {
  if (main.text.length >= shortText || hidden.length === 0) return main;
  const longest = hidden.map((markup) => mainText(parsePage(markup), undefined)).sort((a, b) => b.text.length - a.text.length)[0];
  return longest !== undefined && longest.text.length > main.text.length * 1.5 ? { ...main, text: longest.text } : main;
}

function mainText(page: PageDocument, selectors: ArticleSelectors | undefined): MainText {
  try {
    return readMainText(page, selectors);
  } catch {
    return { text: '', title: null, byline: null };
  }
}

/** The text stated for search engines is used where the visible one is missing or cut. */
function longer(found: string, stated: string | null): string {
  return stated !== null && stated.length > 300 && stated.length > found.length * 1.5 ? stated : found;
}
