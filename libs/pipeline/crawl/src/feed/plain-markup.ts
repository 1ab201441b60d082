// Most markup in feeds is a few well-nested tags with ordinary links. What follows this strict grammar needs no HTML parser: the result is
// what sanitize-html would give (clean-html.spec.ts compares the two), at a fraction of the time. Anything else is left to the library.

import { decodeHTMLStrict } from 'entities';

const token = /<(?:\/([a-z][a-z0-9]{0,9})|([a-z][a-z0-9]{0,9})((?: [a-z-]{1,20}="(?:[^"<>&`\\\0-\x1f]|&amp;)*")*) ?(\/?))>/y;
const attribute = / ([a-z-]{1,20})="([^"]*)"/g;
const plainLink = /^<a href="((?:[^"<>&`\\\0-\x1f]|&amp;)*)"(?: target="_blank")?(?: rel="[a-z ]*")?>$/;
const safeUrl = /^https?:\/\/[a-z0-9.-]+(?::\d+)?(?:[/?#][\x21-\x7e]*)?$/i;
const longestEntity = 12;

const inline = new Set(['a', 'b', 'i', 'em', 'strong', 'span', 'br', 'font', 'img', 'u', 's', 'small', 'sub', 'sup', 'cite', 'q', 'code']);
const kept = new Set([...inline, 'p', 'div', 'ul', 'ol', 'li', 'blockquote', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'figure', 'figcaption', 'pre', 'hr'].filter((name) => name !== 'font'));
/** Dropped with their attributes; what is inside stays. */
const dropped = new Set(['font', 'center']);
const voids = new Set(['br', 'hr', 'img']);
const keptAttributes: Readonly<Record<string, ReadonlySet<string>>> = { a: new Set(['href', 'title']), img: new Set(['src', 'alt', 'title', 'width', 'height']) };
const droppedAttributes = new Set(['class', 'target', 'rel', 'style', 'color', 'size', 'id', 'srcset', 'sizes', 'loading', 'decoding', 'align', 'border', 'hspace', 'vspace', 'fetchpriority']);

interface Tag {
  readonly name: string;
  readonly kind: 'open' | 'close' | 'void';
  /** What it becomes; empty where the tag is dropped. */
  readonly output: string;
}

/** Short tags repeat all over a feed: each spelling is read once. Bounded, since feeds choose the spellings. */
const seenTags = new Map<string, Tag | null>();
const maxSeenTags = 2_000;
const maxSeenLength = 80;

/** The sanitised markup, or undefined where it needs the library. */
export function sanitizePlainMarkup(html: string): string | undefined {
  if (html.includes('\0') || html.includes('\r')) return undefined;
  const open: string[] = [];
  let output = '';
  let position = 0;
  let bracket = html.indexOf('<');
  let ampersand = html.indexOf('&');
  while (bracket !== -1 || ampersand !== -1) {
    const isTag = ampersand === -1 || (bracket !== -1 && bracket < ampersand);
    const at = isTag ? bracket : ampersand;
    if (at > position) output += plainText(html.slice(position, at));
    if (isTag) {
      const end = html.indexOf('>', at);
      const tag = end === -1 ? null : readTag(html.slice(at, end + 1));
      if (tag === null || !nests(tag, open)) return undefined;
      output += tag.output;
      position = end + 1;
      bracket = html.indexOf('<', position);
      if (ampersand !== -1 && ampersand < position) ampersand = html.indexOf('&', position);
    } else {
      const end = html.indexOf(';', at);
      const value = end === -1 || end - at > longestEntity ? undefined : entityText(html.slice(at, end + 1));
      if (value === undefined) return undefined;
      output += value;
      position = end + 1;
      ampersand = html.indexOf('&', position);
    }
  }
  if (open.length > 0) return undefined;
  return position === 0 ? plainText(html) : output + plainText(html.slice(position));
}

function readTag(source: string): Tag | null {
  const seen = seenTags.get(source);
  if (seen !== undefined) return seen;
  const tag = parseTag(source);
  if (source.length <= maxSeenLength && seenTags.size < maxSeenTags) seenTags.set(source, tag);
  return tag;
}

function parseTag(source: string): Tag | null {
  const link = plainLink.exec(source)?.[1];
  if (link !== undefined) return safeUrl.test(link) ? { name: 'a', kind: 'open', output: `<a href="${link}">` } : null;
  token.lastIndex = 0;
  const match = token.exec(source);
  if (match === null || match[0].length !== source.length) return null;
  const [, closing, opening = '', attributes = '', slash] = match;
  if (closing !== undefined) return kept.has(closing) || dropped.has(closing) ? { name: closing, kind: 'close', output: dropped.has(closing) ? '' : `</${closing}>` } : null;
  const isVoid = voids.has(opening);
  if (slash === '/' && !isVoid) return null;
  const output = openTag(opening, attributes, isVoid);
  return output === undefined ? null : { name: opening, kind: isVoid ? 'void' : 'open', output };
}

/** Keeps the stack of open elements; false where HTML would mend the nesting by rules of its own. */
function nests(tag: Tag, open: string[]): boolean {
  if (tag.kind === 'close') return open.pop() === tag.name;
  if (open.length > 50 || !fits(tag.name, open)) return false;
  if (tag.kind === 'open') open.push(tag.name);
  return true;
}

function plainText(text: string): string {
  return text.includes('>') ? text.replaceAll('>', '&gt;') : text;
}

const knownEntities = new Map<string, string | undefined>();

/** What an entity stands for, as text of the result; undefined for what is no entity. */
function entityText(entity: string): string | undefined {
  if (knownEntities.has(entity)) return knownEntities.get(entity);
  const decoded = decodeHTMLStrict(entity);
  const value = decoded === entity ? undefined : decoded.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  if (knownEntities.size < maxSeenTags) knownEntities.set(entity, value);
  return value;
}

function openTag(name: string, attributes: string, isVoid: boolean): string | undefined {
  if (dropped.has(name)) return '';
  if (!kept.has(name)) return undefined;
  let rest = '';
  let address: string | undefined;
  for (const [, key = '', value = ''] of attributes.matchAll(attribute)) {
    if (keptAttributes[name]?.has(key) === true) {
      if (rest.includes(` ${key}="`)) return undefined;
      if (key === 'href' || key === 'src') {
        if (!safeUrl.test(value)) return undefined;
        address = value;
      } else if (value === '') return undefined;
      rest += ` ${key}="${value}"`;
    } else if (!droppedAttributes.has(key) && !key.startsWith('data-')) {
      return undefined;
    }
  }
  if (name === 'img' && address === undefined) return undefined;
  return isVoid ? `<${name}${rest} />` : `<${name}${rest}>`;
}

/** Where HTML would close an element by itself, the library decides. */
function fits(name: string, open: readonly string[]): boolean {
  const parent = open.at(-1);
  if (name === 'li') return parent === 'ul' || parent === 'ol';
  if (inline.has(name)) return name !== 'a' || !open.includes('a');
  return !open.includes('p') && !open.includes('a') && !(name.startsWith('h') && open.some((ancestor) => ancestor.startsWith('h')));
}
