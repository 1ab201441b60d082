/**
 * All phrases of the taxonomy in one trie over word ids. A scan walks it from every word that starts a phrase; the longest phrase bounds
 * each walk, so the cost stays linear in the text whatever it says.
 */
import { FLAG_SENTENCE, type TokenBuffer } from './tokens.ts';

/** Where phrases were found: parallel columns, grouped by first word, the longest first. */
export class HitBuffer {
  count = 0;
  phrases = new Int32Array(1 << 10);
  firsts = new Int32Array(1 << 10);
  lasts = new Int32Array(1 << 10);

  push(phrase: number, first: number, last: number): void {
    const at = this.count++;
    if (at >= this.phrases.length) {
      this.phrases = doubled(this.phrases);
      this.firsts = doubled(this.firsts);
      this.lasts = doubled(this.lasts);
    }
    this.phrases[at] = phrase;
    this.firsts[at] = first;
    this.lasts[at] = last;
  }
}

export class PhraseTrie {
  private nodes = 1;
  private edges = 0;
  /** Open addressing on (node, word): keys interleaved, then the child. */
  private keys = new Int32Array(1 << 14);
  private children = new Int32Array(1 << 13);
  private mask = (1 << 13) - 1;
  private roots = new Int32Array(1 << 12);
  /** First phrase ending at a node (+1), and the next phrase ending at the same node (+1). */
  private output = new Int32Array(1 << 13);
  private next = new Int32Array(1 << 13);
  private readonly path = new Int32Array(64);

  get size(): number {
    return this.nodes;
  }

  /** Adds a phrase; each of its words may be any of several word ids. */
  add(words: readonly (readonly number[])[], phrase: number): void {
    if (phrase >= this.next.length) this.next = doubled(this.next);
    let nodes = [0];
    for (const choices of words) {
      const reached = new Set<number>();
      for (const node of nodes) for (const word of choices) reached.add(this.childOrNew(node, word));
      nodes = [...reached];
    }
    let slot = phrase;
    nodes.forEach((node, index) => {
      if (index > 0) slot = this.cloneOf(phrase);
      this.next[slot] = this.output[node]!;
      this.output[node] = slot + 1;
    });
  }

  /** Phrases that end at several nodes need a link cell for each; cells past the phrases map back to their phrase. */
  private readonly clones: number[] = [];
  private cloneBase = 0;
  reserve(phrases: number): void {
    this.cloneBase = phrases;
    while (this.next.length <= phrases) this.next = doubled(this.next);
  }

  private cloneOf(phrase: number): number {
    const cell = this.cloneBase + this.clones.push(phrase) - 1;
    while (cell >= this.next.length) this.next = doubled(this.next);
    return cell;
  }

  /** Finds every phrase in the words from `from` to the buffer's end; no phrase crosses a sentence. */
  scan(tokens: TokenBuffer, from: number, hits: HitBuffer): void {
    const { ids, flags, count } = tokens;
    const { roots, path, output, next, clones, cloneBase } = this;
    const rootCount = roots.length;
    for (let first = from; first < count; first++) {
      const id = ids[first]!;
      if (id === 0 || id >= rootCount) continue;
      let node = roots[id]!;
      if (node === 0) continue;
      let depth = 0;
      path[depth++] = node;
      for (let at = first + 1; at < count && depth < 64; at++) {
        const word = ids[at]!;
        if (word === 0 || (flags[at]! & FLAG_SENTENCE) !== 0) break;
        node = this.child(node, word);
        if (node === 0) break;
        path[depth++] = node;
      }
      while (depth-- > 0) {
        for (let cell = output[path[depth]!]!; cell !== 0; cell = next[cell - 1]!) {
          hits.push(cell - 1 < cloneBase ? cell - 1 : clones[cell - 1 - cloneBase]!, first, first + depth);
        }
      }
    }
  }

  private child(node: number, word: number): number {
    const { keys, children, mask } = this;
    for (let slot = slotOf(node, word) & mask; ; slot = (slot + 1) & mask) {
      const child = children[slot]!;
      if (child === 0) return 0;
      if (keys[slot * 2] === node && keys[slot * 2 + 1] === word) return child;
    }
  }

  private childOrNew(node: number, word: number): number {
    if (node === 0) {
      while (word >= this.roots.length) this.roots = doubled(this.roots);
      return (this.roots[word] ||= this.newNode());
    }
    const known = this.child(node, word);
    if (known !== 0) return known;
    if (this.edges * 3 > this.mask) this.rehash();
    const child = this.newNode();
    this.insert(node, word, child);
    return child;
  }

  private newNode(): number {
    const node = this.nodes++;
    if (node >= this.output.length) this.output = doubled(this.output);
    return node;
  }

  private insert(node: number, word: number, child: number): void {
    let slot = slotOf(node, word) & this.mask;
    while (this.children[slot] !== 0) slot = (slot + 1) & this.mask;
    this.keys[slot * 2] = node;
    this.keys[slot * 2 + 1] = word;
    this.children[slot] = child;
    this.edges++;
  }

  private rehash(): void {
    const { keys, children } = this;
    this.mask = this.mask * 2 + 1;
    this.keys = new Int32Array((this.mask + 1) * 2);
    this.children = new Int32Array(this.mask + 1);
    this.edges = 0;
    children.forEach((child, slot) => {
      if (child !== 0) this.insert(keys[slot * 2]!, keys[slot * 2 + 1]!, child);
    });
  }
}

function slotOf(node: number, word: number): number {
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(word, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

function doubled(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2);
  larger.set(column);
  return larger;
}
