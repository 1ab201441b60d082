import type { MatchableArticle } from './matchable-article.ts';
import type { Rule, RuleMatch } from './rule.ts';
import { requiredWords } from './text-query.ts';

/** An enabled subscription, ready to be matched. */
export interface SubscribedRule {
  readonly subscriptionId: string;
  readonly rule: Rule;
  readonly channelIds: readonly string[];
  readonly createdAt: Date;
}

export interface MatchedRule {
  readonly subscribed: SubscribedRule;
  readonly match: RuleMatch;
}

/**
 * Finds the rules an article matches without trying them all: each rule stands under the values of its most telling
 * field, and only rules under a value that the article has are tried.
 */
export class RuleIndex {
  private readonly byValue = new Map<string, SubscribedRule[]>();
  private readonly byWord = new Map<string, SubscribedRule[]>();

  constructor(readonly rules: readonly SubscribedRule[]) {
    for (const each of rules) {
      const { values, words } = placesOf(each.rule);
      for (const value of values) put(this.byValue, value, each);
      for (const word of words) put(this.byWord, word, each);
    }
  }

  match(article: MatchableArticle): MatchedRule[] {
    const matched: MatchedRule[] = [];
    for (const subscribed of this.candidates(article)) {
      const match = subscribed.rule.matches(article);
      if (match) matched.push({ subscribed, match });
    }
    return matched;
  }

  private candidates(article: MatchableArticle): Set<SubscribedRule> {
    const candidates = new Set<SubscribedRule>();
    for (const value of valuesOf(article)) for (const each of this.byValue.get(value) ?? []) candidates.add(each);
    if (this.byWord.size > 0) for (const word of article.words.words) for (const each of this.byWord.get(word) ?? []) candidates.add(each);
    return candidates;
  }
}

/** The values a rule stands under: those of one field, the one that fewest articles are expected to have. */
function placesOf({ filter, query }: Rule): { values: string[]; words: string[] } {
  const under = (field: string, values: readonly string[]): { values: string[]; words: string[] } => ({ values: values.map((value) => `${field}:${value}`), words: [] });
  if (filter.htsPrefixes) return under('hts', filter.htsPrefixes.map((prefix) => prefix.slice(0, 2)));
  if (filter.topics) return under('topic', filter.topics);
  if (filter.sectors) return under('sector', filter.sectors);
  if (filter.authorities) return under('authority', filter.authorities);
  if (filter.sources) return under('source', filter.sources);
  if (filter.developments) return under('development', filter.developments.map(({ kind }) => kind));
  if (query) return { values: [], words: [...new Set(requiredWords(query))] };
  if (filter.jurisdictions) return under('jurisdiction', filter.jurisdictions);
  return under('language', filter.languages ?? []);
}

function* valuesOf({ facets, htsDigits }: MatchableArticle): Generator<string> {
  yield `source:${facets.source.id}`;
  yield `language:${facets.language}`;
  for (const topic of facets.topics) yield `topic:${topic}`;
  for (const sector of facets.sectors) yield `sector:${sector}`;
  for (const authority of facets.authorities) yield `authority:${authority}`;
  for (const jurisdiction of facets.jurisdictions) yield `jurisdiction:${jurisdiction}`;
  for (const { kind } of facets.developments) yield `development:${kind}`;
  for (const digits of htsDigits) yield `hts:${digits.slice(0, 2)}`;
}

function put(map: Map<string, SubscribedRule[]>, key: string, value: SubscribedRule): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}
