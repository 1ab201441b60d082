/**
 * One pass over a text into word ids and offsets, in buffers that are reused from text to text. Articles ("the", "los"), elisions
 * ("l'") and the possessive "'s" leave no token, so that a phrase is written once and matches with or without them.
 */
import { BOUNDARY, INVISIBLE, folded, isAstralLetter, learnUnit } from './folding.ts';
import { HASH_PRIME, HASH_SEED, LONGEST_WORD, type Vocabulary } from './vocabulary.ts';

export const FLAG_DIGIT = 1;
export const FLAG_CAPITALS = 2;
export const FLAG_SENTENCE = 4;
export const FLAG_CAPITAL = 8;

/** Bits of a word's mark: the languages it speaks for, then what the tokeniser does with it. */
export const MARK_DROPPED = 1 << 24;
export const MARK_ABBREVIATION = 1 << 25;
export const LANGUAGE_BITS = (1 << 24) - 1;

const scratch = new Uint16Array(LONGEST_WORD + 2);

let units = new Uint16Array(1 << 13);
let bytes = Buffer.from(units.buffer);

/** The text's UTF-16 units: read one by one they are cheaper there than in a string, whatever its form in memory. */
function unitsOf(text: string): Uint16Array {
  if (text.length > units.length) {
    units = new Uint16Array(2 ** Math.ceil(Math.log2(text.length)));
    bytes = Buffer.from(units.buffer);
  }
  bytes.write(text, 'utf16le');
  return units;
}

/** The words of one text. `ids` is 0 for words outside the taxonomy. Counts per language come free with the pass. */
export class TokenBuffer {
  count = 0;
  ids = new Int32Array(1 << 13);
  starts = new Int32Array(1 << 13);
  ends = new Int32Array(1 << 13);
  flags = new Uint8Array(1 << 13);
  /** How often words of each language mark were seen (index = bit). */
  readonly languages = new Int32Array(24);
  words = 0;
  /** Letters outside the Latin script, by the unit's high byte; enough to tell a script. */
  readonly blocks = new Int32Array(256);
  otherLetters = 0;

  reset(): void {
    this.count = 0;
    this.words = 0;
    this.languages.fill(0);
    if (this.otherLetters > 0) this.blocks.fill(0);
    this.otherLetters = 0;
  }

  /** Appends the words of `text`; offsets count from the start of this text. */
  read(text: string, vocabulary: Vocabulary): void {
    const length = text.length;
    const units = unitsOf(text);
    let hash = HASH_SEED | 0;
    let size = 0;
    let start = -1;
    let bits = 0;
    let breaking = 1;
    let afterFullStop = false;
    let previousWasAbbreviation = false;
    let lineFeeds = 0;
    let pendingSentence = 0;
    for (let index = 0; index <= length; index++) {
      const unit = index < length ? units[index]! : 32;
      let value = folded[unit]! || learnUnit(unit);
      if (value === BOUNDARY && unit >= 0xd800 && unit <= 0xdbff && index + 1 < length && isAstralLetter(text, index)) {
        value = 0xfffd;
        index++;
      }
      if (value > INVISIBLE) {
        if (start < 0) {
          start = value === 0xfffd && unit >= 0xd800 ? index - 1 : index;
          if (unit >= 65 && unit <= 90) bits = FLAG_CAPITAL | FLAG_CAPITALS;
          else if (unit >= 48 && unit <= 57) bits = FLAG_DIGIT;
          else if (unit >= 0xc0 && unit <= 0xdd) bits = FLAG_CAPITAL | FLAG_CAPITALS;
          else bits = 0;
        } else if (unit >= 97 || unit < 65) bits &= ~FLAG_CAPITALS;
        if (unit >= 48 && unit <= 57) bits |= FLAG_DIGIT;
        if (unit >= 0x250) {
          this.blocks[(unit >>> 8) & 255]!++;
          this.otherLetters++;
        }
        hash = Math.imul(hash ^ (value & 0xffff), HASH_PRIME);
        if (size < LONGEST_WORD) scratch[size] = value;
        size++;
        if (value >= 0x10000) {
          const second = value >>> 16;
          hash = Math.imul(hash ^ second, HASH_PRIME);
          if (size < LONGEST_WORD) scratch[size] = second;
          size++;
        }
        // Small ASCII letters, most of any text, fold to themselves.
        let next = index + 1;
        for (; next < length; next++) {
          const small = units[next]!;
          if (small < 97 || small > 122) break;
          hash = Math.imul(hash ^ small, HASH_PRIME);
          if (size < LONGEST_WORD) scratch[size] = small;
          size++;
        }
        if (next > index + 1) {
          bits &= ~FLAG_CAPITALS;
          index = next - 1;
        }
        continue;
      }
      if (value === INVISIBLE) continue;
      if (start >= 0) {
        const apostrophe = unit === 39 || unit === 0x2019;
        let dropped = false;
        let id = 0;
        let marks = 0;
        if (size === 1) {
          const only = scratch[0]!;
          dropped = apostrophe || (only === 115 && start > 1 && isApostrophe(units[start - 1]!));
        } else if (size === 2 && apostrophe && scratch[0] === 113 && scratch[1] === 117) dropped = true;
        if (!dropped && size <= LONGEST_WORD) {
          const own = vocabulary.lookUp(hash, scratch, size);
          if (own === 0) {
            if ((bits & FLAG_DIGIT) !== 0 && isNumber(size)) id = vocabulary.number;
          } else {
            marks = vocabulary.marksOf(own);
            if (marks !== 0) {
              let languages = marks & LANGUAGE_BITS;
              while (languages !== 0) {
                const low = 31 - Math.clz32(languages & -languages);
                this.languages[low]!++;
                languages &= languages - 1;
              }
            }
            id = vocabulary.targetOf(own);
            if ((bits & FLAG_CAPITALS) !== 0) {
              const capitals = vocabulary.capitalsOf(own);
              if (capitals !== 0) id = capitals;
            }
            dropped = (marks & MARK_DROPPED) !== 0 && ((bits & FLAG_CAPITALS) === 0 || size === 1);
          }
        }
        if (breaking !== 0 && (breaking > 1 || !previousWasAbbreviation || !afterFullStop)) {
          if (breaking > 1 || (bits & (FLAG_CAPITAL | FLAG_DIGIT)) !== 0 || this.count === 0) pendingSentence = FLAG_SENTENCE;
        }
        this.words++;
        previousWasAbbreviation = (size === 1 && (bits & FLAG_DIGIT) === 0) || (marks & MARK_ABBREVIATION) !== 0;
        if (!dropped) {
          const at = this.count++;
          if (at >= this.ids.length) this.grow();
          this.ids[at] = id;
          this.starts[at] = start;
          this.ends[at] = index;
          this.flags[at] = bits | pendingSentence;
          pendingSentence = 0;
        }
        breaking = 0;
        afterFullStop = false;
        lineFeeds = 0;
        start = -1;
        size = 0;
        hash = HASH_SEED | 0;
      }
      if (unit === 46) {
        afterFullStop = true;
      } else if (unit === 33 || unit === 63 || unit === 0x2026 || unit === 0x3002) {
        breaking = 1;
      } else if (unit === 10) {
        lineFeeds++;
        if (afterFullStop || breaking) breaking = 1;
        if (lineFeeds > 1) breaking = 2;
      } else if (unit <= 32 && afterFullStop && breaking === 0) breaking = 1;
    }
  }

  private grow(): void {
    const wider = this.ids.length * 2;
    this.ids = widened(this.ids, new Int32Array(wider));
    this.starts = widened(this.starts, new Int32Array(wider));
    this.ends = widened(this.ends, new Int32Array(wider));
    this.flags = widened(this.flags, new Uint8Array(wider));
  }
}

function widened<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Whether the word in the scratch buffer is digits alone. */
function isNumber(size: number): boolean {
  for (let index = 0; index < size; index++) if (scratch[index]! < 48 || scratch[index]! > 57) return false;
  return true;
}

function isApostrophe(unit: number): boolean {
  return unit === 39 || unit === 0x2019;
}
