// Entities as feeds use them: XML's five, numbers, HTML's names that XML does not know, and the document's own declarations, with a budget
// so that a bomb ends in an error and not in memory.
import { decodeHTMLStrict } from 'entities';
import { FeedProblem } from '../feed-result.ts';

const maxExpansion = 100_000;
const maxTotalExpansion = 1_000_000;
const maxDeclared = 2_000;
const reference = /&(#[xX]?[0-9a-fA-F]{1,8}|[A-Za-z][\w.-]{0,40});/g;
const declaration = /<!ENTITY\s+([A-Za-z][\w.-]{0,40})\s+(?:"([^"]{0,5000})"|'([^']{0,5000})')\s*>/g;

const builtIn: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

export class EntityDecoder {
  #declared: Map<string, string> | undefined;
  #expanded: Map<string, string> | undefined;
  #spent = 0;

  /** Reads the internal subset of a document type declaration. External entities are never fetched and stay as they are written. */
  declare(subset: string): void {
    for (const match of subset.matchAll(declaration)) {
      this.#declared ??= new Map();
      this.#expanded ??= new Map();
      const name = match[1];
      if (name !== undefined && !this.#declared.has(name)) this.#declared.set(name, match[2] ?? match[3] ?? '');
      if (this.#declared.size > maxDeclared) throw bomb();
    }
  }

  get hasDeclarations(): boolean {
    return this.#declared !== undefined;
  }

  /** @throws FeedProblem `entity-bomb` */
  decode(text: string): string {
    if (!text.includes('&')) return text;
    return text.replace(reference, (whole, name: string) => this.#value(whole, name));
  }

  /** Replaces only what the document itself declared, for markup that an HTML parser reads afterwards. */
  decodeDeclared(text: string): string {
    if (this.#declared === undefined) return text;
    return text.replace(reference, (whole, name: string) => (this.#declared?.has(name) === true ? this.#spend(this.#expand(name, new Set())) : whole));
  }

  #value(whole: string, name: string): string {
    const simple = builtIn[name];
    if (simple !== undefined) return simple;
    if (this.#declared?.has(name) === true) return this.#spend(this.#expand(name, new Set()));
    return decodeHTMLStrict(whole);
  }

  #spend(value: string): string {
    this.#spent += value.length;
    if (this.#spent > maxTotalExpansion) throw bomb();
    return value;
  }

  #expand(name: string, open: Set<string>): string {
    const done = this.#expanded?.get(name);
    if (done !== undefined) return done;
    if (open.has(name) || open.size > 20) throw bomb();
    open.add(name);
    let size = 0;
    const value = (this.#declared?.get(name) ?? '').replace(reference, (whole, inner: string) => {
      const part = this.#declared?.has(inner) === true ? this.#expand(inner, open) : (builtIn[inner] ?? decodeHTMLStrict(whole));
      size += part.length;
      if (size > maxExpansion) throw bomb();
      return part;
    });
    if (value.length > maxExpansion) throw bomb();
    open.delete(name);
    this.#expanded?.set(name, value);
    return value;
  }
}

function bomb(): FeedProblem {
  return new FeedProblem('entity-bomb', 'The feed declares entities that blow up when they are expanded');
}
