// RSS 0.9x, 1.0 (RDF), 1.1 and 2.0 with the modules that the field's sources use.
import { absoluteLink, bodyText, firstDate, firstText, htmlOf, isWebAddress, joinNames, languageTag, lineOf, personName } from './entry-parts.ts';
import type { DateContext } from './feed-date.ts';
import type { FeedContext, FeedEntry, FeedSchedule, ParsedFeed } from './feed-result.ts';
import { modelOfRss, type ModelElement, type ModelItem } from './rss-model.ts';
import { childNamed, childrenNamed, deepText, firstFilled, type XmlDocument, type XmlNode } from './xml/xml-node.ts';
import { collapse } from './clean-html.ts';

const publishedNames = ['pubDate', 'dc:date', 'dcterms:issued', 'dcterms:created', 'atom:published', 'published', 'date', 'dcterms:date', 'atom:issued', 'issued'];
const updatedNames = ['atom:updated', 'dcterms:modified', 'updated', 'atom:modified', 'modified', 'lastBuildDate'];
const titleNames = ['title', 'dc:title', 'media:title', 'atom:title', 'itunes:title'];
const summaryNames = ['description', 'dc:description', 'summary', 'atom:summary', 'dcterms:abstract', 'abstract', 'itunes:summary', 'media:description', 'tagline', 'subtitle', 'itunes:subtitle'];
const contentNames = ['content:encoded', 'xhtml:body', 'xhtml:div', 'fullitem', 'body', 'div', 'atom:content', 'content', 'encoded'];
/** What is handed to rss-parser; bodies are left out, see rss-model.ts. */
const itemFields = new Set(['title', 'dc:title', 'link', 'guid', 'author', 'dc:creator', 'category']);
const channelFields = new Set(['title', 'dc:title', 'link', 'language', 'dc:language', 'ttl', 'generator']);

export function readRss(document: XmlDocument, root: XmlNode, context: FeedContext): ParsedFeed {
  const channel = childNamed(root, 'channel') ?? root;
  const outside = root === channel ? [] : childrenNamed(root, 'item');
  const items = [...childrenNamed(channel, 'item'), ...childrenNamed(childNamed(channel, 'items'), 'item'), ...outside]
    .filter((item) => item.children.length > 0 || item.attributes['rdf:about'] !== undefined || item.attributes['href'] !== undefined);
  const model = modelOfRss({ ...pick(channel, channelFields), item: items.map((item) => pick(item, itemFields)) });
  const language = languageTag(collapse(model.language ?? '') || firstText(channel, ['dc:language']) || channel.language);
  const link = absoluteLink(channelLink(channel), channel.base);
  const base = isWebAddress(context.url) ? context.url : (link ?? undefined);
  const dates = { now: context.now ?? new Date(), language: context.language ?? language?.slice(0, 2) };
  const feed = {
    title: titleOf(document, channel) || null,
    link,
    language,
    description: lineOf(document, firstFilled(channel, summaryNames)) || null,
  };
  const entries = model.items.map((item, index) => entryOf(document, item, items[index] as XmlNode, base, dates));
  return { feed, entries, schedule: scheduleOf(channel), warnings: [], next: linkWithRel(channel, 'next') };
}

function entryOf(document: XmlDocument, item: ModelItem, node: XmlNode, base: string | undefined, dates: DateContext): FeedEntry {
  const summary = htmlOf(document, firstFilled(node, summaryNames), base);
  const content = htmlOf(document, firstFilled(node, contentNames), base);
  const published = firstDate(node, publishedNames, dates);
  const updated = firstDate(node, updatedNames, dates).published;
  const id = collapse(textOf(item.guid)) || node.attributes['rdf:about']?.trim() || firstText(node, ['atom:id', 'dc:identifier', 'id']) || null;
  return {
    id,
    title: titleOf(document, node),
    link: entryLink(item, node, id, node.base ?? base),
    ...(published.published === null && updated !== null ? firstDate(node, updatedNames, dates) : published),
    updated,
    author: authorOf(node),
    summary,
    content,
    text: bodyText(summary, content),
    categories: categoriesOf(node),
  };
}

function pick(node: XmlNode, fields: ReadonlySet<string>): ModelElement {
  const element: Record<string, string[]> = {};
  for (const child of node.children) if (fields.has(child.name)) (element[child.name] ??= []).push(deepText(child));
  return element;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function titleOf(document: XmlDocument, node: XmlNode): string {
  return lineOf(document, firstFilled(node, titleNames));
}

function channelLink(channel: XmlNode): string | null {
  return firstText(channel, ['link']) ?? linkWithRel(channel, 'alternate') ?? attribute(channel, 'link', 'href') ?? attribute(channel, 'link', 'rdf:resource') ?? channel.attributes['href'] ?? null;
}

/** A permalink guid stands in for a missing link; one that says it is no permalink never does. */
function entryLink(item: ModelItem, node: XmlNode, id: string | null, base: string | undefined): string | null {
  const written = collapse(textOf(item.link)) || firstText(node, ['link']) || linkWithRel(node, 'alternate') || attribute(node, 'link', 'href');
  if (written) return absoluteLink(written, base);
  const isPermalink = node.children.some((child) => child.name === 'guid' && !/^(?:false|no|0)$/i.test(child.attributes['ispermalink']?.trim() ?? ''));
  const about = node.attributes['rdf:about'] ?? node.attributes['href'];
  const fallback = (isPermalink && id !== null && /^(?:https?:|\/)/i.test(id) ? id : undefined) ?? (isWebAddress(about) ? about : undefined)
    ?? attribute(node, 'enclosure', 'url') ?? attribute(node, 'media:content', 'url') ?? firstText(node, ['feedburner:origlink', 'comments']);
  return absoluteLink(fallback, base);
}

function linkWithRel(node: XmlNode, rel: string): string | undefined {
  const links = node.children.filter((child) => child.name === 'atom:link' || (child.name === 'link' && child.attributes['href'] !== undefined));
  return links.find((link) => (link.attributes['rel'] ?? 'alternate').toLowerCase() === rel)?.attributes['href'];
}

function attribute(node: XmlNode, child: string, name: string): string | undefined {
  return childNamed(node, child)?.attributes[name];
}

function authorOf(node: XmlNode): string | null {
  for (const name of ['author', 'dc:creator', 'dc:author', 'atom:author', 'itunes:author', 'media:credit', 'dc:contributor', 'dc:publisher']) {
    const children = childrenNamed(node, name);
    if (children.length === 0) continue;
    const names = children.map((child) => personName(firstText(child, ['name', 'atom:name', 'email', 'atom:email']) ?? deepText(child)));
    const joined = joinNames(names);
    if (joined !== null) return joined;
  }
  return null;
}

const categoryNames = new Set(['category', 'dc:subject', 'atom:category', 'media:category', 'itunes:category', 'itunes:keywords']);

function categoriesOf(node: XmlNode): readonly string[] {
  if (!node.children.some((child) => categoryNames.has(child.name))) return [];
  const found = new Set<string>();
  for (const child of node.children) {
    if (!categoryNames.has(child.name)) continue;
    if (child.name === 'itunes:keywords') {
      for (const keyword of child.text.split(',').slice(0, 100)) if (collapse(keyword) !== '') found.add(collapse(keyword));
      continue;
    }
    const value = collapse(deepText(child) || child.attributes['label'] || child.attributes['term'] || child.attributes['text'] || '');
    if (value !== '') found.add(value);
  }
  return [...found];
}

function scheduleOf(channel: XmlNode): FeedSchedule {
  const ttl = Number.parseInt(firstText(channel, ['ttl']) ?? '', 10);
  const hours = childrenNamed(childNamed(channel, 'skipHours'), 'hour').map((hour) => Number.parseInt(hour.text, 10) % 24);
  const days = childrenNamed(childNamed(channel, 'skipDays'), 'day').map((day) => collapse(day.text)).filter((day) => day !== '');
  return { ttlMinutes: ttl > 0 ? ttl : syndicationMinutes(channel), skipHours: hours.filter((hour) => hour >= 0), skipDays: days };
}

const periodMinutes: Readonly<Record<string, number>> = { hourly: 60, daily: 1440, weekly: 10_080, monthly: 43_200, yearly: 525_600 };

/** The syndication module: so many times an hour, a day and so on. */
function syndicationMinutes(channel: XmlNode): number | null {
  const period = periodMinutes[firstText(channel, ['sy:updateperiod'])?.toLowerCase() ?? ''];
  const frequency = Number.parseInt(firstText(channel, ['sy:updatefrequency']) ?? '1', 10);
  return period === undefined ? null : Math.round(period / Math.max(frequency || 1, 1));
}
