// Atom 1.0 (RFC 4287) and 0.3, as a feed or as a single entry.
import { isUtf8 } from 'node:buffer';
import { collapse, escapeHtml, plainLine, sanitizeMarkup, unescapeTwice } from './clean-html.ts';
import { absoluteLink, bodyText, firstDate, firstText, htmlOf, isWebAddress, joinNames, languageTag, personName } from './entry-parts.ts';
import type { DateContext } from './feed-date.ts';
import { noSchedule, type FeedContext, type FeedEntry, type ParsedFeed } from './feed-result.ts';
import { modelOfAtom, type ModelElement, type ModelItem } from './rss-model.ts';
import { childNamed, childrenNamed, firstFilled, innerMarkup, type XmlDocument, type XmlNode } from './xml/xml-node.ts';

const publishedNames = ['published', 'issued', 'pubDate', 'dc:date', 'dcterms:issued', 'created', 'dcterms:created'];
const updatedNames = ['updated', 'modified', 'dcterms:modified'];

export function readAtom(document: XmlDocument, root: XmlNode, context: FeedContext): ParsedFeed {
  const isEntry = root.name === 'entry';
  const nodes = isEntry ? [root] : childrenNamed(root, 'entry');
  const model = modelOfAtom({ ...prepare(document, root), entry: nodes.map((node) => prepare(document, node)) });
  const language = languageTag(root.language ?? firstText(root, ['dc:language', 'language']));
  const link = isEntry ? null : absoluteLink(model.link, root.base);
  const base = isWebAddress(root.base) ? root.base : isWebAddress(context.url) ? context.url : (link ?? undefined);
  const dates = { now: context.now ?? new Date(), language: context.language ?? language?.slice(0, 2) };
  const feedAuthor = isEntry ? null : authorsOf(root);
  return {
    feed: {
      title: (isEntry ? '' : collapse(model.title ?? '')) || null,
      link,
      language,
      description: construct(document, firstFilled(root, ['subtitle', 'tagline', 'description'])) || null,
    },
    entries: model.items.map((item, index) => entryOf(document, item, nodes[index] as XmlNode, base, dates, feedAuthor)),
    schedule: noSchedule,
    warnings: [],
    next: isEntry ? undefined : linksOf(root).find((candidate) => candidate.rel === 'next')?.href,
  };
}

function entryOf(document: XmlDocument, item: ModelItem, node: XmlNode, base: string | undefined, dates: DateContext, feedAuthor: string | null): FeedEntry {
  const summary = bodyOf(document, firstFilled(node, ['summary', 'subtitle', 'media:description', 'description']) ?? mediaDescription(node), base);
  const content = bodyOf(document, firstFilled(node, ['content', 'content:encoded', 'xhtml:body']), base);
  const published = firstDate(node, publishedNames, dates);
  const changed = firstDate(node, updatedNames, dates);
  const written = collapse(item.id ?? '');
  // An id is an IRI (RFC 4287, 4.2.6); a relative one means the address it resolves to.
  const id = written === '' ? null : /^[^\s:]*\//.test(written) ? absoluteLink(written, node.base) : written;
  const link = item.link ?? attributeOfFirst(node, 'content', 'src') ?? (isWebAddress(id) ? id : null);
  return {
    id,
    title: collapse(item.title ?? ''),
    link: absoluteLink(link, node.base ?? base),
    ...(published.published === null && changed.published !== null ? changed : published),
    updated: changed.published,
    author: authorsOf(node) ?? authorsOf(childNamed(node, 'source')) ?? feedAuthor,
    summary,
    content,
    text: bodyText(summary, content),
    categories: categoriesOf(node),
  };
}

/** What rss-parser takes: one title, the chosen link first, the id. */
function prepare(document: XmlDocument, node: XmlNode): ModelElement {
  const element: ModelElement = {};
  const title = construct(document, firstFilled(node, ['title', 'dc:title', 'media:title'])) || mediaTitle(document, node);
  if (title !== '') element['title'] = [title];
  const id = firstText(node, ['id', 'guid', 'dc:identifier']);
  if (id !== null) element['id'] = [id];
  const link = chooseLink(node);
  if (link !== undefined) element['link'] = [{ $: { rel: 'alternate', href: link } }];
  return element;
}

interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type: string;
}

function linksOf(node: XmlNode): Link[] {
  return childrenNamed(node, 'link').map((link) => ({
    href: absoluteLink(link.attributes['href'] ?? link.text, link.base) ?? '',
    rel: (link.attributes['rel'] ?? 'alternate').trim().toLowerCase().replace('http://www.iana.org/assignments/relation/', ''),
    type: (link.attributes['type'] ?? '').toLowerCase(),
  })).filter((link) => link.href !== '');
}

/** The page for people: an alternate, HTML before other types; else whatever is no machine's own link. */
function chooseLink(node: XmlNode): string | undefined {
  const links = linksOf(node);
  const alternates = links.filter((link) => link.rel === 'alternate' || link.rel === '');
  const page = alternates.find((link) => link.type === '' || link.type.includes('html'));
  const other = links.find((link) => !/^(?:self|edit|edit-media|hub|service|replies|next|previous|prev|first|last|license|enclosure|http.*)$/.test(link.rel));
  return (page ?? alternates[0] ?? other)?.href;
}

function mediaDescription(node: XmlNode): XmlNode | undefined {
  return childNamed(childNamed(node, 'media:group'), 'media:description');
}

function mediaTitle(document: XmlDocument, node: XmlNode): string {
  return construct(document, childNamed(childNamed(node, 'media:group'), 'media:title'));
}

function attributeOfFirst(node: XmlNode, child: string, name: string): string | undefined {
  return childNamed(node, child)?.attributes[name];
}

type Kind = 'text' | 'html' | 'markup' | 'base64' | 'other';

function kindOf(node: XmlNode): Kind {
  const type = (node.attributes['type'] ?? 'text').trim().toLowerCase();
  const mode = node.attributes['mode']?.trim().toLowerCase();
  if (mode === 'base64') return 'base64';
  if (mode === 'escaped') return type.includes('plain') ? 'text' : 'html';
  if (node.children.length > 0) return 'markup';
  if (type === 'html' || type.includes('html') || type === 'escaped') return 'html';
  if (type === 'text' || type.startsWith('text/') || type === '') return looksLikeHtml(node.text) ? 'html' : 'text';
  if (type.includes('xml')) return 'html';
  return /^(?:image|audio|video|application)\//.test(type) ? 'base64' : 'html';
}

/** Text that is plainly HTML although its type says otherwise: a closing tag or a named entity in it. */
function looksLikeHtml(text: string): boolean {
  return /<\/(?:p|a|b|i|em|strong|div|span|ul|ol|li|h[1-6]|table|blockquote|code)\s*>|<(?:br|img|p)\b[^>]{0,500}>|&(?:#\d{2,6}|amp|lt|gt|quot|nbsp|[a-z]{2}acute|ndash|mdash|[lr][sd]quo|hellip);/i.test(text);
}

/** The decoded text, or the text as it stands where decoding does not give text. */
function decodeBase64(text: string): string {
  const compact = text.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return text;
  const decoded = Buffer.from(compact, 'base64');
  return isUtf8(decoded) && !/[\0-\x08\x0e-\x1f]/.test(decoded.toString('latin1')) ? decoded.toString('utf8') : text;
}

/** A text construct on one line. */
function construct(document: XmlDocument, node: XmlNode | undefined): string {
  if (node === undefined) return '';
  switch (kindOf(node)) {
    case 'text':
      return collapse(node.text);
    case 'base64':
      return plainLine(decodeBase64(node.text));
    default:
      return plainLine(innerMarkup(document, node).html);
  }
}

/** Sanitised HTML of a summary or content. */
function bodyOf(document: XmlDocument, node: XmlNode | undefined, base: string | undefined): string | null {
  if (node === undefined) return null;
  switch (kindOf(node)) {
    case 'text':
      return escapeHtml(node.text.trim()) || null;
    case 'base64':
      return sanitizeMarkup(unescapeTwice(decodeBase64(node.text)), node.base ?? base) || null;
    default:
      return htmlOf(document, node, base);
  }
}

function authorsOf(node: XmlNode | undefined): string | null {
  if (node === undefined) return null;
  const named = childrenNamed(node, 'author').map((author) => personName(firstText(author, ['name']) ?? (author.text.trim() || firstText(author, ['email', 'uri', 'url']))));
  return joinNames(named) ?? joinNames(childrenNamed(node, 'dc:creator').map((creator) => personName(creator.text)));
}

function categoriesOf(node: XmlNode): string[] {
  const found = new Set<string>();
  for (const child of node.children) {
    if (child.name !== 'category' && child.name !== 'dc:subject') continue;
    const term = collapse(child.attributes['term'] || child.text);
    const value = isOpaque(term) ? collapse(child.attributes['label'] || term) : term;
    if (value !== '') found.add(value);
  }
  return [...found];
}

/** A term that is a code or an address: its label says more. */
function isOpaque(term: string): boolean {
  return term === '' || /^[\d._-]+$/.test(term) || /^https?:/.test(term);
}
