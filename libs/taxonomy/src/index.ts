export * from './tags.ts';
export * from './names.ts';
export { compileTaxonomy, taxonomy, taxonomySources, taxonomyVersion, type CompiledTaxonomy, type EntryKind, type Scoring } from './taxonomy.ts';
export { TaxonomyError, entrySchema, parseCountryTable, parseEntries, parseFactTable, parseTaxonomyFile, phrasesIn, type TaxonomyEntry } from './taxonomy-file.ts';
export { compileMatcher, phraseWords, LANGUAGE_ANY, LANGUAGE_EN, LANGUAGE_ES, LANGUAGE_FR, LANGUAGE_MASKS, type Matcher, type MatcherPhrase } from './matcher.ts';
export { HitBuffer, PhraseTrie } from './phrase-trie.ts';
export { FLAG_CAPITAL, FLAG_CAPITALS, FLAG_DIGIT, FLAG_SENTENCE, TokenBuffer } from './tokens.ts';
export { Vocabulary } from './vocabulary.ts';
export { foldWord } from './folding.ts';
