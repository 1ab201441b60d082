import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileMatcher } from './matcher.ts';
import { HitBuffer } from './phrase-trie.ts';
import { TokenBuffer } from './tokens.ts';

/** Hits of single-entry phrases as [phrase, start, end] in the text's own offsets. */
function scan(phrases: readonly string[], text: string): string[] {
  const matcher = compileMatcher([{ id: 'one', any: { strong: phrases.join('\n') } }]);
  const tokens = new TokenBuffer();
  tokens.reset();
  tokens.read(text, matcher.vocabulary);
  const hits = new HitBuffer();
  matcher.trie.scan(tokens, 0, hits);
  return Array.from({ length: hits.count }, (_, at) => `${matcher.phrases[hits.phrases[at]!]!.text}@${tokens.starts[hits.firsts[at]!]!}-${tokens.ends[hits.lasts[at]!]!}`).sort();
}

/** The same by a Unicode-aware regular expression over the text without marks and case, offsets mapped back. */
function oracle(phrases: readonly string[], text: string): string[] {
  let plain = '';
  const origin: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const bare = text[index]!.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    for (const letter of bare) {
      plain += letter;
      origin.push(index);
    }
  }
  const endOf = (position: number): number => {
    let end = origin[position - 1]! + 1;
    while (end < text.length && /\p{M}/u.test(text[end]!)) end++;
    return end;
  };
  const found: string[] = [];
  for (const phrase of new Set(phrases)) {
    const words = phrase.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().split(' ');
    const expression = new RegExp(`(?<![\\p{L}\\p{N}])(?=(${words.join('[^\\p{L}\\p{N}]+')})(?![\\p{L}\\p{N}]))`, 'gu');
    for (const match of plain.matchAll(expression)) found.push(`${phrase}@${origin[match.index]!}-${endOf(match.index + match[1]!.length)}`);
  }
  return found.sort();
}

const words = ['arancél', 'québec', 'décret', 'año', 'niño', 'garçon', 'über', 'tarif', 'acier', 'mexico', 'méxico', 'cuota', 'řád', 'señal', 'trade', 'duty'];
const word = fc.constantFrom(...words);
const phrase = fc.array(word, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' '));
const piece = fc.oneof(
  { weight: 6, arbitrary: word },
  { weight: 2, arbitrary: word.map((each) => each.normalize('NFD')) },
  { weight: 2, arbitrary: word.map((each) => each.toUpperCase()) },
  { weight: 1, arbitrary: fc.tuple(word, fc.constantFrom('é', 'x', 'ñ', '7', 'ш')).map(([each, letter]) => each + letter) },
);
const text = fc.array(fc.tuple(piece, fc.constantFrom(' ', ' ', ' ', '-', ', ', ' / ', '–')), { maxLength: 25 }).map((parts) => parts.map(([each, gap]) => each + gap).join(''));

describe('the phrase scan', () => {
  it('finds what a Unicode-aware oracle finds on accented text, at the same offsets', () => {
    fc.assert(
      fc.property(fc.uniqueArray(phrase, { minLength: 1, maxLength: 8, selector: (each) => each.normalize('NFD').replace(/\p{M}/gu, '') }), text, (phrases, article) => {
        expect(scan(phrases, article)).toEqual(oracle(phrases, article));
      }),
      { numRuns: 400 },
    );
  });

  it('takes no accented letter for a word boundary', () => {
    expect(scan(['tarif'], 'tarifé étarif tarif')).toEqual(['tarif@14-19']);
  });

  it('reads composed and decomposed accents alike and skips invisible characters', () => {
    expect(scan(['décret'], 'De\u0301cret de\u200bcret DÉCRET')).toHaveLength(3);
  });

  it('matches an acronym written in capitals in capitals only', () => {
    expect(scan(['US steel'], 'US steel, us steel')).toEqual(['US steel@0-8']);
  });

  it('matches "#" with any number', () => {
    expect(scan(['# tariff'], 'a 25% tariff and a big tariff')).toEqual(['# tariff@2-12']);
  });

  it('lets no phrase run from one sentence into the next', () => {
    expect(scan(['trade duty'], 'They trade. Duty rose. A trade duty.')).toEqual(['trade duty@25-35']);
  });

  it('finds the plural and feminine forms of a language', () => {
    const matcher = compileMatcher([{ id: 'es', es: { strong: 'cuota compensatoria, arancelario' } }]);
    const tokens = new TokenBuffer();
    tokens.reset();
    tokens.read('Cuotas compensatorias y medidas arancelarias', matcher.vocabulary);
    const hits = new HitBuffer();
    matcher.trie.scan(tokens, 0, hits);
    expect(hits.count).toBe(2);
  });

  it('keeps a form that two words share with neither of the other', () => {
    expect(scan(["main d'œuvre", 'portee de main'], 'le Maine')).toEqual([]);
  });
});
