// Parts of an entry that RSS and Atom share.
import type { DateConfidence } from '@tradewatch/events';
import { collapse, plainLine, sanitizeMarkup, textOfMarkup, unescapeTwice } from './clean-html.ts';
import { parseFeedDate, type DateContext } from './feed-date.ts';
import { childNamed, deepText, innerMarkup, type XmlDocument, type XmlNode } from './xml/xml-node.ts';

/** The first element of one of these names that has any text. */
export function firstText(node: XmlNode | undefined, names: readonly string[]): string | null {
  if (node === undefined) return null;
  for (const name of names) {
    for (const child of node.children) {
      if (child.name !== name) continue;
      const text = collapse(deepText(child));
      if (text !== '') return text;
    }
  }
  return null;
}

export interface PublishedDate {
  readonly published: string | null;
  readonly publishedRaw: string | null;
  readonly publishedConfidence: DateConfidence;
}

/** The first of these elements that can be read as a date; the raw text of the first that is there at all. */
export function firstDate(node: XmlNode, names: readonly string[], context: DateContext): PublishedDate {
  let raw: string | null = null;
  for (const name of names) {
    const text = firstText(node, [name]);
    if (text === null) continue;
    raw ??= text;
    const { iso, confidence } = parseFeedDate(text, context);
    if (iso !== null) return { published: iso, publishedRaw: text, publishedConfidence: confidence };
  }
  return { published: null, publishedRaw: raw, publishedConfidence: 'absent' };
}

/** Sanitised HTML of an element that holds HTML, escaped or not; null where nothing is left. */
export function htmlOf(document: XmlDocument, node: XmlNode | undefined, base: string | undefined): string | null {
  if (node === undefined) return null;
  const { html, inline } = innerMarkup(document, node);
  const safe = sanitizeMarkup(inline ? html : unescapeTwice(html), node.base ?? base);
  return safe === '' ? null : safe;
}

/** One line of text of an element that may hold HTML, escaped or not. */
export function lineOf(document: XmlDocument, node: XmlNode | undefined): string {
  return node === undefined ? '' : plainLine(innerMarkup(document, node).html);
}

/** The name in "Name <mail>", "mail (Name)", "Name (mail)"; the text itself where it has no such form; null where it is empty. */
export function personName(written: string | null | undefined): string | null {
  const text = plainLine(written ?? '').slice(0, 500);
  if (text === '') return null;
  const match = /^(\S+@\S+)\s*\(([^)]+)\)$/.exec(text) ?? /^(\S+@\S+)\s*[-–]\s*(.+)$/.exec(text);
  if (match?.[2] !== undefined) return match[2].trim();
  const bracketed = /^(.+?)\s*[(<]\s*(?:mailto:)?[^\s()<>]+@[^\s()<>]+\s*[)>]$/.exec(text);
  return bracketed?.[1]?.replace(/^"(.*)"$/, '$1').trim() ?? text.replace(/^"(.*)"$/, '$1');
}

/** Distinct names in order, as one line. */
export function joinNames(names: readonly (string | null)[]): string | null {
  const distinct = [...new Set(names.filter((name) => name !== null && name !== ''))].slice(0, 20);
  return distinct.length === 0 ? null : distinct.join(', ');
}

export function bodyText(summary: string | null, content: string | null): string {
  return textOfMarkup(content ?? summary ?? '');
}

const absoluteStart = /^https?:\/\/[^\s/]/i;

/** Schemes that run or read something where the address is opened. */
const unsafeScheme = /^[\s\0-\x1f]*(?:javascript|vbscript|data|file|blob|about)\s*:/i;

/** An absolute address as it is written (identity is normalized elsewhere), a relative one resolved against the base. Null for nothing, and for scripts. */
export function absoluteLink(reference: string | null | undefined, base: string | undefined): string | null {
  const trimmed = reference?.trim() ?? '';
  if (trimmed === '' || trimmed.length > 8192 || unsafeScheme.test(trimmed)) return null;
  if (absoluteStart.test(trimmed)) return /\s/.test(trimmed) ? trimmed.replace(/\s+/g, '') : trimmed;
  if (base === undefined) return trimmed;
  try {
    return new URL(trimmed, base).href;
  } catch {
    return trimmed;
  }
}

export function isWebAddress(text: string | null | undefined): boolean {
  return /^https?:\/\/[^\s/]/i.test(text ?? '');
}

export function attributeOf(node: XmlNode, child: string, attribute: string): string | undefined {
  return childNamed(node, child)?.attributes[attribute];
}

/** A language tag with hyphens, as BCP 47 has it; null where none is given. */
export function languageTag(written: string | null | undefined): string | null {
  const tag = written?.trim().replaceAll('_', '-') ?? '';
  return tag === '' || tag.length > 35 ? null : tag;
}
