// The Government of Canada's news API: Atom where asked for it, else JSON with one list of entries.
import { z } from 'zod';
import { collapse, escapeHtml, plainLine } from '../clean-html.ts';
import { parseFeedDate } from '../feed-date.ts';
import { asResult, type FeedContext, type FeedEntry, type SourceFormat } from '../feed-result.ts';
import { parseFeed } from '../parse-feed.ts';
import { feedOf, readItems, readJson, shapeProblem } from './json-source.ts';

const text = z.string().nullish();
const newsSchema = z.object({ title: z.string().min(1), link: z.string().min(1), teaser: text, publishedDate: text, updatedDate: text, type: text, department: text, language: text });
const answerSchema = z.object({ feed: z.object({ title: text, entry: z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]).nullish() }) });

export const canadaNews: SourceFormat = {
  parse: (bytes, context) => (firstInk(bytes) === 0x7b ? asResult(() => readAnswer(bytes, context)) : parseFeed(bytes, context)),
};

function readAnswer(bytes: Uint8Array, context: FeedContext): ReturnType<typeof feedOf> {
  const answer = answerSchema.safeParse(readJson(bytes, context.contentType));
  if (!answer.success) throw shapeProblem('an answer of the news API');
  const { title, entry } = answer.data.feed;
  const list = entry === null || entry === undefined ? [] : Array.isArray(entry) ? entry : [entry];
  const language = /\/news\/fr\//.test(context.url ?? '') ? 'fr' : (context.language ?? 'en');
  const feed = { title: plainLine(title ?? '') || null, link: null, language, description: null };
  return feedOf(feed, readItems(list, newsSchema).map((news) => entryOf(news, context)));
}

function entryOf(news: z.infer<typeof newsSchema>, context: FeedContext): FeedEntry {
  const dates = { now: context.now ?? new Date(), language: 'en' };
  const published = parseFeedDate(news.publishedDate, dates);
  const teaser = plainLine(news.teaser ?? '');
  return {
    id: collapse(news.link),
    title: plainLine(news.title),
    link: collapse(news.link),
    published: published.iso,
    publishedRaw: news.publishedDate ?? null,
    publishedConfidence: published.confidence,
    updated: parseFeedDate(news.updatedDate, dates).iso,
    author: plainLine(news.department ?? '') || null,
    summary: escapeHtml(teaser) || null,
    content: null,
    text: teaser,
    categories: news.type ? [plainLine(news.type)] : [],
  };
}

function firstInk(bytes: Uint8Array): number | undefined {
  return bytes.find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
}
