// What a page says about itself: JSON-LD first, then meta tags, then markup.
import { collapse, plainLine } from '../feed/clean-html.ts';
import { absoluteLink, joinNames, languageTag, personName } from '../feed/entry-parts.ts';
import { parseFeedDate, type DateContext } from '../feed/feed-date.ts';
import type { PageDocument } from './page.ts';

export interface PageMetadata {
  readonly title: string | null;
  readonly byline: string | null;
  /** ISO 8601 in UTC. */
  readonly published: string | null;
  readonly modified: string | null;
  readonly language: string | null;
  readonly canonicalUrl: string | null;
  readonly siteName: string | null;
  readonly description: string | null;
  /** The article's text as the page repeats it for search engines. */
  readonly statedText: string | null;
  /** False where the page says that it must be paid for. */
  readonly isFree: boolean;
}

type JsonObject = Readonly<Record<string, unknown>>;

const articleTypes = /(?:Article|BlogPosting|Report|NewsItem|LiveBlogPosting|GovernmentAnnouncement|SpecialAnnouncement|PressRelease)$/i;
const maxJsonLd = 1_000_000;
const maxNodes = 2_000;

export function readMetadata(page: PageDocument, context: DateContext & { readonly url?: string | undefined }): PageMetadata {
  const meta = metaTags(page);
  const first = (...names: string[]): string | null => names.map((name) => meta.get(name)).find((value) => value !== undefined && value !== '') ?? null;
  const linked = articleOf(page);
  const siteName = first('og:site_name', 'application-name') ?? nameOf(linked?.['publisher']);
  const heading = headingOf(page);
  const date = (...values: (string | null)[]): string | null => values.map((value) => parseFeedDate(value, context).iso).find((iso) => iso !== null) ?? null;
  const canonical = page.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? first('og:url');
  return {
    title: withoutSiteName(text(linked?.['headline']) ?? first('og:title', 'twitter:title', 'dc.title', 'dcterms.title', 'citation_title') ?? heading ?? pageTitle(page), siteName, heading),
    byline: peopleOf(linked?.['author']) ?? metaByline(first('author', 'article:author', 'dc.creator', 'dcterms.creator', 'parsely-author', 'sailthru.author', 'byl', 'citation_author', 'twitter:creator')) ?? markupByline(page),
    published: date(text(linked?.['datePublished']), first('article:published_time', 'og:published_time', 'datepublished', 'date', 'dc.date', 'dc.date.issued', 'dcterms.issued', 'dcterms.date', 'dcterms.created', 'pubdate', 'parsely-pub-date', 'sailthru.date', 'publish-date', 'publication_date', 'citation_publication_date', 'cxenseparse:recs:publishtime', 'article.published', 'last-modified'), markupDate(page), dateOfAddress(context.url)),
    modified: date(text(linked?.['dateModified']), first('article:modified_time', 'og:updated_time', 'dcterms.modified', 'datemodified')),
    language: languageTag(page.documentElement?.getAttribute('lang') ?? page.documentElement?.getAttribute('xml:lang') ?? first('og:locale', 'content-language', 'dc.language', 'dcterms.language') ?? text(linked?.['inLanguage'])),
    canonicalUrl: webAddress(absoluteLink(canonical, context.url)),
    siteName,
    description: first('og:description', 'description', 'twitter:description', 'dc.description', 'dcterms.description'),
    statedText: statedText(linked?.['articleBody'] ?? linked?.['text']),
    isFree: !/^false$/i.test(String(linked?.['isAccessibleForFree'] ?? 'true')) && first('article:content_tier') !== 'locked',
  };
}

function metaTags(page: PageDocument): Map<string, string> {
  const tags = new Map<string, string>();
  for (const tag of page.querySelectorAll('meta[content]')) {
    const name = (tag.getAttribute('property') ?? tag.getAttribute('name') ?? tag.getAttribute('itemprop') ?? tag.getAttribute('http-equiv'))?.trim().toLowerCase();
    const content = plainLine((tag.getAttribute('content') ?? '').slice(0, 5000));
    if (name !== undefined && content !== '' && !tags.has(name)) tags.set(name, content);
  }
  return tags;
}

/** The JSON-LD object that describes the article; broken blocks are passed over. */
function articleOf(page: PageDocument): JsonObject | undefined {
  let found: JsonObject | undefined;
  for (const script of page.querySelectorAll('script[type*="ld+json"]')) {
    const source = script.textContent ?? '';
    if (source.length > maxJsonLd) continue;
    const candidate = findArticle(parseJson(source));
    if (candidate && (found === undefined || (found['articleBody'] === undefined && candidate['articleBody'] !== undefined))) found = candidate;
  }
  return found;
}

function parseJson(source: string): unknown {
  const bare = source.replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/|<!\[CDATA\[|\/\/<!\[CDATA\[)/, '').replace(/(?:-->|\/\*\s*\]\]>\s*\*\/|\]\]>|\/\/\]\]>)\s*;?\s*$/, '').replace(/;\s*$/, '');
  for (const attempt of [bare, bare.replace(/[\0-\x1f]+/g, ' ')]) {
    try {
      return JSON.parse(attempt) as unknown;
    } catch {
      continue;
    }
  }
  return undefined;
}

function findArticle(root: unknown): JsonObject | undefined {
  const waiting: unknown[] = [root];
  for (let seen = 0; seen < maxNodes && waiting.length > 0; seen += 1) {
    const node = waiting.shift();
    if (Array.isArray(node)) {
      waiting.push(...node.slice(0, 200));
    } else if (typeof node === 'object' && node !== null) {
      const candidate = node as JsonObject;
      const types = [candidate['@type']].flat().map(String);
      if (types.some((type) => articleTypes.test(type))) return candidate;
      for (const key of ['@graph', 'mainEntity', 'mainEntityOfPage', 'itemListElement', 'hasPart']) if (candidate[key] !== undefined) waiting.push(candidate[key]);
    }
  }
  return undefined;
}

function text(value: unknown): string | null {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'string' ? plainLine(first) || null : null;
}

function nameOf(value: unknown): string | null {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  return text(typeof first === 'object' && first !== null ? (first as JsonObject)['name'] : first);
}

function peopleOf(value: unknown): string | null {
  const people = (Array.isArray(value) ? value.slice(0, 10) : [value]).map((person) => cleanName(nameOf(person)));
  return joinNames(people);
}

function statedText(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const paragraphs = value.replace(/<\/(?:p|div|h\d|li)>|<br\s*\/?>/gi, '\n\n').split(/\n+/).map(plainLine).filter((line) => line !== '');
  return paragraphs.join('\n\n') || null;
}

function metaByline(value: string | null): string | null {
  return value === null || /^https?:/i.test(value) || value.startsWith('@') ? null : cleanName(value);
}

const bylineSelectors = ['[itemprop="author"] [itemprop="name"]', '[itemprop="author"]', '[rel="author"]', '.byline-name', '.author-name', '.byline__name', '.article__author', '.article-author', '.post-author', '.entry-author', '.c-byline__author', '.author a', '.byline a', '.autor', '.auteur', '.byline', '.author'];

function markupByline(page: PageDocument): string | null {
  for (const selector of bylineSelectors) {
    const name = cleanName(page.querySelector(selector)?.textContent ?? null);
    if (name !== null && name.length <= 80) return name;
  }
  return null;
}

const leadIn = /^(?:by|written by|posted by|reported by|por|escrito por|redactado por|par|publié par|von|texto|autor|author|auteur)\s*:?\s+/i;

function cleanName(written: string | null): string | null {
  const name = personName(collapse(written ?? '').replace(leadIn, ''));
  if (name === null || name.length > 200 || !/\p{L}{2}/u.test(name) || /^https?:/i.test(name) || /^(?:admin|administrator|webmaster|editor|staff|null|undefined)$/i.test(name)) return null;
  return name;
}

function markupDate(page: PageDocument): string | null {
  const element = page.querySelector('[itemprop="datePublished"]') ?? page.querySelector('time[pubdate]') ?? page.querySelector('article time[datetime], main time[datetime], header time[datetime]') ?? page.querySelector('time[datetime]')
    ?? page.querySelector('.published, .entry-date, .post-date, .article-date, .date-published, .fecha, .date');
  const written = element?.getAttribute('datetime') ?? element?.getAttribute('content') ?? element?.textContent;
  return written === undefined || written === null ? null : collapse(written.slice(0, 200));
}

/** `/2026/07/01/` or `/2026-07-01-…` in the address. */
function dateOfAddress(url: string | undefined): string | null {
  const match = /[/_-](20\d{2})[/_-](0[1-9]|1[0-2])[/_-](0[1-9]|[12]\d|3[01])(?:[/_-]|$)/.exec(url === undefined || !URL.canParse(url) ? '' : new URL(url).pathname);
  return match === null ? null : `${match[1]}-${match[2]}-${match[3]}`;
}

function headingOf(page: PageDocument): string | null {
  const headings = [...page.querySelectorAll('h1')].map((heading) => collapse(heading.textContent ?? '')).filter((heading) => heading !== '');
  const named = page.querySelector('[itemprop="headline"]');
  return headings.length === 1 ? (headings[0] ?? null) : collapse(named?.textContent ?? page.querySelector('article h1, main h1')?.textContent ?? headings[0] ?? '') || null;
}

function pageTitle(page: PageDocument): string | null {
  return collapse(page.querySelector('title')?.textContent ?? '') || null;
}

/** "Headline | Paper": the part that is the site's name goes, told by the page's heading, by the stated name, or by being the shorter end part. */
function withoutSiteName(title: string | null, siteName: string | null, heading: string | null): string | null {
  if (title === null) return null;
  const bare = (part: string | null): string => (part ?? '').toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
  if (heading !== null && bare(heading).length > 15 && bare(title).includes(bare(heading))) return heading;
  const parts = title.split(/\s+[|»›·•–—-]\s+|\s+::\s+|\s\|(?=\S)/);
  if (parts.length < 2) return title;
  const last = parts.at(-1) ?? '';
  const head = title.slice(0, title.length - last.length).replace(/\s+(?:[|»›·•–—-]|::)\s*$/, '');
  if (siteName !== null && bare(last) !== '' && (bare(last) === bare(siteName) || bare(siteName).startsWith(bare(last)))) return head;
  return /\s[|»›]/.test(title) && last.split(' ').length <= 4 && head.split(' ').length >= 3 ? head : title;
}

function webAddress(address: string | null): string | null {
  return address !== null && /^https?:\/\//i.test(address) && URL.canParse(address) ? address : null;
}
