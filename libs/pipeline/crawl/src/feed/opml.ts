// Lists of feeds in and out, as feed readers exchange them (OPML 2.0, http://opml.org/spec2.opml).
import { collapse } from './clean-html.ts';
import { decodeBytes } from './decode-bytes.ts';
import { languageTag } from './entry-parts.ts';
import { FeedProblem } from './feed-result.ts';
import { childNamed, type XmlNode } from './xml/xml-node.ts';
import { readXml } from './xml/xml-reader.ts';

export interface OpmlSource {
  readonly name: string;
  /** As it is written, web address or not. */
  readonly url: string;
  /** The site's own address. */
  readonly siteUrl?: string | undefined;
  readonly description?: string | undefined;
  readonly language?: string | undefined;
  /** Names of the folders around it, outermost first. */
  readonly folders: readonly string[];
  /** What only tradewatch knows of a source, by name without the prefix, in lower case. */
  readonly extra: Readonly<Record<string, string>>;
  /** Where it stands in the file, from 1. */
  readonly line: number;
}

/** Where our own attributes are defined; other readers pass over them. */
const namespace = 'https://tradewatch.example/opml';
const prefix = 'tradewatch:';
const maxDepth = 20;
const maxSources = 10_000;

/**
 * The feeds of an OPML file in their order, folders flattened into `folders`. Markup is read as tolerantly as that of feeds.
 * @throws FeedProblem `empty`, `not-a-feed` where it is no OPML, `truncated`, `entity-bomb`, `too-deep`, `too-many-nodes`; the message names the line
 */
export function readOpml(bytes: Uint8Array): OpmlSource[] {
  const { text } = decodeBytes(bytes);
  if (text.trim() === '') throw new FeedProblem('empty', 'The file is empty');
  const entity = text.search(/<!ENTITY/i);
  if (entity !== -1) throw new FeedProblem('entity-bomb', `Line ${lineOf(text, entity)}: the file declares entities, which a list of feeds has no use for`);
  const { root, cutInside } = readXml(text);
  if (root?.name !== 'opml') throw new FeedProblem('not-a-feed', `Line ${root === undefined ? 1 : lineOf(text, root.innerStart)}: the file is ${root === undefined ? 'no XML' : `XML (<${root.name.slice(0, 60)}>)`}, but not OPML`);
  const open = cutInside.at(-1);
  if (open !== undefined) throw new FeedProblem('truncated', `Line ${lineOf(text, open.innerStart)}: the file breaks off before the <${open.name.slice(0, 60)}> that begins here is closed`);
  const lines = new LineNumbers(text);
  const sources: OpmlSource[] = [];
  for (const outline of childNamed(root, 'body')?.children ?? []) collect(outline, [], lines, sources);
  return sources;
}

function collect(outline: XmlNode, folders: readonly string[], lines: LineNumbers, sources: OpmlSource[]): void {
  const line = lines.at(outline.innerStart);
  if (folders.length > maxDepth) throw new FeedProblem('too-deep', `Line ${line}: the file nests folders more than ${maxDepth} deep`);
  const { title, text, xmlurl, htmlurl, description, language } = outline.attributes;
  const name = collapse(title ?? '') || collapse(text ?? '');
  if (xmlurl !== undefined) {
    if (sources.length === maxSources) throw new FeedProblem('too-many-nodes', `Line ${line}: the file has more than ${maxSources} feeds`);
    const url = collapse(xmlurl);
    const extra = Object.fromEntries(Object.entries(outline.attributes).flatMap(([key, value]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [])));
    sources.push({ name: name || url, url, siteUrl: collapse(htmlurl ?? '') || undefined, description: collapse(description ?? '') || undefined, language: languageTag(language) ?? undefined, folders, extra, line });
  }
  const inside = xmlurl === undefined && name !== '' ? [...folders, name.replaceAll('/', '∕')] : folders;
  for (const child of outline.children) if (child.name === 'outline') collect(child, inside, lines, sources);
}

/** Finds lines of ascending positions without counting from the start each time. */
class LineNumbers {
  #position = 0;
  #line = 1;

  constructor(private readonly text: string) {}

  at(position: number): number {
    for (let next = this.text.indexOf('\n', this.#position); next !== -1 && next < position; next = this.text.indexOf('\n', this.#position)) {
      this.#line += 1;
      this.#position = next + 1;
    }
    return this.#line;
  }
}

function lineOf(text: string, position: number): number {
  return new LineNumbers(text).at(position);
}

interface Folder {
  readonly sources: Omit<OpmlSource, 'line'>[];
  readonly folders: Map<string, Folder>;
}

/** An OPML 2.0 document of the sources, folders inside folders; those outside of any stand first. */
export function writeOpml(title: string, sources: readonly Omit<OpmlSource, 'line'>[]): string {
  const top: Folder = { sources: [], folders: new Map() };
  for (const source of sources) {
    let folder = top;
    for (const name of source.folders) {
      const next = folder.folders.get(name) ?? { sources: [], folders: new Map<string, Folder>() };
      folder.folders.set(name, next);
      folder = next;
    }
    folder.sources.push(source);
  }
  return `<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0" xmlns:tradewatch="${namespace}">\n  <head>\n    <title>${escape(title)}</title>\n  </head>\n  <body>\n${folderLines(top, '    ')}  </body>\n</opml>\n`;
}

function folderLines({ sources, folders }: Folder, indent: string): string {
  const own = sources.map(({ name, url, siteUrl, description, language, extra }) => {
    const attributes = { text: name, title: name, type: 'rss', xmlUrl: url, htmlUrl: siteUrl, description, language, ...Object.fromEntries(Object.entries(extra).map(([key, value]) => [prefix + key, value])) };
    return `${indent}<outline${Object.entries(attributes).flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escape(value)}"`])).join('')}/>\n`;
  });
  const inner = [...folders].map(([name, folder]) => `${indent}<outline text="${escape(name)}">\n${folderLines(folder, `${indent}  `)}${indent}</outline>\n`);
  return [...own, ...inner].join('');
}

/** Text as the value of an attribute: also line breaks, which a reader would make into spaces. */
function escape(text: string): string {
  return text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '').replace(/[&<>"\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`).toWellFormed();
}
