// Sitemaps, and Google's news sitemaps in particular: pages with title, date and language. An index leads on to its newest part.
import { gunzipSync } from 'node:zlib';
import { collapse, plainLine } from '../clean-html.ts';
import { decodeBytes } from '../decode-bytes.ts';
import { absoluteLink, firstText } from '../entry-parts.ts';
import { parseFeedDate } from '../feed-date.ts';
import { asResult, FeedProblem, type FeedContext, type FeedEntry, type SourceFormat } from '../feed-result.ts';
import { childNamed, childrenNamed, type XmlNode } from '../xml/xml-node.ts';
import { readXml } from '../xml/xml-reader.ts';
import { feedOf } from './json-source.ts';

/** The format's own limit is 50 MB; a news sitemap has 1,000 pages and under 1 MB. */
const mostUnpackedBytes = 20 * 1024 * 1024;

const mostPages = 1000;

export const sitemap: SourceFormat = {
  parse: (bytes, context) => asResult(() => {
    const { text } = decodeBytes(unpacked(bytes), context.contentType);
    if (text.trim() === '') throw new FeedProblem('empty', 'The document is empty');
    const { root } = readXml(text.slice(Math.max(0, text.indexOf('<'))), context.url);
    const feed = { title: null, link: null, language: context.language ?? null, description: null };
    if (root?.name === 'sitemapindex') return feedOf(feed, [], newestPart(root, context));
    if (root?.name !== 'urlset') throw new FeedProblem('not-a-feed', `The document is ${root === undefined ? 'no XML' : `XML (<${root.name.slice(0, 60)}>)`}, but not a sitemap`);
    return feedOf(feed, newest(childrenNamed(root, 'url').flatMap((page) => entryOf(page, context) ?? [])));
  }),
};

/** A sitemap may list 50,000 pages in any order: the newest are the news. */
function newest(entries: readonly FeedEntry[]): readonly FeedEntry[] {
  if (entries.length <= mostPages) return entries;
  const time = ({ updated, published }: FeedEntry): string => updated ?? published ?? '';
  return entries.toSorted((a, b) => (time(a) < time(b) ? 1 : -1)).slice(0, mostPages);
}

/** Parts of large sites are gzip files (sitemap1.xml.gz). */
function unpacked(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: mostUnpackedBytes });
  } catch (error) {
    throw new FeedProblem('unreadable', `The sitemap is a gzip file that cannot be unpacked, or over ${mostUnpackedBytes} bytes: ${(error as Error).message.slice(0, 200)}`);
  }
}

function entryOf(page: XmlNode, context: FeedContext): FeedEntry | undefined {
  const link = absoluteLink(firstText(page, ['loc']), context.url);
  if (link === null) return undefined;
  const news = childNamed(page, 'news:news');
  const dates = { now: context.now ?? new Date(), language: context.language };
  const raw = firstText(news, ['news:publication_date']) ?? firstText(page, ['lastmod']);
  const date = parseFeedDate(raw, dates);
  return {
    id: link,
    title: plainLine(firstText(news, ['news:title']) ?? '') || titleOfPath(link),
    link,
    published: date.iso,
    publishedRaw: raw,
    publishedConfidence: news === undefined && date.confidence === 'stated' ? 'guessed' : date.confidence,
    updated: parseFeedDate(firstText(page, ['lastmod']), dates).iso,
    author: firstText(childNamed(news, 'news:publication'), ['news:name']),
    summary: null,
    content: null,
    text: '',
    categories: (firstText(news, ['news:keywords']) ?? '').split(',').map(collapse).filter((keyword) => keyword !== ''),
  };
}

function newestPart(index: XmlNode, context: FeedContext): string | undefined {
  const parts = childrenNamed(index, 'sitemap').map((part) => ({ link: absoluteLink(firstText(part, ['loc']), context.url), changed: Date.parse(firstText(part, ['lastmod']) ?? '') || 0 }));
  parts.sort((a, b) => b.changed - a.changed);
  return parts.find((part) => part.link !== null)?.link ?? undefined;
}

/** A plain sitemap has no titles: the last words of the address stand in until the page is read. */
function titleOfPath(link: string): string {
  const last = new URL(link, 'https://x.invalid/').pathname.split('/').findLast((part) => part !== '') ?? '';
  const words = last.replace(/\.\w{2,5}$/, '').replace(/[-_+]+/g, ' ');
  try {
    return collapse(decodeURIComponent(words));
  } catch {
    return collapse(words);
  }
}
