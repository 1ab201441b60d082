import type { DevelopmentKind, DevelopmentStage, EventData, ArticleClassifiedV1 } from '@tradewatch/events';
import { SearchableText } from './text-query.ts';

/** One (kind, stage) pair of an article or an alert. */
export interface DevelopmentStep {
  readonly kind: DevelopmentKind;
  readonly stage: DevelopmentStage;
}

/** What a rule needs of an article; both a classified article on its way and an archived one can be put so. */
export interface ArticleFacets {
  readonly relevant: boolean;
  readonly source: { readonly id: string; readonly name: string };
  readonly language: string;
  readonly sectors: readonly string[];
  readonly topics: readonly string[];
  readonly authorities: readonly string[];
  readonly jurisdictions: readonly string[];
  readonly developments: readonly DevelopmentStep[];
  /** HTS codes as the text writes them. */
  readonly htsCodes: readonly string[];
  readonly title: string;
  readonly text: string;
}

/** An article made ready to be tried against many rules; its words are read only when a rule asks for them. */
export class MatchableArticle {
  readonly htsDigits: readonly string[];
  private searchable: SearchableText | undefined;

  constructor(readonly facets: ArticleFacets) {
    this.htsDigits = facets.htsCodes.map((code) => code.replaceAll(/\D/g, ''));
  }

  get words(): SearchableText {
    return (this.searchable ??= new SearchableText([this.facets.title, this.facets.text]));
  }
}

/** The facets of an article as the classifier published it. */
export function facetsOf({ article, classification }: EventData<typeof ArticleClassifiedV1>): ArticleFacets {
  const ids = (tags: readonly { id: string }[]): string[] => tags.map(({ id }) => id);
  return {
    relevant: classification.relevant,
    source: article.source,
    language: classification.language,
    sectors: ids(classification.sectors),
    topics: ids(classification.topics),
    authorities: ids(classification.authorities),
    jurisdictions: ids(classification.jurisdictions),
    developments: classification.developments.map(({ kind, stage }) => ({ kind, stage })),
    htsCodes: classification.facts.filter(({ type }) => type === 'hts-code').map(({ value }) => value),
    title: article.title,
    text: article.text,
  };
}
