// Which articles have a page worth fetching: those whose feed gives a summary only, while they are news.
import type { Article } from '@tradewatch/events';
import { isOwnPage, pageKey } from '../feed/normalize-url.ts';
import type { FullTextMode } from '../source/source.ts';

export interface FeedArticle {
  readonly url: string;
  /** What the feed says. */
  readonly text: string;
  readonly publishedAt: Date;
}

/** From here on a feed's text counts as the whole article, unless it breaks off. */
const fullLength = 1500;
const breakOff = /(?:…|\.\.\.|\[\s*(?:…|\.\.\.|&hellip;)\s*\]|(?:read more|continue reading|read the full (?:story|article)|leer más|seguir leyendo|lire la suite|en savoir plus)\s*[.…»›>→]*)\s*$/i;
const boilerplate = /(?:the post .{1,300} (?:first )?appeared first on|la entrada .{1,300} se publicó primero en|l['’]article .{1,300} est apparu en premier sur)/i;
/** A page older than that is history: it is not worth a request of its own. */
const newsMs = 7 * 24 * 3600_000;

/** Whether what a feed gave is a part of the article only. */
export function isSummary(text: string): boolean {
  return text.length < fullLength || breakOff.test(text.slice(-200)) || (boilerplate.test(text.slice(-600)) && text.length < fullLength * 2);
}

/** The pages to be fetched for articles that were just filed. */
export function wantedPages(articles: readonly Article[], mode: FullTextMode, at: Date): { articleId: string; url: string }[] {
  return articles.flatMap(({ id, url, text, publishedAt }) => (wantsPage({ url, text, publishedAt: new Date(publishedAt) }, mode, at) ? [{ articleId: id, url }] : []));
}

/** Whether the page of an article is to be fetched, when the article was found at this moment. */
export function wantsPage(article: FeedArticle, mode: FullTextMode, at: Date): boolean {
  const key = pageKey(article.url);
  if (mode === 'never' || key === undefined || !isOwnPage(key)) return false;
  return mode === 'always' || (isSummary(article.text) && at.getTime() - article.publishedAt.getTime() <= newsMs);
}
