import type { EntityDecoder } from './xml-entities.ts';

/** One element of a document that was read tolerantly. Names are canonical (see xml-names.ts), whatever prefixes the document used. */
export interface XmlNode {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: XmlNode[];
  /** Own character data, entities decoded, in document order; that of children is in the children. */
  text: string;
  /** Where the element's inside stands in the source. */
  readonly innerStart: number;
  innerEnd: number;
  /** Base URL in force (xml:base), resolved as far as it can be. */
  readonly base: string | undefined;
  /** xml:lang in force. */
  readonly language: string | undefined;
  /** Whether an end tag (or self-closing) ended it, rather than the end of the document. */
  closed: boolean;
}

export interface XmlDocument {
  readonly source: string;
  readonly root: XmlNode | undefined;
  /** The document's own entities, for markup that is read again as HTML. */
  readonly entities: EntityDecoder;
  /** The elements that were still open when the document ended, outermost first; empty for a complete document. */
  readonly cutInside: readonly XmlNode[];
  readonly malformed: boolean;
}

export function childNamed(node: XmlNode | undefined, name: string): XmlNode | undefined {
  if (node !== undefined) for (const child of node.children) if (child.name === name) return child;
  return undefined;
}

const none: readonly XmlNode[] = [];

export function childrenNamed(node: XmlNode | undefined, name: string): readonly XmlNode[] {
  return childNamed(node, name) === undefined ? none : (node as XmlNode).children.filter((child) => child.name === name);
}

/** The first child, in the order of the names, that holds anything. */
export function firstFilled(node: XmlNode, names: readonly string[]): XmlNode | undefined {
  for (const name of names) {
    for (const child of node.children) {
      if (child.name === name && (child.children.length > 0 || hasInk(child.text))) return child;
    }
  }
  return undefined;
}

/** Text of the element and all below it, in the order of the source as far as one level is concerned. */
export function deepText(node: XmlNode): string {
  if (node.children.length === 0) return node.text;
  const parts = [node.text];
  const waiting = node.children.toReversed();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    parts.push(next.text);
    for (const child of next.children.toReversed()) waiting.push(child);
  }
  return parts.join(' ');
}

/**
 * The markup inside an element as HTML: its text where the markup was escaped or in CDATA, the source itself where it stands in the open.
 * `inline` says which: only inline markup can have no further level of escaping.
 */
export function innerMarkup(document: XmlDocument, node: XmlNode): { html: string; inline: boolean } {
  if (node.children.length === 0) return { html: node.text, inline: false };
  const raw = document.source.slice(node.innerStart, node.innerEnd);
  const expanded = document.entities.decodeDeclared(raw.includes('<![CDATA[') ? cdataAsText(raw) : raw);
  // `<xhtml:p>` and its like are plain `<p>` to an HTML parser.
  return { html: expanded.replace(/<(\/?)[\w-]{1,20}:(?=[a-z])/gi, '<$1'), inline: true };
}

function cdataAsText(raw: string): string {
  return raw.split('<![CDATA[').map((part, index) => {
    if (index === 0) return part;
    const end = part.indexOf(']]>');
    const text = end === -1 ? part : part.slice(0, end);
    return text.replace(/&/g, '&amp;').replace(/</g, '&lt;') + (end === -1 ? '' : part.slice(end + 3));
  }).join('');
}

function hasInk(text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x20 && code !== 0xa0 && code !== 0xfeff) return true;
  }
  return false;
}
