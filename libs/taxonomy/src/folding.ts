/**
 * How the matcher sees a character: accents and case folded away, marks and invisible characters skipped, everything that is
 * neither letter nor digit a boundary. Works on UTF-16 units so that offsets in the original text stay what they were.
 */

/** A unit that ends a word. */
export const BOUNDARY = 1;
/** A unit that neither ends a word nor belongs to it: combining marks, soft hyphens, zero-width and bidi controls. */
export const INVISIBLE = 2;

const TWO_LETTERS: Readonly<Record<string, string>> = { œ: 'oe', æ: 'ae', ß: 'ss' };
const ONE_LETTER: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', đ: 'd', ð: 'd', ı: 'i', þ: 't' };

/** Folded form per UTF-16 unit: 0 not yet known, BOUNDARY, INVISIBLE, else one folded unit (low half) and maybe a second (high half). */
export const folded = new Int32Array(0x10000);

function foldUnit(unit: number): number {
  const character = String.fromCharCode(unit);
  if (unit >= 0xd800 && unit <= 0xdfff) return BOUNDARY;
  if (/\p{M}|\p{Cf}/u.test(character)) return INVISIBLE;
  if (!/[\p{L}\p{N}]/u.test(character)) return BOUNDARY;
  const lower = character.toLowerCase();
  const pair = TWO_LETTERS[lower];
  if (pair !== undefined) return pair.charCodeAt(0) | (pair.charCodeAt(1) << 16);
  const single = ONE_LETTER[lower] ?? lower;
  const base = single.normalize('NFD').charCodeAt(0);
  return base < 0x80 || unit < 0x250 || (unit >= 0x1e00 && unit < 0x1f00) ? base : single.charCodeAt(0);
}

for (let unit = 0; unit < 0x180; unit++) folded[unit] = foldUnit(unit);

/** The folded form of a unit that the table does not hold yet; remembers it. */
export function learnUnit(unit: number): number {
  const value = foldUnit(unit);
  folded[unit] = value;
  return value;
}

/** Whether the surrogate pair at `index` is a letter or digit (mathematical letters, Han extensions), so no word boundary. */
export function isAstralLetter(text: string, index: number): boolean {
  const point = text.codePointAt(index) ?? 0;
  if (point < 0x10000 || (point >= 0x1f000 && point < 0x1fb00)) return false;
  return /[\p{L}\p{N}]/u.test(String.fromCodePoint(point));
}

/** Lower case without accents, as the matcher compares words: "Décret" is "decret", "Œuvre" is "oeuvre". */
export function foldWord(word: string): string {
  let out = '';
  for (let index = 0; index < word.length; index++) {
    const unit = word.charCodeAt(index);
    const value = folded[unit] || learnUnit(unit);
    if (value === INVISIBLE) continue;
    if (value === BOUNDARY) {
      out += ' ';
      continue;
    }
    out += String.fromCharCode(value & 0xffff);
    if (value >= 0x10000) out += String.fromCharCode(value >>> 16);
  }
  return out;
}

