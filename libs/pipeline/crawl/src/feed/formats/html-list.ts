// Pages that list articles without offering a feed, read by CSS selectors from the catalog.
import { costsTooMuch } from '../../extract/page-cost.ts';
import { parsePage, type PageDocument, type PageElement } from '../../extract/page.ts';
import { collapse, plainLine, sanitizeMarkup, textOfMarkup } from '../clean-html.ts';
import { decodeBytes } from '../decode-bytes.ts';
import { absoluteLink } from '../entry-parts.ts';
import { parseFeedDate } from '../feed-date.ts';
import { asResult, FeedProblem, type FeedContext, type FeedEntry, type ListSelectors, type SourceFormat } from '../feed-result.ts';
import { normalizeUrl } from '../normalize-url.ts';
import { feedOf } from './json-source.ts';

const maxItems = 500;

export const htmlList: SourceFormat = {
  parse: (bytes, context) => asResult(() => {
    const selectors = context.selectors;
    if (selectors === undefined) throw new FeedProblem('unexpected-shape', 'The source is a web page, but no selectors say where its articles are');
    const { text } = decodeBytes(bytes, context.contentType);
    if (text.trim() === '') throw new FeedProblem('empty', 'The document is empty');
    if (costsTooMuch(text)) throw new FeedProblem('too-many-nodes', 'The page has more elements than any list of articles, or nests them too deep');
    const document = parsePage(text);
    const base = absoluteLink(document.querySelector('base[href]')?.getAttribute('href'), context.url) ?? context.url;
    const items = [...select(document, selectors.item)].slice(0, maxItems);
    const entries = onceEach(items.flatMap((item) => entryOf(item, selectors, base, context) ?? []));
    if (entries.length === 0) throw new FeedProblem('unexpected-shape', `Nothing on the page matches "${selectors.item}": it was rebuilt, or it is not the page that was meant`);
    const title = collapse(document.querySelector('title')?.textContent ?? '') || null;
    return feedOf({ title, link: context.url ?? null, language: document.documentElement?.getAttribute('lang') ?? context.language ?? null, description: null }, entries);
  }),
};

function select(document: PageDocument, selector: string): Iterable<PageElement> {
  try {
    return document.querySelectorAll(selector);
  } catch (error) {
    throw new FeedProblem('unexpected-shape', `The selector "${selector}" cannot be used: ${(error as Error).message.slice(0, 200)}`);
  }
}

/** A page links an article from its picture, its headline and a "Read more": the longest words are the headline. */
function onceEach(entries: readonly FeedEntry[]): FeedEntry[] {
  const byId = new Map<string | null, FeedEntry>();
  for (const entry of entries) {
    const before = byId.get(entry.id);
    if (before === undefined || before.title.length < entry.title.length) byId.set(entry.id, entry);
  }
  return [...byId.values()];
}

function entryOf(item: PageElement, selectors: ListSelectors, base: string | undefined, context: FeedContext): FeedEntry | undefined {
  const linkElement = selectors.link !== undefined ? item.querySelector(selectors.link) : item.tagName === 'A' ? item : item.querySelector('a[href]');
  const link = absoluteLink(linkElement?.getAttribute('href'), base);
  const titleElement = selectors.title === undefined ? linkElement : item.querySelector(selectors.title);
  const title = plainLine(titleElement?.textContent ?? '') || collapse(linkElement?.getAttribute('title') ?? '');
  if (link === null || title === '' || !/^https?:/i.test(link)) return undefined;
  const dateElement = selectors.date === undefined ? item.querySelector('time') : item.querySelector(selectors.date);
  const raw = collapse(dateElement?.getAttribute('datetime') ?? dateElement?.textContent ?? '') || null;
  const date = parseFeedDate(raw, { now: context.now ?? new Date(), language: context.language });
  const summary = selectors.summary === undefined ? '' : sanitizeMarkup(item.querySelector(selectors.summary)?.innerHTML ?? '', base);
  return {
    id: normalizeUrl(link),
    title,
    link,
    published: date.iso,
    publishedRaw: raw,
    publishedConfidence: date.confidence,
    updated: null,
    author: null,
    summary: summary || null,
    content: null,
    text: textOfMarkup(summary),
    categories: [],
  };
}
