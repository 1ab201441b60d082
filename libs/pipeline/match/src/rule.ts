import type { DevelopmentStage } from '@tradewatch/events';
import type { Filter } from './filter.ts';
import type { DevelopmentStep, MatchableArticle } from './matchable-article.ts';
import { developmentName, jurisdictionName, languageName, tagName } from './tag-names.ts';
import { parseTextQuery, type TextQuery } from './text-query.ts';

/** Why an article matches a rule, in words for its reader, and the developments that the rule is about. */
export interface RuleMatch {
  readonly why: readonly string[];
  /** Those the rule asks for, or all of the article where it asks for none. */
  readonly developments: readonly DevelopmentStep[];
}

const tagFields = [
  ['sectors', 'Sector', tagName],
  ['topics', 'Topic', tagName],
  ['authorities', 'Legal basis', tagName],
  ['jurisdictions', 'Jurisdiction', jurisdictionName],
] as const;

/** A filter made ready to be tried on many articles. */
export class Rule {
  readonly query: TextQuery | null;
  private readonly tags: readonly { field: 'sectors' | 'topics' | 'authorities' | 'jurisdictions'; wanted: ReadonlySet<string>; label: string; name: (id: string) => string }[];
  private readonly sources: ReadonlySet<string> | null;
  private readonly languages: ReadonlySet<string> | null;
  private readonly stagesByKind: ReadonlyMap<string, ReadonlySet<DevelopmentStage> | 'any'> | null;
  /** Irrelevant articles carry no tags; only a rule that asks for none may be about them. */
  private readonly takesIrrelevant: boolean;

  constructor(readonly filter: Filter) {
    this.tags = tagFields.flatMap(([field, label, name]) => {
      const wanted = filter[field];
      return wanted ? [{ field, wanted: new Set<string>(wanted), label, name }] : [];
    });
    this.sources = filter.sources ? new Set(filter.sources) : null;
    this.languages = filter.languages ? new Set(filter.languages) : null;
    this.stagesByKind = filter.developments ? stagesByKind(filter.developments) : null;
    this.query = filter.query === undefined ? null : parseTextQuery(filter.query);
    this.takesIrrelevant = this.tags.length === 0 && !filter.developments && !filter.htsPrefixes;
  }

  /** All fields of the filter must match, each by any of its values. @returns null where one does not. */
  matches(article: MatchableArticle): RuleMatch | null {
    const { facets } = article;
    if (!facets.relevant && !this.takesIrrelevant) return null;
    if (this.sources && !this.sources.has(facets.source.id)) return null;
    if (this.languages && !this.languages.has(facets.language)) return null;
    for (const { field, wanted } of this.tags) if (!facets[field].some((id) => wanted.has(id))) return null;
    const developments = this.developmentsOf(facets.developments);
    if (this.stagesByKind && developments.length === 0) return null;
    const codes = this.filter.htsPrefixes && htsMatches(article, this.filter.htsPrefixes);
    if (codes?.length === 0) return null;
    if (this.query && !article.words.matches(this.query)) return null;
    return { why: this.reasons(article, developments, codes ?? []), developments };
  }

  private developmentsOf(steps: readonly DevelopmentStep[]): DevelopmentStep[] {
    const wanted = this.stagesByKind;
    if (!wanted) return [...steps];
    return steps.filter(({ kind, stage }) => {
      const stages = wanted.get(kind);
      return stages === 'any' || stages?.has(stage);
    });
  }

  private reasons({ facets }: MatchableArticle, developments: readonly DevelopmentStep[], codes: readonly string[]): string[] {
    const why = this.tags.map(({ field, wanted, label, name }) => `${label}: ${facets[field].filter((id) => wanted.has(id)).map(name).join(', ')}`);
    if (this.stagesByKind) why.unshift(`Development: ${developments.map(developmentName).join(', ')}`);
    if (codes.length > 0) why.push(`HTS code: ${codes.join(', ')}`);
    if (this.filter.query !== undefined) why.push(`Text matches: ${this.filter.query}`);
    if (this.sources) why.push(`Source: ${facets.source.name}`);
    if (this.languages) why.push(`Language: ${languageName(facets.language)}`);
    return why;
  }
}

function stagesByKind(wanted: NonNullable<Filter['developments']>): Map<string, Set<DevelopmentStage> | 'any'> {
  const byKind = new Map<string, Set<DevelopmentStage> | 'any'>();
  for (const { kind, stages } of wanted) {
    const known = byKind.get(kind);
    if (known === 'any' || !stages || stages.length === 0) byKind.set(kind, 'any');
    else byKind.set(kind, new Set([...(known ?? []), ...stages]));
  }
  return byKind;
}

/** The article's codes that begin with one of the prefixes; dots do not count. */
function htsMatches(article: MatchableArticle, prefixes: readonly string[]): string[] {
  const codes = article.facets.htsCodes;
  const matching = codes.filter((_, index) => prefixes.some((prefix) => article.htsDigits[index]!.startsWith(prefix)));
  return [...new Set(matching)].slice(0, 5);
}
