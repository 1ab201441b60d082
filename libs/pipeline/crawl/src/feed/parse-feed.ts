import { decodeBytes } from './decode-bytes.ts';
import { readAtom } from './atom.ts';
import { asResult, FeedProblem, type FeedContext, type FeedEntry, type FeedResult, type FeedWarning, type ParsedFeed } from './feed-result.ts';
import { readJsonFeed } from './json-feed.ts';
import { readRss } from './rss.ts';
import { childNamed, type XmlDocument, type XmlNode } from './xml/xml-node.ts';
import { readXml } from './xml/xml-reader.ts';

const preamble = 20_000;
const feedStart = /<(?:[a-z][\w.-]{0,20}:)?(?:rss|feed|rdf|channel|entry)[\s>/]/i;

/**
 * Reads RSS 0.9x, 1.0, 1.1 and 2.0, Atom 0.3 and 1.0, and JSON Feed from bytes in whatever encoding. Never throws: what cannot be read
 * becomes `{error: {code, message}}`, what could be repaired is read and listed under `warnings`. Linear in the size of the input.
 */
export function parseFeed(bytes: Uint8Array, context: FeedContext = {}): FeedResult {
  return asResult(() => {
    const decoded = decodeBytes(bytes, context.contentType);
    const text = decoded.text.includes('\0') ? decoded.text.replaceAll('\0', '') : decoded.text;
    const warnings: FeedWarning[] = decoded.declaredWrongly ? ['wrong-encoding-declared'] : [];
    const start = firstInk(text);
    if (start === -1) throw new FeedProblem('empty', 'The document is empty');
    const first = text[start];
    if (first === '{' || first === '[') {
      const parsed = readJsonFeed(text.slice(start), context);
      return { ...parsed, warnings };
    }
    return readXmlFeed(text.slice(feedOffset(text, start)), context, warnings);
  });
}

function readXmlFeed(source: string, context: FeedContext, warnings: FeedWarning[]): ParsedFeed {
  const document = readXml(source, context.url);
  const root = feedRoot(document);
  if (root === undefined) throw notAFeed(source, document);
  if (document.malformed) warnings.push('malformed');
  const parsed = root.name === 'feed' || root.name === 'entry' ? readAtom(document, root, context) : readRss(document, root, context);
  if (document.cutInside.length === 0) return { ...parsed, warnings };
  const entries = completeEntries(parsed.entries, document.cutInside);
  const isCutInside = document.cutInside.some((node) => !containers.has(node.name) && node !== document.root);
  if (entries.length === 0 && (isCutInside || parsed.feed.title === null)) throw new FeedProblem('truncated', 'The feed breaks off before its first complete entry');
  return { ...parsed, entries, warnings: [...warnings, 'truncated'] };
}

const containers = new Set(['rss', 'channel', 'feed', 'rdf:RDF', 'items']);
const identifying = new Set(['title', 'link', 'guid', 'id']);

/** Without the entry the document breaks off in, unless what names it came through whole. */
function completeEntries(entries: readonly FeedEntry[], cutInside: readonly XmlNode[]): readonly FeedEntry[] {
  const depth = cutInside.findIndex((node) => node.name === 'item' || node.name === 'entry');
  const last = entries.at(-1);
  if (depth === -1 || last === undefined || cutInside[depth]?.children.length === 0) return entries;
  const isNamed = last.title !== '' && (last.link !== null || last.id !== null);
  return isNamed && !identifying.has(cutInside[depth + 1]?.name ?? '') ? entries : entries.slice(0, -1);
}

function feedRoot({ root }: XmlDocument): XmlNode | undefined {
  if (root === undefined) return undefined;
  if (['rss', 'rdf:RDF', 'RDF', 'feed', 'entry', 'channel', 'rdf:rss'].includes(root.name)) return root;
  // A feed wrapped in an element of its own.
  return root.children.find((child) => child.name === 'rss' || child.name === 'feed' || child.name === 'rdf:RDF') ?? (childNamed(root, 'channel') ? root : undefined);
}

/** Position of the first character that is neither white space nor a byte order mark; -1 where there is none. */
function firstInk(text: string): number {
  return text.search(/[^\s\ufeff\u200b]/);
}

/** Skips warnings and blank lines that a broken generator printed before the document. */
function feedOffset(text: string, start: number): number {
  if (text[start] === '<') return start;
  const declaration = text.slice(0, preamble).indexOf('<?xml');
  if (declaration !== -1) return declaration;
  const root = text.slice(0, preamble).search(feedStart);
  return root === -1 ? start : root;
}

function notAFeed(source: string, { root }: XmlDocument): FeedProblem {
  const head = source.slice(0, 2000);
  if (/<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]/i.test(head)) {
    const title = /<title[^>]{0,100}>([^<]{1,200})/i.exec(source.slice(0, preamble))?.[1]?.trim();
    return new FeedProblem('not-a-feed', `The document is a web page${title ? ` ("${title}")` : ''}, not a feed`);
  }
  if (root !== undefined) return new FeedProblem('not-a-feed', `The document is XML (<${root.name.slice(0, 60)}>), but not a feed`);
  return new FeedProblem('not-a-feed', 'The document is neither XML nor JSON');
}
