/** Compiles entries of phrases into the matcher: vocabulary with inflected forms, and the trie over it. */
import { foldWord } from './folding.ts';
import { PhraseTrie } from './phrase-trie.ts';
import { phrasesIn, type TaxonomyEntry } from './taxonomy-file.ts';
import { wordsOf } from './phrase.ts';
import { inflect, type PhraseLanguage } from './word-forms.ts';
import { LONGEST_WORD, NUMBER_WORD, Vocabulary } from './vocabulary.ts';

export const LANGUAGE_EN = 1;
export const LANGUAGE_ES = 2;
export const LANGUAGE_FR = 4;
/** Phrases that read the same in every language: acronyms, names, numbers of laws. */
export const LANGUAGE_ANY = 8;
export const LANGUAGE_MASKS: Readonly<Record<PhraseLanguage | 'any', number>> = { en: LANGUAGE_EN, es: LANGUAGE_ES, fr: LANGUAGE_FR, any: LANGUAGE_ANY };

/** What one hit of a phrase counts for, before its place. */
export const GROUP_WEIGHTS = { strong: 3, medium: 2, weak: 1 } as const;

/** Words that leave no token, in any of the three languages; "la" or "de" carry no meaning a phrase needs. */
export const droppedWords = 'the a an el la los las lo le les un una une unos unas al au aux de del du des'.split(' ');

const dropped = new Set(droppedWords);

export interface MatcherPhrase {
  readonly entry: number;
  readonly weight: number;
  readonly languages: number;
  readonly text: string;
}

/** A compiled set of entries; columns by phrase index are there for the inner loop. */
export interface Matcher {
  readonly entries: readonly TaxonomyEntry[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly phrases: readonly MatcherPhrase[];
  readonly vocabulary: Vocabulary;
  readonly trie: PhraseTrie;
  readonly phraseEntry: Int32Array;
  readonly phraseWeight: Float64Array;
  readonly phraseLanguages: Uint8Array;
}

interface SpeltPhrase {
  readonly words: readonly string[];
  readonly language: PhraseLanguage | 'any';
  readonly phrase: number;
}

function isCapitals(word: string): boolean {
  return /^[A-Z]{2,4}$/.test(word);
}

/** The words of a phrase that leave a token, in the notation `=US` for capitals and folded otherwise. */
export function phraseWords(phrase: string): string[] {
  const words: string[] = [];
  let possessive = false;
  for (const written of wordsOf(phrase)) {
    const apostrophe = written.endsWith("'") || written.endsWith('’');
    if (possessive && written === 's') {
      possessive = false;
      continue;
    }
    possessive = apostrophe;
    if (apostrophe && written.length <= 3) continue;
    const word = apostrophe ? written.slice(0, -1) : written;
    if (isCapitals(word)) words.push(`=${word}`);
    else if (word === '#') words.push(NUMBER_WORD);
    else {
      const plain = foldWord(word);
      if (!dropped.has(plain)) words.push(plain);
    }
  }
  return words;
}

export function compileMatcher(entries: readonly TaxonomyEntry[]): Matcher {
  const vocabulary = new Vocabulary();
  const phrases: MatcherPhrase[] = [];
  const spelt: SpeltPhrase[] = [];
  const indexOf = new Map<string, number>();
  const wordCache = new Map<string, string[]>();
  entries.forEach((entry, index) => {
    indexOf.set(entry.id, index);
    const seen = new Set<string>();
    for (const language of ['any', 'en', 'es', 'fr'] as const) {
      for (const group of ['strong', 'medium', 'weak'] as const) {
        for (const text of phrasesIn(entry[language]?.[group])) {
          const words = wordCache.get(text) ?? phraseWords(text);
          wordCache.set(text, words);
          const key = `${language} ${words.join(' ')}`;
          if (words.length === 0 || seen.has(key)) continue;
          seen.add(key);
          const phrase = phrases.push({ entry: index, weight: GROUP_WEIGHTS[group], languages: LANGUAGE_MASKS[language], text }) - 1;
          spelt.push({ words, language, phrase });
        }
      }
    }
  });
  for (const { words } of spelt) {
    for (const word of words) {
      if (word.startsWith('=')) vocabulary.addCapitals(word.slice(1));
      else if (word === NUMBER_WORD) vocabulary.addNumber();
      else if (word.length <= LONGEST_WORD) vocabulary.add(word);
    }
  }
  const trie = new PhraseTrie();
  trie.reserve(phrases.length);
  const choices = new Map<string, number[]>();
  for (const { words, language, phrase } of spelt) {
    trie.add(words.map((word) => {
      const key = `${language} ${word}`;
      const known = choices.get(key);
      if (known) return known;
      const ids = wordChoices(vocabulary, word, language);
      choices.set(key, ids);
      return ids;
    }), phrase);
  }
  return {
    entries, indexOf, phrases, vocabulary, trie,
    phraseEntry: Int32Array.from(phrases, (phrase) => phrase.entry),
    phraseWeight: Float64Array.from(phrases, (phrase) => phrase.weight),
    phraseLanguages: Uint8Array.from(phrases, (phrase) => phrase.languages),
  };
}

/** The word ids a phrase's word accepts: itself, its capitals-only reading, and inflected forms that are words of other phrases. */
function wordChoices(vocabulary: Vocabulary, word: string, language: PhraseLanguage | 'any'): number[] {
  if (word.startsWith('=')) return [vocabulary.addCapitals(word.slice(1))];
  const id = vocabulary.idOf(word);
  const ids = new Set([id]);
  if (word === NUMBER_WORD) return [...vocabulary.numbers()];
  const own = vocabulary.capitalsOf(id);
  if (own !== 0) ids.add(own);
  if (language !== 'any') {
    for (const form of inflect(word, language)) {
      const formId = vocabulary.idOf(form);
      if (formId === 0) vocabulary.addForm(form, id);
      else if (vocabulary.targetOf(formId) === formId) ids.add(formId);
    }
  }
  return [...ids];
}
