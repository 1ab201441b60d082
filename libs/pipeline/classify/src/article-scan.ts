/**
 * One pass over an article: words, phrases of the taxonomy, and how much each entry of it weighs by position and repetition.
 * Buffers are reused from article to article, so a scan allocates nothing that grows with the text.
 */
import { FLAG_SENTENCE, HitBuffer, LANGUAGE_ANY, LANGUAGE_EN, LANGUAGE_ES, LANGUAGE_FR, TokenBuffer, type CompiledTaxonomy } from '@tradewatch/taxonomy';
import { UNDETERMINED, detectLanguage } from './language.ts';
import { headlineEnd } from './headline.ts';

/** What an article is about stands in its first part; text beyond this many UTF-16 units is not read. */
export const LONGEST_TEXT = 200_000;

/** Hits of different tags of a kind with at most this many words between them stand in one enumeration ("steel, cars and beef"). */
const LIST_GAP = 3;
/** Entries compete for the same words within a group, the longest phrase wins: the four kinds of tag, then stage words, then steps told whole. */
const JURISDICTION_COVER = 3;
const STAGE_COVER = 4;
const STEP_COVER = 5;
const NOTICE_COVER = 6;
const COVERS = 7;
/** The parts of a combination ("tariff" and "steel") stand in one sentence with at most this many words between their beginnings. */
const COMBINATION_REACH = 14;

export interface ArticleText {
  readonly title: string;
  readonly text: string;
  /** What the source says the language is. */
  readonly language?: string | undefined;
}

/** A hit that counts: where, of what, and in which sentence (0 is the title). */
export interface Hit {
  readonly phrase: number;
  readonly entry: number;
  readonly first: number;
  readonly last: number;
  readonly sentence: number;
}

export class ArticleScan {
  readonly tokens = new TokenBuffer();
  private readonly hits = new HitBuffer();
  language = UNDETERMINED;
  /** How many articles were read; tells whether what was worked out of a scan is of the article now in it. */
  articles = 0;
  titleWords = 0;
  /** Where the title proper ends and its publisher begins, as an offset. */
  headlineEnd = 0;
  /** Score per entry, and the parts of it that the title and the lead gave. */
  readonly scores: Float64Array;
  readonly titleScores: Float64Array;
  readonly leadScores: Float64Array;
  /** Distinct phrases per entry, hits of strong phrases (those in the body by half), the same in the title, all hits, those in an enumeration, and the first hit's token. */
  readonly distinct: Int32Array;
  readonly strongHits: Float64Array;
  readonly strongTitleHits: Int32Array;
  readonly hitCounts: Int32Array;
  readonly listHits: Int32Array;
  readonly firstHit: Int32Array;
  /** The hits that count, in parallel columns. */
  count = 0;
  hitPhrase = new Int32Array(1 << 10);
  hitFirst = new Int32Array(1 << 10);
  hitLast = new Int32Array(1 << 10);
  hitSentence = new Int32Array(1 << 10);
  sentences = 0;
  /** First token of each sentence; one more than `sentences` entries. */
  sentenceFirst = new Int32Array(1 << 9);
  private readonly phraseSeen: Uint8Array;
  private readonly entryLast: Int32Array;
  private readonly hidden: number;
  private readonly countryInName: number;
  private readonly covering: Int32Array;
  private leadEnd = 0;
  private tailStart = 0;
  private readonly comboAt = new Int32Array(64);
  private readonly comboSentence = new Int32Array(64);
  private readonly comboFired: Int32Array;
  /** Entries whose score another entry's takes down ("against" in the data). */
  private readonly opposed: readonly { readonly entry: number; readonly other: number; readonly weight: number }[];
  private readonly previousOfKind = new Int32Array(COVERS);
  private readonly listed = new Int32Array(COVERS);
  private readonly kindCover = new Int32Array(COVERS);
  private readonly kindCoverFirst = new Int32Array(COVERS);

  readonly taxonomy: CompiledTaxonomy;

  constructor(taxonomy: CompiledTaxonomy) {
    this.taxonomy = taxonomy;
    const entries = taxonomy.entries.length;
    this.scores = new Float64Array(entries);
    this.titleScores = new Float64Array(entries);
    this.leadScores = new Float64Array(entries);
    this.distinct = new Int32Array(entries);
    this.strongHits = new Float64Array(entries);
    this.strongTitleHits = new Int32Array(entries);
    this.hitCounts = new Int32Array(entries);
    this.listHits = new Int32Array(entries);
    this.firstHit = new Int32Array(entries);
    this.phraseSeen = new Uint8Array(taxonomy.phrases.length);
    this.entryLast = new Int32Array(entries);
    this.opposed = taxonomy.entries.flatMap(({ against = {} }, entry) => Object.entries(against).map(([id, weight]) => ({ entry, other: taxonomy.indexOf.get(id) ?? entry, weight })));
    this.comboFired = new Int32Array(taxonomy.combinations.length);
    this.hidden = taxonomy.indexOf.get('is/hidden') ?? -1;
    this.countryInName = taxonomy.indexOf.get('is/country-in-name') ?? -1;
    const order = ['sector', 'topic', 'authority', 'jurisdiction'];
    this.covering = Int32Array.from(taxonomy.kinds, (kind, index) => {
      if (kind !== 'development') return order.indexOf(kind);
      return taxonomy.entries[index]!.id.startsWith('stage/') ? STAGE_COVER : taxonomy.entries[index]!.id.startsWith('told/') ? -1 : taxonomy.entries[index]!.id.startsWith('notice/') ? NOTICE_COVER : STEP_COVER;
    });
  }

  read(article: ArticleText): void {
    const { tokens, hits, taxonomy } = this;
    this.articles++;
    tokens.reset();
    hits.count = 0;
    tokens.read(article.title.length > LONGEST_TEXT ? article.title.slice(0, LONGEST_TEXT) : article.title, taxonomy.vocabulary);
    this.titleWords = tokens.count;
    taxonomy.trie.scan(tokens, 0, hits);
    tokens.read(article.text.length > LONGEST_TEXT ? article.text.slice(0, LONGEST_TEXT) : article.text, taxonomy.vocabulary);
    if (this.titleWords < tokens.count) tokens.flags[this.titleWords]! |= FLAG_SENTENCE;
    taxonomy.trie.scan(tokens, this.titleWords, hits);
    this.language = this.detect(article.title, article.language);
    this.markSentences();
    this.headlineEnd = headlineEnd(article.title, article.text);
    this.weigh(this.headlineEnd);
  }

  /** Score of an entry by id; 0 for an id the taxonomy has not. */
  score(id: string): number {
    const index = this.taxonomy.indexOf.get(id);
    return index === undefined ? 0 : this.scores[index]!;
  }

  private detect(title: string, hint: string | undefined): string {
    const votes = [0, 0, 0];
    const { hits, taxonomy } = this;
    for (let index = 0; index < hits.count && index < 200; index++) {
      const languages = taxonomy.phraseLanguages[hits.phrases[index]!]!;
      if (languages === LANGUAGE_EN) votes[0]!++;
      else if (languages === LANGUAGE_ES) votes[1]!++;
      else if (languages === LANGUAGE_FR) votes[2]!++;
    }
    return detectLanguage(this.tokens, taxonomy, votes, title, hint);
  }

  private markSentences(): void {
    const { tokens, titleWords } = this;
    let sentences = 1;
    this.sentenceFirst[0] = 0;
    for (let at = titleWords; at < tokens.count; at++) {
      if ((tokens.flags[at]! & FLAG_SENTENCE) === 0) continue;
      if (sentences + 1 >= this.sentenceFirst.length) this.sentenceFirst = wider(this.sentenceFirst);
      this.sentenceFirst[sentences++] = at;
    }
    this.sentenceFirst[sentences] = tokens.count;
    this.sentences = sentences;
  }

  private weigh(titleEnd: number): void {
    const { hits, taxonomy, tokens, titleWords, entryLast, covering, kindCover, kindCoverFirst, comboAt, comboSentence } = this;
    const { phraseEntry, phraseLanguages, combinations, combinationsByBit, comboBit } = taxonomy;
    this.reset();
    const allowed = allowedLanguages(this.language);
    let sentence = 0;
    let hiddenLast = -1;
    for (let index = 0; index < hits.count; index++) {
      const phrase = hits.phrases[index]!;
      if ((phraseLanguages[phrase]! & allowed) === 0) continue;
      const first = hits.firsts[index]!;
      const last = hits.lasts[index]!;
      if (first < titleWords && tokens.starts[first]! >= titleEnd) continue;
      const entry = phraseEntry[phrase]!;
      if (entry === this.hidden) {
        if (last > hiddenLast) hiddenLast = last;
        continue;
      }
      if (entry === this.countryInName) {
        kindCover[JURISDICTION_COVER] = last;
        kindCoverFirst[JURISDICTION_COVER] = first;
        continue;
      }
      if (last <= hiddenLast || last <= entryLast[entry]!) continue;
      const kind = covering[entry]!;
      if (kind >= 0) {
        if (last < kindCover[kind]! || (last === kindCover[kind]! && first > kindCoverFirst[kind]!)) continue;
        kindCover[kind] = last;
        kindCoverFirst[kind] = first;
      }
      entryLast[entry] = last;
      while (sentence + 1 < this.sentences && this.sentenceFirst[sentence + 1]! <= first) sentence++;
      this.credit(phrase, entry, kind, first, last, sentence);
      const bit = comboBit[entry]!;
      if (bit < 0) continue;
      comboAt[bit] = first;
      comboSentence[bit] = sentence;
      const rules = combinationsByBit[bit]!;
      for (let at = 0; at < rules.length; at++) {
        const rule = rules[at]!;
        if (this.comboFired[rule] === sentence) continue;
        const { bits, entry: tag, phrase: virtual } = combinations[rule]!;
        let earliest = first;
        let met = true;
        for (let part = 0; part < bits.length && met; part++) {
          const each = bits[part]!;
          if (each === bit) continue;
          met = comboSentence[each] === sentence && first - comboAt[each]! <= COMBINATION_REACH;
          if (comboAt[each]! < earliest) earliest = comboAt[each]!;
        }
        if (!met) continue;
        this.comboFired[rule] = sentence;
        this.credit(virtual, tag, -1, earliest, last, sentence);
      }
    }
    for (let index = 0; index < this.count; index++) this.phraseSeen[this.hitPhrase[index]!] = 0;
    for (const { entry, other, weight } of this.opposed) this.scores[entry] = Math.max(this.scores[entry]! - this.scores[other]! * weight, 0);
  }

  private reset(): void {
    const { scoring, entries } = this.taxonomy;
    this.scores.fill(0);
    this.titleScores.fill(0);
    this.leadScores.fill(0);
    this.distinct.fill(0);
    this.strongHits.fill(0);
    this.strongTitleHits.fill(0);
    this.hitCounts.fill(0);
    this.listHits.fill(0);
    this.entryLast.fill(-1);
    this.listed.fill(-1);
    this.previousOfKind.fill(-1);
    this.kindCover.fill(-1);
    this.kindCoverFirst.fill(-1);
    this.comboSentence.fill(-1);
    this.comboFired.fill(-1);
    this.count = 0;
    const bodyWords = this.tokens.count - this.titleWords;
    this.leadEnd = this.titleWords + scoring.leadWords;
    this.tailStart = bodyWords > scoring.leadWords * 2 ? this.titleWords + bodyWords * scoring.tailFrom : Number.POSITIVE_INFINITY;
    if (entries.length !== this.scores.length) throw new Error('the taxonomy changed under its scan');
  }

  /** Adds a hit to its entry's account. */
  private credit(phrase: number, entry: number, kind: number, first: number, last: number, sentence: number): void {
    const { taxonomy, previousOfKind } = this;
    const { scoring, phraseWeight, phraseEntry } = taxonomy;
    const inTitle = first < this.titleWords;
    const kept = this.count++;
    if (kept >= this.hitPhrase.length) this.growHits();
    this.hitPhrase[kept] = phrase;
    this.hitFirst[kept] = first;
    this.hitLast[kept] = last;
    this.hitSentence[kept] = sentence;
    const seen = this.phraseSeen[phrase]!;
    if (seen < 255) this.phraseSeen[phrase] = seen + 1;
    const definition = taxonomy.entries[entry]!;
    let place: number;
    if (inTitle) place = definition.title ?? scoring.title;
    else if (first < this.leadEnd) place = definition.lead ?? scoring.lead;
    else if (first >= this.tailStart) place = scoring.tail;
    else place = definition.body ?? scoring.body;
    const { repeat } = scoring;
    const weight = phraseWeight[phrase]!;
    const gain = weight * place * (seen < repeat.length ? repeat[seen]! : repeat[repeat.length - 1]!);
    this.scores[entry]! += gain;
    if (inTitle) this.titleScores[entry]! += gain;
    else if (first < this.leadEnd) this.leadScores[entry]! += gain;
    if (seen === 0) this.distinct[entry]!++;
    if (this.hitCounts[entry]!++ === 0) this.firstHit[entry] = first;
    if (weight >= 3) {
      this.strongHits[entry]! += inTitle || first < this.leadEnd ? 1 : first >= this.tailStart ? 0.25 : 0.5;
      if (inTitle) this.strongTitleHits[entry]!++;
    }
    if (kind < 0 || kind >= STAGE_COVER || inTitle) return;
    const previous = previousOfKind[kind]!;
    if (previous >= 0 && first - this.hitLast[previous]! <= LIST_GAP) {
      const neighbour = phraseEntry[this.hitPhrase[previous]!]!;
      if (neighbour !== entry) {
        this.listHits[entry]!++;
        if (previous !== this.listed[kind]) this.listHits[neighbour]!++;
        this.listed[kind] = kept;
      }
    }
    previousOfKind[kind] = kept;
  }

  private growHits(): void {
    this.hitPhrase = wider(this.hitPhrase);
    this.hitFirst = wider(this.hitFirst);
    this.hitLast = wider(this.hitLast);
    this.hitSentence = wider(this.hitSentence);
  }
}

function allowedLanguages(language: string): number {
  if (language === 'en') return LANGUAGE_ANY | LANGUAGE_EN;
  if (language === 'es') return LANGUAGE_ANY | LANGUAGE_ES;
  if (language === 'fr') return LANGUAGE_ANY | LANGUAGE_FR;
  if (language === UNDETERMINED) return LANGUAGE_ANY | LANGUAGE_EN | LANGUAGE_ES | LANGUAGE_FR;
  return LANGUAGE_ANY;
}

function wider(column: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(column.length * 2);
  larger.set(column);
  return larger;
}
