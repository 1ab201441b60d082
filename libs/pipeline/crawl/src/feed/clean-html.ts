// HTML from feeds and pages is made safe by sanitize-html, and turned into the plain text the classifier reads.
import { decodeHTML } from 'entities';
import sanitizeHtml from 'sanitize-html';
import { sanitizePlainMarkup } from './plain-markup.ts';

const blockTags = ['p', 'div', 'br', 'hr', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'blockquote', 'pre', 'table', 'tr', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6',
  'section', 'article', 'figure', 'figcaption', 'header', 'footer', 'aside', 'address', 'details', 'summary', 'caption', 'thead', 'tbody', 'tfoot'];
const inlineTags = ['a', 'b', 'i', 'em', 'strong', 'small', 'sub', 'sup', 'u', 's', 'del', 'ins', 'mark', 'q', 'cite', 'abbr', 'acronym', 'dfn', 'code', 'kbd', 'samp',
  'var', 'time', 'span', 'img', 'td', 'th', 'tt', 'big', 'wbr', 'bdi', 'bdo', 'ruby', 'rt', 'rp'];
const blocks = new Set(blockTags);
/** Blocks that start a line but not a paragraph. */
const lineTags = new Set(['br', 'li', 'tr', 'dt', 'dd']);

const maxNesting = 200;
const escapedMarkup = /&(?:amp;)?lt;\/?(?:p|br|div|a|b|i|em|strong|ul|ol|li|img|span|table|h[1-6]|blockquote)(?:\s|\/|&gt;|&amp;gt;|>)/i;
const realMarkup = /<[a-z/!]/i;

function hasMarkup(html: string): boolean {
  return html.includes('<') || html.includes('&');
}

const baseOptions: sanitizeHtml.IOptions = {
  allowedTags: [...blockTags, ...inlineTags],
  allowedAttributes: { a: ['href', 'title'], img: ['src', 'alt', 'title', 'width', 'height'], time: ['datetime'], td: ['colspan', 'rowspan'], th: ['colspan', 'rowspan'], abbr: ['title'], '*': ['lang', 'dir'] },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowedSchemesByTag: { img: ['http', 'https'] },
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'iframe', 'head', 'title', 'template'],
  enforceHtmlBoundary: false,
  parseStyleAttributes: false,
  parser: { recognizeSelfClosing: true },
};

/** Safe HTML: only text-bearing tags, links and images with http(s) addresses made absolute against `base`; no scripts, styles or handlers. */
export function sanitizeMarkup(html: string, base?: string): string {
  if (!hasMarkup(html)) return html.trim();
  const plain = sanitizePlainMarkup(html);
  if (plain !== undefined) return plain.trim();
  if (!realMarkup.test(html)) return escapeHtml(decodeHTML(html)).trim();
  const whole = withClosedDeclarations(html);
  if (isTooDeep(whole)) return escapeHtml(collapse(decodeHTML(withoutTags(whole))));
  if (base === undefined) return sanitizeHtml(whole, baseOptions).trim();
  const absolute = (name: 'href' | 'src') => (tagName: string, attribs: sanitizeHtml.Attributes): sanitizeHtml.Tag => {
    const value = attribs[name];
    return { tagName, attribs: value === undefined ? attribs : { ...attribs, [name]: absoluteUrl(value, base) } };
  };
  return sanitizeHtml(whole, { ...baseOptions, transformTags: { a: absolute('href'), img: absolute('src') } }).trim();
}

/** A comment or declaration that never ends would swallow all that follows it. */
function withClosedDeclarations(html: string): string {
  if (!html.includes('<!')) return html;
  const lastClose = html.lastIndexOf('-->');
  const comment = html.indexOf('<!--', lastClose === -1 ? 0 : lastClose);
  const closed = comment === -1 ? html : html.slice(0, comment) + html.slice(comment).replace(/<!--[^>]*>?/g, '');
  const declaration = closed.indexOf('<!', closed.lastIndexOf('>') + 1);
  return declaration === -1 ? closed : `${closed.slice(0, declaration)}&lt;${closed.slice(declaration + 1)}`;
}

const tag = /<(\/?)([a-z][a-z0-9]*)/gi;
/** Tags that HTML closes by itself, or that have no inside. */
const selfEnding = new Set(['p', 'li', 'td', 'th', 'tr', 'dt', 'dd', 'option', 'br', 'hr', 'img', 'input', 'meta', 'link', 'wbr', 'area', 'base', 'col', 'embed', 'source', 'param', 'track']);

/** Whether elements nest beyond anything a person wrote; sanitize-html takes quadratic time there. */
function isTooDeep(html: string): boolean {
  let depth = 0;
  for (const [, slash, name = ''] of html.matchAll(tag)) {
    if (selfEnding.has(name.toLowerCase())) continue;
    depth = slash === '/' ? Math.max(0, depth - 1) : depth + 1;
    if (depth > maxNesting) return true;
  }
  return false;
}

/** The text between tags; what only looks like a tag ("a < b") stays. The result is text, not markup: it must be escaped to be shown. */
function withoutTags(html: string): string {
  let output = '';
  let position = 0;
  for (let open = html.indexOf('<'); open !== -1; open = html.indexOf('<', open + 1)) {
    const code = html.charCodeAt(open + 1) | 0x20;
    const isTag = (code >= 0x61 && code <= 0x7a) || code === 0x2f || code === 0x21;
    if (!isTag || open < position) continue;
    const close = html.indexOf('>', open);
    if (close === -1) break;
    output += html.slice(position, open) + separatorOf(html, open + 1).slice(0, 1);
    position = close + 1;
  }
  return output + html.slice(position);
}

/** Markup that was escaped once too often is unescaped; text that merely speaks of markup is left alone. */
export function unescapeTwice(html: string): string {
  return html.includes('&') && !realMarkup.test(html) && escapedMarkup.test(html) ? decodeHTML(html) : html;
}

/**
 * Plain text of HTML that went through `sanitizeMarkup` (so every angle bracket belongs to a tag): paragraphs separated by a blank line,
 * list items and line breaks on their own line, white space collapsed.
 */
export function textOfMarkup(safeHtml: string): string {
  if (!hasMarkup(safeHtml)) return collapse(safeHtml);
  let output = '';
  let position = 0;
  for (let open = safeHtml.indexOf('<'); open !== -1; open = safeHtml.indexOf('<', position)) {
    if (open > position) output += runOfText(safeHtml.slice(position, open));
    const close = safeHtml.indexOf('>', open);
    if (close === -1) return tidyLines(output);
    output += separatorOf(safeHtml, open + 1);
    position = close + 1;
  }
  if (position < safeHtml.length) output += runOfText(safeHtml.slice(position));
  return tidyLines(output);
}

function runOfText(text: string): string {
  const decoded = text.includes('&') ? decodeHTML(text) : text;
  return breaks.test(decoded) ? decoded.replace(/\s+/g, ' ') : decoded;
}

const breaks = /[\n\r\t\u00a0]/;

/** What stands in the text for the tag whose name begins here (or, in an end tag, one further on). */
function separatorOf(html: string, at: number): string {
  let start = at;
  if (html.charCodeAt(start) === 0x2f) start += 1;
  let end = start;
  for (let code = html.charCodeAt(end); (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39); code = html.charCodeAt((end += 1)));
  const name = html.slice(start, end);
  if (lineTags.has(name)) return '\n';
  if (blocks.has(name)) return '\n\n';
  return name === 'td' || name === 'th' ? ' ' : '';
}

/** One line of plain text from something that may hold markup, as titles and names do. */
export function plainLine(html: string): string {
  if (!hasMarkup(html)) return collapse(html);
  const once = unescapeTwice(html);
  if (!realMarkup.test(once)) return collapse(decodeHTML(once));
  const silent = /<(?:script|style|textarea|!)/i.test(once) && !isTooDeep(once);
  const bare = silent ? sanitizeHtml(withClosedDeclarations(once), { allowedTags: [], allowedAttributes: {}, nonTextTags: ['script', 'style', 'textarea'] }) : withoutTags(once);
  return collapse(decodeHTML(bare));
}

export function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** White space of every kind becomes single spaces; text that has none to change is returned as it is. */
export function collapse(text: string): string {
  return isCollapsed(text) ? text : text.replace(/[\0-\x08\x0e-\x1f\x7f]/g, '').replace(/[\s\u200b\ufeff]+/g, ' ').trim();
}

/** A loop over the codes: several times faster here than the regular expression it stands for. */
function isCollapsed(text: string): boolean {
  let afterSpace = true;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x20 && code < 0xa0) {
      afterSpace = false;
    } else if (code <= 0x20) {
      if (code !== 0x20 || afterSpace) return false;
      afterSpace = true;
    } else {
      if (code === 0xa0 || code === 0x1680 || (code >= 0x2000 && code <= 0x200b) || code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f || code === 0x3000 || code === 0xfeff) return false;
      afterSpace = false;
    }
  }
  return !afterSpace || text === '';
}

function tidyLines(text: string): string {
  const lines = text.split('\n').map((line) => (line.includes('  ') ? line.replace(/ {2,}/g, ' ') : line).trim());
  const kept: string[] = [];
  for (const line of lines) if (line !== '' || (kept.length > 0 && kept.at(-1) !== '')) kept.push(line);
  return kept.join('\n').trim();
}

function absoluteUrl(reference: string, base: string): string {
  try {
    return new URL(reference.trim(), base).href;
  } catch {
    return reference;
  }
}
