// Most markup in feeds is a few well-nested tags with ordinary links. What follows this strict grammar needs no HTML parser: the result is
// what sanitize-html would give (clean-html.spec.ts compares the two), at a fraction of the time. Anything else is left to the library.

const token = /<(?:\/([a-z][a-z0-9]{0,9})|([a-z][a-z0-9]{0,9})((?: [a-z-]{1,20}="[^"<>&`\\]*")*) ?(\/?))>|&(?:amp|lt|gt|quot|nbsp|#39|#8217|#8216|#8220|#8221|#8211|#8212|#160|#8230);/y;
const attribute = / ([a-z-]{1,20})="([^"]*)"/g;
const safeUrl = /^https?:\/\/[a-z0-9.-]+(?::\d+)?(?:[/?#][\x21-\x7e]*)?$/i;
const kept = new Set(['a', 'b', 'i', 'em', 'strong', 'p', 'div', 'span', 'ul', 'ol', 'li', 'blockquote', 'br', 'h2', 'h3', 'h4']);
/** Dropped with their attributes; what is inside stays. */
const dropped = new Set(['font', 'center']);
const inline = new Set(['a', 'b', 'i', 'em', 'strong', 'span', 'br', 'font']);
const entityText: Readonly<Record<string, string>> = {
  '&amp;': '&amp;', '&lt;': '&lt;', '&gt;': '&gt;', '&quot;': '"', '&nbsp;': '\u00a0', '&#39;': "'", '&#160;': '\u00a0',
  '&#8217;': '’', '&#8216;': '‘', '&#8220;': '“', '&#8221;': '”', '&#8211;': '–', '&#8212;': '—', '&#8230;': '…',
};

/** The sanitised markup, or undefined where it needs the library. */
export function sanitizePlainMarkup(html: string): string | undefined {
  if (html.includes('\0') || html.includes('\r')) return undefined;
  const parts: string[] = [];
  const open: string[] = [];
  let position = 0;
  for (;;) {
    const at = nextMark(html, position);
    if (at === -1) break;
    if (at > position) parts.push(plainText(html.slice(position, at)));
    token.lastIndex = at;
    const match = token.exec(html);
    if (match === null) return undefined;
    position = token.lastIndex;
    const [whole, closing, opening, attributes, slash] = match;
    if (closing !== undefined) {
      if (open.pop() !== closing) return undefined;
      if (!dropped.has(closing)) parts.push(`</${closing}>`);
    } else if (opening === undefined) {
      parts.push(entityText[whole] ?? whole);
    } else {
      const tag = openTag(opening, attributes ?? '', slash === '/', open);
      if (tag === undefined) return undefined;
      parts.push(tag);
    }
  }
  if (open.length > 0) return undefined;
  if (position < html.length) parts.push(plainText(html.slice(position)));
  return parts.join('');
}

function nextMark(html: string, from: number): number {
  for (let index = from; index < html.length; index += 1) {
    const code = html.charCodeAt(index);
    if (code === 0x3c || code === 0x26) return index;
  }
  return -1;
}

function plainText(text: string): string {
  return text.includes('>') ? text.replaceAll('>', '&gt;') : text;
}

function openTag(name: string, attributes: string, selfClosing: boolean, open: string[]): string | undefined {
  const isDropped = dropped.has(name);
  if (!isDropped && !kept.has(name)) return undefined;
  if (open.length > 50 || !fits(name, open)) return undefined;
  if (name === 'br') return attributes === '' ? '<br />' : undefined;
  if (selfClosing) return undefined;
  open.push(name);
  if (isDropped) return '';
  if (attributes === '') return `<${name}>`;
  let rest = '';
  for (const [, key, value = ''] of attributes.matchAll(attribute)) {
    if (key === 'href' && name === 'a' && rest === '') {
      if (!safeUrl.test(value)) return undefined;
      rest = ` href="${value}"`;
    } else if (key !== 'class' && key !== 'target' && key !== 'rel' && key !== 'style' && key !== 'color' && key !== 'size' && key !== 'id') {
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
