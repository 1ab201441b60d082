// linkedom and Readability take time that grows faster than the page; this says beforehand which pages not to give them.

const maxDepth = 800;
const maxElements = 12_000;
/** Places where a parser starts a new piece of text. */
const maxFragments = 40_000;

const tag = /<(\/?)([a-z][a-z0-9]*)/gi;
const selfEnding = new Set(['p', 'li', 'td', 'th', 'tr', 'dt', 'dd', 'option', 'br', 'hr', 'img', 'input', 'meta', 'link', 'wbr', 'area', 'base', 'col', 'embed', 'source', 'param', 'track', 'path', 'use', 'circle', 'rect', 'line', 'polygon']);

/** Depth and numbers that no article's page reaches, and on which linkedom and Readability would overflow the stack or take minutes. */
export function costsTooMuch(html: string): boolean {
  let depth = 0;
  let elements = 0;
  let scriptEnd = -1;
  for (const { index, 1: slash, 2: name = '' } of html.matchAll(tag)) {
    // What scripts write is no markup of the page.
    if (index < scriptEnd) continue;
    if (slash !== '/' && /^(?:script|style)$/i.test(name)) scriptEnd = endOf(html, name.toLowerCase(), index);
    if (slash !== '/') elements += 1;
    if (!selfEnding.has(name.toLowerCase())) depth = slash === '/' ? Math.max(0, depth - 1) : depth + 1;
    if (depth > maxDepth || elements > maxElements) return true;
  }
  return count(html, '&') > maxFragments || count(html, '<') > maxFragments;
}

/** Where the end tag of a script or style begins; without one it goes on to the end. */
function endOf(html: string, name: string, from: number): number {
  const end = new RegExp(`</${name}`, 'gi');
  end.lastIndex = from;
  return end.exec(html)?.index ?? Infinity;
}

function count(text: string, character: string): number {
  let found = 0;
  for (let at = text.indexOf(character); at !== -1; at = text.indexOf(character, at + 1)) found += 1;
  return found;
}
