// A tolerant XML reader: one pass, linear time, never recursing. It reads what a browser-grade reader would still understand: unclosed and
// crossed tags, bare ampersands and angle brackets, unquoted attributes, junk around the root, documents that break off.
import { FeedProblem } from '../feed-result.ts';
import { EntityDecoder } from './xml-entities.ts';
import { canonicalName, localName, type Bindings } from './xml-names.ts';
import type { XmlDocument, XmlNode } from './xml-node.ts';

const maxDepth = 500;
const maxNodes = 2_000_000;
const noAttributes: Readonly<Record<string, string>> = Object.freeze(Object.create(null) as Record<string, string>);
/** Elements that cannot stand inside themselves: a second start means that the end tag of the first is missing. */
const neverNested = new Set(['item', 'entry', 'channel']);

interface Scope {
  readonly depth: number;
  readonly bindings: Bindings;
  readonly names: Map<string, string>;
}

export function readXml(source: string, baseUrl?: string): XmlDocument {
  return new XmlReader(source, baseUrl).read();
}

class XmlReader {
  readonly #source: string;
  readonly #entities = new EntityDecoder();
  readonly #open: XmlNode[] = [];
  readonly #openCount = new Map<string, number>();
  readonly #absent = new Set<string>();
  readonly #baseUrl: string | undefined;
  #scopes: Scope[] = [{ depth: 0, bindings: new Map(), names: new Map() }];
  #root: XmlNode | undefined;
  #isAtom = false;
  #malformed = false;
  #nodes = 0;
  #position = 0;

  constructor(source: string, baseUrl: string | undefined) {
    this.#source = source;
    this.#baseUrl = baseUrl;
  }

  read(): XmlDocument {
    const source = this.#source;
    let textStart = 0;
    for (;;) {
      const bracket = source.indexOf('<', this.#position);
      if (bracket === -1) break;
      const kind = source.charCodeAt(bracket + 1);
      const isMarkup = isNameStart(kind) || kind === 0x2f /* / */ || kind === 0x21 /* ! */ || kind === 0x3f; /* ? */
      if (!isMarkup) {
        this.#position = bracket + 1;
        this.#malformed = true;
        continue;
      }
      if (bracket > textStart) this.#addText(source.slice(textStart, bracket), true);
      this.#position = bracket;
      if (kind === 0x2f) this.#endTag(bracket);
      else if (kind === 0x21) this.#declaration(bracket);
      else if (kind === 0x3f) this.#skipPast('?>', bracket);
      else this.#startTag(bracket);
      textStart = this.#position;
    }
    if (textStart < source.length) this.#addText(source.slice(textStart), true);
    const cutInside = [...this.#open];
    while (this.#open.length > 0) this.#close(source.length, false);
    return { source, root: this.#root, entities: this.#entities, cutInside, malformed: this.#malformed };
  }

  #addText(text: string, encoded: boolean): void {
    const node = this.#open.at(-1);
    if (node === undefined) return;
    node.text += encoded ? this.#entities.decode(text) : text;
  }

  /** Position after the next `mark`, or the end of the tag; a mark found missing once is not searched again. */
  #skipPast(mark: string, from: number): void {
    const end = this.#find(mark, from);
    if (end !== -1) {
      this.#position = end + mark.length;
      return;
    }
    this.#malformed = true;
    const close = this.#find('>', from);
    this.#position = close === -1 ? this.#source.length : close + 1;
  }

  #find(mark: string, from: number): number {
    if (this.#absent.has(mark)) return -1;
    const at = this.#source.indexOf(mark, from);
    if (at === -1) this.#absent.add(mark);
    return at;
  }

  #declaration(at: number): void {
    const source = this.#source;
    if (source.startsWith('<![CDATA[', at)) {
      const end = this.#find(']]>', at + 9);
      this.#malformed ||= end === -1;
      this.#addText(source.slice(at + 9, end === -1 ? source.length : end), false);
      this.#position = end === -1 ? source.length : end + 3;
    } else if (source.startsWith('<!--', at)) {
      this.#skipPast('-->', at + 4);
    } else if (/^<!doctype/i.test(source.slice(at, at + 9))) {
      this.#documentType(at);
    } else {
      this.#skipPast('>', at);
    }
  }

  #documentType(at: number): void {
    const close = this.#find('>', at);
    const bracket = this.#find('[', at);
    if (bracket === -1 || (close !== -1 && close < bracket)) {
      this.#skipPast('>', at);
      return;
    }
    const end = /\]\s{0,100}>/g;
    end.lastIndex = bracket;
    const match = this.#absent.has(']>') ? null : end.exec(this.#source);
    if (match === null) {
      this.#absent.add(']>');
      this.#skipPast('>', at);
      return;
    }
    this.#entities.declare(this.#source.slice(bracket + 1, match.index));
    this.#position = match.index + match[0].length;
  }

  #endTag(at: number): void {
    const found = this.#find('>', at);
    const close = found === -1 ? this.#source.length : found;
    let end = at + 2;
    while (end < close && isNameCharacter(this.#source.charCodeAt(end))) end += 1;
    this.#position = Math.min(close + 1, this.#source.length);
    const name = this.#canonical(this.#source.slice(at + 2, end));
    if (this.#open.at(-1)?.name === name) {
      this.#close(at, true);
      return;
    }
    this.#malformed = true;
    if ((this.#openCount.get(name) ?? 0) === 0) return;
    while (this.#open.at(-1)?.name !== name) this.#close(at, true);
    this.#close(at, true);
  }

  #startTag(at: number): void {
    const source = this.#source;
    let end = at + 1;
    while (isNameCharacter(source.charCodeAt(end))) end += 1;
    const written = source.slice(at + 1, end);
    let attributes: Readonly<Record<string, string>> = noAttributes;
    let selfClosing = false;
    const next = source.charCodeAt(end);
    if (next === 0x3e) {
      this.#position = end + 1;
    } else {
      const read = this.#attributes(end);
      attributes = read.attributes;
      selfClosing = read.selfClosing;
      if (read.incomplete) {
        // The document breaks off inside this tag: nothing of it can be trusted.
        this.#position = source.length;
        return;
      }
    }
    this.#openNode(written, attributes, selfClosing, at);
  }

  #attributes(from: number): { attributes: Readonly<Record<string, string>>; selfClosing: boolean; incomplete: boolean } {
    const source = this.#source;
    const attributes = Object.create(null) as Record<string, string>;
    let position = from;
    for (;;) {
      let code = source.charCodeAt(position);
      while (code <= 0x20) code = source.charCodeAt((position += 1));
      if (Number.isNaN(code)) {
        this.#position = source.length;
        return { attributes, selfClosing: false, incomplete: true };
      }
      if (code === 0x3e /* > */ || code === 0x3c /* < */) {
        this.#malformed ||= code === 0x3c;
        this.#position = code === 0x3e ? position + 1 : position;
        return { attributes, selfClosing: false, incomplete: false };
      }
      if (code === 0x2f && source.charCodeAt(position + 1) === 0x3e) {
        this.#position = position + 2;
        return { attributes, selfClosing: true, incomplete: false };
      }
      const nameStart = position;
      while (isAttributeNameCharacter(source.charCodeAt(position))) position += 1;
      if (position === nameStart) {
        position += 1;
        continue;
      }
      const name = source.slice(nameStart, position);
      while (source.charCodeAt(position) <= 0x20) position += 1;
      if (source.charCodeAt(position) !== 0x3d) {
        attributes[name] ??= '';
        continue;
      }
      position += 1;
      while (source.charCodeAt(position) <= 0x20) position += 1;
      const quote = source.charCodeAt(position);
      let value: string;
      if (quote === 0x22 || quote === 0x27) {
        const end = this.#find(quote === 0x22 ? '"' : "'", position + 1);
        if (end === -1) {
          this.#malformed = true;
          const close = this.#find('>', position);
          value = source.slice(position + 1, close === -1 ? source.length : close);
          position = close === -1 ? source.length : close;
        } else {
          value = source.slice(position + 1, end);
          position = end + 1;
        }
      } else {
        this.#malformed = true;
        const start = position;
        for (let c = source.charCodeAt(position); c > 0x20 && c !== 0x3e; c = source.charCodeAt((position += 1))) {
          if (c === 0x2f && source.charCodeAt(position + 1) === 0x3e) break;
        }
        value = source.slice(start, position);
      }
      attributes[name] ??= this.#entities.decode(value);
    }
  }

  #openNode(written: string, attributes: Readonly<Record<string, string>>, selfClosing: boolean, at: number): void {
    this.#nodes += 1;
    if (this.#nodes > maxNodes) throw new FeedProblem('too-many-nodes', `The feed has more than ${maxNodes} elements`);
    if (this.#root !== undefined && this.#open.length === 0) {
      this.#malformed = true;
      return; // a second root: junk after the document
    }
    this.#closeUnended(this.#canonical(written), at);
    this.#bind(attributes);
    if (this.#root === undefined) {
      const local = localName(written.slice(written.indexOf(':') + 1));
      this.#isAtom = local === 'feed' || local === 'entry';
      this.#scopes.at(-1)?.names.clear();
    }
    const name = this.#canonical(written);
    const parent = this.#open.at(-1);
    const ownBase = attributes['xml:base'];
    const node: XmlNode = {
      name,
      attributes: attributes === noAttributes ? attributes : canonicalAttributes(attributes),
      children: [],
      text: '',
      innerStart: this.#position,
      innerEnd: this.#position,
      base: ownBase === undefined ? (parent?.base ?? this.#baseUrl) : resolveUrl(ownBase, parent?.base ?? this.#baseUrl),
      language: attributes['xml:lang'] ?? parent?.language,
      closed: selfClosing,
    };
    if (parent === undefined) this.#root = node;
    else parent.children.push(node);
    if (selfClosing) {
      this.#leaveScopes(this.#open.length);
      return;
    }
    if (this.#open.length >= maxDepth) throw new FeedProblem('too-deep', `The feed nests elements more than ${maxDepth} deep`);
    this.#open.push(node);
    this.#openCount.set(name, (this.#openCount.get(name) ?? 0) + 1);
  }

  #closeUnended(name: string, at: number): void {
    if (!neverNested.has(name) || (this.#openCount.get(name) ?? 0) === 0) return;
    this.#malformed = true;
    while (this.#open.at(-1)?.name !== name) this.#close(at, true);
    this.#close(at, true);
  }

  #close(at: number, closed: boolean): void {
    const node = this.#open.pop();
    if (node === undefined) return;
    node.innerEnd = at;
    node.closed = closed;
    this.#openCount.set(node.name, (this.#openCount.get(node.name) ?? 1) - 1);
    this.#leaveScopes(this.#open.length);
  }

  #bind(attributes: Readonly<Record<string, string>>): void {
    if (attributes === noAttributes) return;
    let bindings: Map<string, string> | undefined;
    for (const name in attributes) {
      if (!name.startsWith('xmlns')) continue;
      bindings ??= new Map(this.#scopes.at(-1)?.bindings);
      bindings.set(name === 'xmlns' ? '' : name.slice(6), attributes[name] ?? '');
    }
    if (bindings) this.#scopes.push({ depth: this.#open.length + 1, bindings, names: new Map() });
  }

  #leaveScopes(depth: number): void {
    while (this.#scopes.length > 1 && (this.#scopes.at(-1)?.depth ?? 0) > depth) this.#scopes.pop();
  }

  #canonical(written: string): string {
    const scope = this.#scopes.at(-1);
    if (scope === undefined) return written;
    let name = scope.names.get(written);
    if (name === undefined) {
      name = canonicalName(written, scope.bindings, this.#isAtom);
      if (scope.names.size < 1000) scope.names.set(written, name);
    }
    return name;
  }
}

const upperCase = /[A-Z]/;

function canonicalAttributes(attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  let isLower = true;
  for (const name in attributes) isLower &&= !upperCase.test(name);
  if (isLower) return attributes;
  const canonical = Object.create(null) as Record<string, string>;
  for (const name in attributes) {
    const lower = name.toLowerCase();
    canonical[lower] ??= attributes[name] ?? '';
  }
  return canonical;
}

export function resolveUrl(reference: string, base: string | undefined): string {
  const trimmed = reference.trim();
  try {
    return new URL(trimmed, base).href;
  } catch {
    return trimmed;
  }
}

function isNameStart(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x5f || code === 0x3a || code > 0x7f;
}

function isNameCharacter(code: number): boolean {
  return isNameStart(code) || (code >= 0x30 && code <= 0x39) || code === 0x2d || code === 0x2e;
}

function isAttributeNameCharacter(code: number): boolean {
  return code > 0x20 && code !== 0x3d && code !== 0x3e && code !== 0x2f && code !== 0x3c && code !== 0x22 && code !== 0x27;
}
