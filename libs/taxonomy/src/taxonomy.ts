/** The compiled taxonomy of this build: every data file, inlined, checked and turned into one matcher. */
/// <reference path="./raw-files.d.ts" />
import { z } from 'zod';
import authoritiesSource from '../data/authorities.yaml?raw';
import combinationsSource from '../data/combinations.yaml?raw';
import conceptsSource from '../data/concepts.yaml?raw';
import countriesSource from '../data/countries.yaml?raw';
import countriesOtherSource from '../data/countries-other.yaml?raw';
import developmentsSource from '../data/developments.yaml?raw';
import factsSource from '../data/facts.yaml?raw';
import languagesSource from '../data/languages.yaml?raw';
import scoringSource from '../data/scoring.yaml?raw';
import sectorsSource from '../data/sectors.yaml?raw';
import topicsSource from '../data/topics.yaml?raw';
import { LANGUAGE_ANY, compileMatcher, droppedWords, type Matcher } from './matcher.ts';
import { foldWord } from './folding.ts';
import { TaxonomyError, parseCountryTable, parseEntries, parseFactTable, parseTaxonomyFile, type TaxonomyEntry } from './taxonomy-file.ts';
import { MARK_ABBREVIATION, MARK_DROPPED } from './tokens.ts';

const probability = z.number().min(0).max(1);

const scoringSchema = z.strictObject({
  title: z.number().positive(),
  lead: z.number().positive(),
  body: z.number().positive(),
  tail: z.number().positive(),
  /** How many words of the text, from its start, are its lead. */
  leadWords: z.int().positive(),
  /** The share of the text after which the tail begins. */
  tailFrom: z.number().min(0).max(1),
  /** What the first, second … hit of the same phrase counts for. */
  repeat: z.array(z.number().nonnegative()).min(1),
  thresholds: z.strictObject({
    sector: probability, topic: probability, authority: probability, jurisdiction: probability, relevance: probability,
  }),
});
export type Scoring = z.infer<typeof scoringSchema>;

const combinationSchema = z.strictObject({
  tag: z.string(),
  /** Entries that must each have a hit in one sentence, near each other. */
  all: z.array(z.string()).min(2),
  weight: z.number().positive(),
});
const combinationsSchema = z.array(combinationSchema);

/** Frequent small words by language. */
const languagesSchema = z.record(z.string().regex(/^[a-z]{2}$/), z.string());

/** Entries whose hits, near each other in a sentence, together speak for a tag. */
export interface Combination {
  readonly entry: number;
  /** What stands for the combination among the phrases, so that evidence and repetition work as for a phrase. */
  readonly phrase: number;
  readonly bits: readonly number[];
}

const MOST_COMBINED = 64;

export type EntryKind = 'sector' | 'topic' | 'authority' | 'jurisdiction' | 'concept' | 'development' | 'fact';

export interface CompiledTaxonomy extends Matcher {
  readonly version: string;
  readonly scoring: Scoring;
  readonly combinations: readonly Combination[];
  /** Indexes of the combinations each bit takes part in. */
  readonly combinationsByBit: readonly (readonly number[])[];
  /** The bit of each entry that takes part in a combination, -1 for the others. */
  readonly comboBit: Int8Array;
  /** The kind of each entry, by its index in `entries`. */
  readonly kinds: readonly EntryKind[];
  /** Languages the detection knows, in the order of the tokeniser's language bits. */
  readonly languages: readonly string[];
}

/** The files as shipped, by name; what `taxonomy check` reads when no other folder is given. */
export const taxonomySources: Readonly<Record<string, string>> = {
  'sectors.yaml': sectorsSource,
  'topics.yaml': topicsSource,
  'authorities.yaml': authoritiesSource,
  'countries.yaml': countriesSource,
  'countries-other.yaml': countriesOtherSource,
  'combinations.yaml': combinationsSource,
  'concepts.yaml': conceptsSource,
  'developments.yaml': developmentsSource,
  'facts.yaml': factsSource,
  'languages.yaml': languagesSource,
  'scoring.yaml': scoringSource,
};

const entryFiles: readonly (readonly [string, EntryKind])[] = [
  ['sectors.yaml', 'sector'], ['topics.yaml', 'topic'], ['authorities.yaml', 'authority'], ['countries.yaml', 'jurisdiction'],
  ['countries-other.yaml', 'jurisdiction'], ['concepts.yaml', 'concept'], ['developments.yaml', 'development'], ['facts.yaml', 'fact'],
];

const parsers: Readonly<Record<string, typeof parseEntries>> = { 'countries-other.yaml': parseCountryTable, 'facts.yaml': parseFactTable };

/** Reads each file by itself: `taxonomy check` tells the faults of all of them, where compiling stops at the first. */
export const fileReaders: Readonly<Record<string, (source: string) => unknown>> = {
  ...Object.fromEntries(entryFiles.map(([file]) => [file, (source: string) => (parsers[file] ?? parseEntries)(file, source)])),
  'combinations.yaml': (source) => parseTaxonomyFile('combinations.yaml', source, combinationsSchema),
  'languages.yaml': (source) => parseTaxonomyFile('languages.yaml', source, languagesSchema),
  'scoring.yaml': (source) => parseTaxonomyFile('scoring.yaml', source, scoringSchema),
};

/** Words before whose full stop a sentence goes on. */
const abbreviations = 'mr mrs ms dr sr sra lic ing mme mm st ste no nos num inc corp ltd co cia art arts sec secs vs etc approx jan feb mar apr jun jul aug sept oct nov dec ene abr ago dic janv fevr avr juil gen gov sen rep fig par para ch cf al ca univ dept'.split(' ');

/** A fingerprint of the data, so that two classifications with the same version used the same phrases. */
function versionOf(sources: Readonly<Record<string, string>>): string {
  let hash = 0x811c9dc5;
  for (const file of Object.keys(taxonomySources)) {
    const source = sources[file] ?? '';
    for (let index = 0; index < source.length; index++) hash = Math.imul(hash ^ source.charCodeAt(index), 0x01000193);
  }
  return `2026-11.${(hash >>> 0).toString(16).padStart(8, '0')}`;
}

/** Compiles a set of data files; throws TaxonomyError naming file and line when one is bad. */
export function compileTaxonomy(sources: Readonly<Record<string, string>> = taxonomySources): CompiledTaxonomy {
  const entries: TaxonomyEntry[] = [];
  const kinds: EntryKind[] = [];
  for (const [file, kind] of entryFiles) {
    const parse = parsers[file] ?? parseEntries;
    for (const entry of parse(file, sources[file] ?? '')) {
      entries.push(entry);
      kinds.push(kind);
    }
  }
  const scoring = parseTaxonomyFile('scoring.yaml', sources['scoring.yaml'] ?? '', scoringSchema);
  const stopWords = parseTaxonomyFile('languages.yaml', sources['languages.yaml'] ?? '', languagesSchema);
  const matcher = compileMatcher(entries);
  const languages = Object.keys(stopWords);
  languages.forEach((language, bit) => {
    for (const word of (stopWords[language] ?? '').split(/\s+/)) {
      const plain = foldWord(word).replace(/^[a-z]{1,2} /, '');
      if (plain !== '') matcher.vocabulary.mark(plain, 1 << bit);
    }
  });
  for (const word of droppedWords) matcher.vocabulary.mark(word, MARK_DROPPED);
  for (const word of abbreviations) matcher.vocabulary.mark(word, MARK_ABBREVIATION);
  return { ...matcher, ...combine(matcher, sources), version: versionOf(sources), scoring, kinds, languages };
}

/** Adds the combinations to the matcher's phrases. */
function combine(matcher: Matcher, sources: Readonly<Record<string, string>>): Pick<CompiledTaxonomy, 'combinations' | 'combinationsByBit' | 'comboBit' | 'phrases' | 'phraseEntry' | 'phraseWeight' | 'phraseLanguages'> {
  const file = 'combinations.yaml';
  const written = parseTaxonomyFile(file, sources[file] ?? '[]', combinationsSchema);
  const bitOf = new Map<number, number>();
  const phrases = [...matcher.phrases];
  const lineOf = (id: string): number => (sources[file] ?? '').split('\n').findIndex((line) => line.includes(id)) + 1;
  const entryOf = (id: string): number => {
    const index = matcher.indexOf.get(id);
    if (index === undefined) throw new TaxonomyError(file, lineOf(id), `there is no entry "${id}"`);
    return index;
  };
  const combinations = written.map(({ tag, all, weight }): Combination => {
    const bits = all.map((id) => {
      const entry = entryOf(id);
      const bit = bitOf.get(entry) ?? bitOf.size;
      if (bit >= MOST_COMBINED) throw new TaxonomyError(file, lineOf(id), `more than ${MOST_COMBINED} entries take part in combinations`);
      bitOf.set(entry, bit);
      return bit;
    });
    const phrase = phrases.push({ entry: entryOf(tag), weight, languages: LANGUAGE_ANY, text: all.join(' + ') }) - 1;
    return { entry: entryOf(tag), phrase, bits };
  });
  const comboBit = new Int8Array(matcher.entries.length).fill(-1);
  for (const [entry, bit] of bitOf) comboBit[entry] = bit;
  const combinationsByBit = Array.from({ length: bitOf.size }, (_, bit) => combinations.flatMap(({ bits }, index) => (bits.includes(bit) ? [index] : [])));
  return {
    combinations, combinationsByBit, comboBit, phrases,
    phraseEntry: Int32Array.from(phrases, (phrase) => phrase.entry),
    phraseWeight: Float64Array.from(phrases, (phrase) => phrase.weight),
    phraseLanguages: Uint8Array.from(phrases, (phrase) => phrase.languages),
  };
}

let compiled: CompiledTaxonomy | undefined;

/** The taxonomy of this build, compiled at first use. */
export function taxonomy(): CompiledTaxonomy {
  return (compiled ??= compileTaxonomy());
}

/** The version every classification carries. */
export function taxonomyVersion(): string {
  return taxonomy().version;
}
