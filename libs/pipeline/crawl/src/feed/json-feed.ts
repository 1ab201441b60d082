// JSON Feed 1.0 and 1.1. feedsmith reads it; entries it would refuse for one bad field are read without that field.
import { parseJsonFeed } from 'feedsmith';
import { collapse, escapeHtml, plainLine, sanitizeMarkup } from './clean-html.ts';
import { absoluteLink, bodyText, joinNames, personName } from './entry-parts.ts';
import { parseFeedDate, type DateContext } from './feed-date.ts';
import { FeedProblem, noSchedule, type FeedContext, type FeedEntry, type FeedInfo, type ParsedFeed } from './feed-result.ts';

type JsonItem = NonNullable<ReturnType<typeof parseJsonFeed<string>>['items']>[number];

/** @throws FeedProblem `invalid-json`, `not-a-feed` */
export function readJsonFeed(text: string, context: FeedContext): ParsedFeed {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || !('items' in value) || !Array.isArray(value.items)) {
    throw new FeedProblem('not-a-feed', 'The document is JSON, but not a JSON Feed (it has no list of items)');
  }
  const items = value.items.filter((item) => typeof item === 'object' && item !== null && !Array.isArray(item) && Object.keys(item).length > 0);
  if (items.length === 0) return { feed: emptyFeed(value as Record<string, unknown>), entries: [], schedule: noSchedule, warnings: [] };
  const feed = parseJsonFeed<string>({ version: 'https://jsonfeed.org/version/1.1', title: '', ...value, items });
  const link = absoluteLink(feed.home_page_url, context.url);
  const language = feed.language ?? null;
  const dates = { now: context.now ?? new Date(), language: context.language ?? language?.slice(0, 2) };
  const feedAuthor = joinNames(feed.authors?.map((author) => personName(author.name)) ?? []);
  const base = context.url ?? link ?? undefined;
  return {
    feed: { title: plainLine(feed.title ?? '') || null, link, language, description: plainLine(feed.description ?? '') || null },
    entries: (feed.items ?? []).map((item) => entryOf(item, base, dates, feedAuthor)),
    schedule: noSchedule,
    warnings: [],
    next: feed.next_url,
  };
}

function entryOf(item: JsonItem, base: string | undefined, dates: DateContext, feedAuthor: string | null): FeedEntry {
  const html = item.content_html ? sanitizeMarkup(item.content_html, base) : '';
  const content = html || escapeHtml(item.content_text?.trim() ?? '') || null;
  const summary = escapeHtml(item.summary?.trim() ?? '') || null;
  const published = parseFeedDate(item.date_published, dates);
  const updated = parseFeedDate(item.date_modified, dates).iso;
  return {
    id: collapse(String(item.id ?? '')) || null,
    title: plainLine(item.title ?? ''),
    link: absoluteLink(item.url ?? item.external_url, base),
    published: published.iso ?? updated,
    publishedRaw: item.date_published ?? item.date_modified ?? null,
    publishedConfidence: published.iso === null && updated !== null ? 'stated' : published.confidence,
    updated,
    author: joinNames(item.authors?.map((author) => personName(author.name)) ?? []) ?? feedAuthor,
    summary,
    content,
    text: html === '' ? (item.content_text ?? item.summary ?? '').trim() : bodyText(summary, content),
    categories: [...new Set((item.tags ?? []).map(collapse))].filter((tag) => tag !== ''),
  };
}

/** A feed whose list is empty, which feedsmith refuses. */
function emptyFeed(value: Record<string, unknown>): FeedInfo {
  const text = (name: string): string | null => (typeof value[name] === 'string' ? plainLine(value[name]) || null : null);
  return { title: text('title'), link: text('home_page_url'), language: text('language'), description: text('description') };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FeedProblem('invalid-json', `The document looks like JSON but cannot be read: ${(error as Error).message.slice(0, 200)}`);
  }
}
