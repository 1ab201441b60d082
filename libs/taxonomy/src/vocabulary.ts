/**
 * The words the taxonomy knows, in an open-addressing hash table that the tokeniser asks with the hash it computes while folding:
 * no string is built for a word of the text. A hit is confirmed letter by letter, so two words never pass for each other.
 */
import { foldWord } from './folding.ts';

/** Words longer than this (folded) are never in the vocabulary; it bounds the tokeniser's scratch space on hostile text. */
export const LONGEST_WORD = 40;
export const HASH_SEED = 0x811c9dc5;
export const HASH_PRIME = 0x01000193;

function hashOf(word: string): number {
  let hash = HASH_SEED | 0;
  for (let index = 0; index < word.length; index++) hash = Math.imul(hash ^ word.charCodeAt(index), HASH_PRIME);
  return hash;
}

/** Stands for any number in a phrase; not a word a text can hold. */
export const NUMBER_WORD = '#';

export class Vocabulary {
  /** Word ids by slot, 0 for an empty slot. */
  private slots = new Int32Array(1 << 12);
  private mask = (1 << 12) - 1;
  private readonly words: string[] = [''];
  private hashes = new Int32Array(1 << 12);
  /** What a word is taken for: its own id, or that of the word it is a form of. */
  private target = new Int32Array(1 << 12);
  /** The id of the capitals-only reading of a word ("US" against "us"), 0 where there is none. */
  private capitals = new Int32Array(1 << 12);
  /** Bits the language detection and the tokeniser keep on a word. */
  private marks = new Int32Array(1 << 12);
  private letters = new Uint16Array(1 << 16);
  private letterAt = new Int32Array(1 << 12);
  private letterCount = 0;

  get size(): number {
    return this.words.length - 1;
  }

  /** The id of a folded word, made when it is new. */
  add(word: string): number {
    const known = this.idOf(word);
    if (known !== 0) return known;
    const id = this.words.push(word) - 1;
    if (id >= this.hashes.length) this.growColumns();
    if (id * 4 > this.mask) this.growSlots();
    this.hashes[id] = hashOf(word);
    this.target[id] = id;
    while (this.letterCount + word.length > this.letters.length) this.letters = enlarged(this.letters, Uint16Array);
    this.letterAt[id] = this.letterCount;
    for (let index = 0; index < word.length; index++) this.letters[this.letterCount++] = word.charCodeAt(index);
    this.place(id);
    return id;
  }

  /** The id of the capitals-only reading of a word; it is no form of the ordinary word. */
  addCapitals(word: string): number {
    const ordinary = this.add(foldWord(word));
    if (this.capitals[ordinary] === 0) {
      const id = this.words.push(`=${word}`) - 1;
      if (id >= this.hashes.length) this.growColumns();
      this.target[id] = id;
      this.capitals[ordinary] = id;
    }
    return this.capitals[ordinary]!;
  }

  /** The id that numbers outside the vocabulary are read as, 0 while no phrase asks for numbers. */
  number = 0;

  addNumber(): void {
    this.number = this.add(NUMBER_WORD);
  }

  /** All ids a number may be read as: the general one, and the numbers that are words of phrases ("232"). */
  *numbers(): Generator<number> {
    for (let id = 1; id < this.words.length; id++) if (id === this.number || /^\d+$/.test(this.words[id]!)) yield id;
  }

  /** Makes `form` be read as `word`; a form that is itself a word of the taxonomy stays what it is. */
  addForm(form: string, wordId: number): void {
    if (this.idOf(form) !== 0) return;
    this.target[this.add(form)] = wordId;
  }

  mark(word: string, bits: number): void {
    this.marks[this.add(word)]! |= bits;
  }

  /** The own id of a folded word, 0 when unknown. */
  idOf(word: string): number {
    const hash = hashOf(word);
    for (let slot = hash & this.mask; ; slot = (slot + 1) & this.mask) {
      const id = this.slots[slot]!;
      if (id === 0 || this.words[id] === word) return id;
    }
  }

  /** As `idOf`, for the word whose hash and folded units the tokeniser has at hand. */
  lookUp(hash: number, scratch: Uint16Array, length: number): number {
    const { slots, mask, hashes, letters } = this;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = slots[slot]!;
      if (id === 0) return 0;
      if (hashes[id] !== hash) continue;
      if (this.words[id]!.length !== length) continue;
      const at = this.letterAt[id]!;
      let index = 0;
      while (index < length && letters[at + index] === scratch[index]) index++;
      if (index === length) return id;
    }
  }

  targetOf(id: number): number {
    return this.target[id]!;
  }

  capitalsOf(id: number): number {
    return this.capitals[id]!;
  }

  marksOf(id: number): number {
    return this.marks[id]!;
  }

  private place(id: number): void {
    let slot = this.hashes[id]! & this.mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & this.mask;
    this.slots[slot] = id;
  }

  private growSlots(): void {
    this.mask = this.mask * 2 + 1;
    this.slots = new Int32Array(this.mask + 1);
    for (let id = 1; id < this.words.length - 1; id++) if (!this.words[id]!.startsWith('=')) this.place(id);
  }

  private growColumns(): void {
    this.hashes = enlarged(this.hashes, Int32Array);
    this.target = enlarged(this.target, Int32Array);
    this.capitals = enlarged(this.capitals, Int32Array);
    this.marks = enlarged(this.marks, Int32Array);
    this.letterAt = enlarged(this.letterAt, Int32Array);
  }
}

function enlarged<T extends Int32Array | Uint16Array>(column: T, make: new (length: number) => T): T {
  const larger = new make(column.length * 2);
  larger.set(column);
  return larger;
}
