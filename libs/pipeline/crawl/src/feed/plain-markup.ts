// Most markup in feeds is a few well-nested tags with ordinary links. What follows this strict grammar needs no HTML parser: the result is
// what sanitize-html would give (clean-html.spec.ts compares the two), at a fraction of the time. Anything else is left to the library.

const token = /<(?:\/([a-z][a-z0-9]{0,9})|([a-z][a-z0-9]{0,9})((?: [a-z-]{1,20}="[^"<>&`\\]*")*) ?(\/?))>/y;
const attribute = / ([a-z-]{1,20})="([^"]*)"/g;
const safeUrl = /^https?:\/\/[a-z0-9.-]+(?::\d+)?(?:[/?#][\x21-\x7e]*)?$/i;
const kept = new Set(['a', 'b', 'i', 'em', 'strong', 'p', 'div', 'span', 'ul', 'ol', 'li', 'blockquote', 'br', 'h2', 'h3', 'h4']);
/** Dropped with their attributes; what is inside stays. */
const dropped = new Set(['font', 'center']);
const droppedAttributes = new Set(['class', 'target', 'rel', 'style', 'color', 'size', 'id']);
const inline = new Set(['a', 'b', 'i', 'em', 'strong', 'span', 'br', 'font']);
const entityText: Readonly<Record<string, string>> = {
  '&amp;': '&amp;', '&lt;': '&lt;', '&gt;': '&gt;', '&quot;': '"', '&nbsp;': '\u00a0', '&#39;': "'", '&#160;': '\u00a0',
  '&#8217;': '’', '&#8216;': '‘', '&#8220;': '“', '&#8221;': '”', '&#8211;': '–', '&#8212;': '—', '&#8230;': '…',
};

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
      const value = end === -1 || end - at > 7 ? undefined : entityText[html.slice(at, end + 1)];
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

const plainLink = /^<a href="([^"<>&`\\]*)"(?: target="_blank")?(?: rel="[a-z ]*")?>$/;

function parseTag(source: string): Tag | null {
  const link = plainLink.exec(source)?.[1];
  if (link !== undefined) return safeUrl.test(link) ? { name: 'a', kind: 'open', output: `<a href="${link}">` } : null;
  token.lastIndex = 0;
  const match = token.exec(source);
  if (match === null || match[0].length !== source.length) return null;
  const [, closing, opening = '', attributes = '', slash] = match;
  if (closing !== undefined) return kept.has(closing) || dropped.has(closing) ? { name: closing, kind: 'close', output: dropped.has(closing) ? '' : `</${closing}>` } : null;
  if (opening === 'br') return attributes === '' ? { name: 'br', kind: 'void', output: '<br />' } : null;
  if (slash === '/') return null;
  const output = openTag(opening, attributes);
  return output === undefined ? null : { name: opening, kind: 'open', output };
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

function openTag(name: string, attributes: string): string | undefined {
  if (dropped.has(name)) return '';
  if (!kept.has(name)) return undefined;
  if (attributes === '') return `<${name}>`;
  let rest = '';
  for (const [, key = '', value = ''] of attributes.matchAll(attribute)) {
    if (key === 'href' && name === 'a' && rest === '') {
      if (!safeUrl.test(value)) return undefined;
      rest = ` href="${value}"`;
    } else if (!droppedAttributes.has(key)) {
      return undefined;
    }
  }
  return `<${name}${rest}>`;
}

/** Where HTML would close an element by itself, the library decides. */
function fits(name: string, open: readonly string[]): boolean {
  const parent = open.at(-1);
  if (name === 'li') return parent === 'ul' || parent === 'ol';
  if (inline.has(name)) return name !== 'a' || !open.includes('a');
  return !open.includes('p') && !open.includes('a') && !(name.startsWith('h') && open.some((ancestor) => ancestor.startsWith('h')));
}
