import { wordsOf } from './words.ts';

/**
 * A search text as people type it: words (all of them), "phrases", -exclusions, and OR between alternatives; as in
 * PostgreSQL's websearch_to_tsquery, OR binds weakest, and there are no wrong queries, only empty ones.
 */
export interface TextQuery {
  readonly alternatives: readonly Alternative[];
}

interface Alternative {
  /** Each a phrase of one or more words; all must occur. */
  readonly wanted: readonly Phrase[];
  /** None may occur. */
  readonly unwanted: readonly Phrase[];
}

type Phrase = readonly string[];

export const longestQuery = 500;

/** @returns null where the query names no word that an article could contain (empty, or exclusions only). */
export function parseTextQuery(text: string): TextQuery | null {
  const alternatives: Alternative[] = [];
  let wanted: Phrase[] = [];
  let unwanted: Phrase[] = [];
  const endAlternative = (): void => {
    if (wanted.length > 0) alternatives.push({ wanted, unwanted });
    wanted = [];
    unwanted = [];
  };
  for (const { quoted, negated, content } of termsOf(text)) {
    if (!quoted && !negated && /^or$/i.test(content)) {
      endAlternative();
      continue;
    }
    const phrase = wordsOf(content);
    if (phrase.length > 0) (negated ? unwanted : wanted).push(phrase);
  }
  endAlternative();
  return alternatives.length > 0 ? { alternatives } : null;
}

interface Term {
  readonly quoted: boolean;
  readonly negated: boolean;
  readonly content: string;
}

function* termsOf(text: string): Generator<Term> {
  for (const [, minus, phrase, plain] of text.matchAll(/(-?)(?:["“”]([^"“”]*)["“”]?|([^\s"“”]+))/gu)) {
    if (phrase !== undefined) yield { quoted: true, negated: minus === '-', content: phrase };
    else if (plain !== undefined) yield { quoted: false, negated: minus === '-', content: plain };
  }
}

/** Words at least one of which is in every text that the query matches: what a rule can be looked up by. */
export function requiredWords(query: TextQuery): string[] {
  return query.alternatives.map(({ wanted }) => longest(wanted.flat()));
}

function longest(words: readonly string[]): string {
  return words.reduce((best, each) => (each.length > best.length ? each : best));
}

/** A text made ready for many queries: where each of its words stands. */
export class SearchableText {
  private readonly positions = new Map<string, number[]>();

  /** @param parts no phrase reaches from one part into the next. */
  constructor(parts: readonly string[]) {
    let at = 0;
    for (const part of parts) {
      for (const each of wordsOf(part)) {
        const known = this.positions.get(each);
        if (known) known.push(at);
        else this.positions.set(each, [at]);
        at++;
      }
      at++;
    }
  }

  get words(): Iterable<string> {
    return this.positions.keys();
  }

  matches(query: TextQuery): boolean {
    return query.alternatives.some(
      ({ wanted, unwanted }) => wanted.every((phrase) => this.contains(phrase)) && !unwanted.some((phrase) => this.contains(phrase)),
    );
  }

  private contains(phrase: Phrase): boolean {
    if (phrase.length === 1) return this.positions.has(phrase[0]!);
    // The rarest word is followed; the others are looked up beside it.
    const places = phrase.map((each) => this.positions.get(each));
    if (places.some((each) => each === undefined)) return false;
    const rarest = places.reduce((best, each, index) => (each!.length < places[best]!.length ? index : best), 0);
    const others = places.map((each, index) => (index === rarest ? undefined : new Set(each)));
    return places[rarest]!.some((at) => others.every((each, index) => each === undefined || each.has(at + index - rarest)));
  }
}
