// An article made ready to be compared with others: what its headline and the beginning of its text say, and which documents it names.
import { documentNumbersOf, type DocumentNumbers } from './document-numbers.ts';
import { headlineOf, isTelling, type Headline } from './headline.ts';
import { correctedHeadline } from './correction.ts';
import { leadCharacters, leadOf } from './lead.ts';
import { anyStopword, stopwords } from './story-words.ts';
import { wordsOf } from './words.ts';

/** What of an article is compared. */
export interface ReportText {
  readonly title: string;
  /** The whole text or at least its first 1,600 characters. */
  readonly text: string;
  readonly guid: string;
  readonly url: string;
  /** Whether it is an official document: its title is kept whole and its number is its identity. */
  readonly official: boolean;
}

export interface Report {
  readonly official: boolean;
  readonly headline: Headline;
  /** '' where the headline says too little to join by. */
  readonly headlineKey: string;
  readonly lead: readonly string[];
  readonly language: 'en' | 'es' | 'fr' | 'und';
  readonly documents: DocumentNumbers;
  readonly isCorrection: boolean;
  /** How often each word that says something stands in headline and lead. */
  readonly counts: ReadonlyMap<string, number>;
  /** Words of the lead that are written like names: with a capital, and with one inside a sentence. */
  readonly capitals: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  /** The runs of three words of the lead. */
  readonly shingles: ReadonlySet<string>;
}

export function reportOf({ title, text, guid, url, official }: ReportText): Report {
  const headline = headlineOf(title, !official);
  const lead = leadOf(text, headline);
  const counts = new Map<string, number>();
  for (const word of [...headline.words, ...lead]) if (!anyStopword.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return {
    official, headline, lead, counts,
    headlineKey: isTelling(headline) ? headline.content.join(' ').slice(0, 400) : '',
    language: languageOf([...headline.words, ...lead]),
    documents: documentNumbersOf({ guid, url, title }),
    isCorrection: correctedHeadline(title) !== undefined,
    ...namesOf(text, lead.length),
    shingles: shinglesOf(lead),
  };
}

const capitalised = /(?<![\p{L}\p{N}])\p{Lu}[\p{L}'’-]+/gu;
const insideSentence = /(?<=[\p{Ll}\p{N},;:]["”»)]? )\p{Lu}\p{L}+(?: \p{Lu}\p{L}+){0,4}/gu;

function namesOf(text: string, words: number): Pick<Report, 'capitals' | 'names'> {
  const opening = text.slice(0, leadCharacters);
  const capitals = opening.match(capitalised) ?? [];
  // In a text all in capitals they say nothing.
  if (capitals.length * 2 > words) return { capitals: noWords, names: noWords };
  return { capitals: new Set(capitals.flatMap(wordsOf)), names: new Set((opening.match(insideSentence) ?? []).flatMap(wordsOf)) };
}

const noWords: ReadonlySet<string> = new Set();
const shingleWords = 3;

function shinglesOf(words: readonly string[]): Set<string> {
  const shingles = new Set<string>();
  for (let at = 0; at + shingleWords <= words.length; at += 1) shingles.add(`${words[at]} ${words[at + 1]} ${words[at + 2]}`);
  return shingles;
}

/** By its commonest words; "und" where they are few. Enough to keep a report and its translation apart. */
function languageOf(words: readonly string[]): Report['language'] {
  const counts = { en: 0, es: 0, fr: 0 };
  for (const word of words) for (const language of ['en', 'es', 'fr'] as const) if (stopwords[language].has(word)) counts[language] += 1;
  const [first, second] = (['en', 'es', 'fr'] as const).toSorted((a, b) => counts[b] - counts[a]);
  return counts[first!] >= 2 && counts[first!] > counts[second!] ? first! : 'und';
}
