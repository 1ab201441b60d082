import type { ArticleDetail, Evidence } from '../api/articles.ts';
import type { Dimension, Names } from '../app/names.ts';
import type { KeyedSpan } from './evidence-segments.ts';

/** One thing the classifier claims of an article, with what it rests on: a tag, a development, or a fact. */
export interface Claim {
  /** Unique within the article, e.g. `sector:automotive`, `development:tariff:in-effect`, `fact:2`. */
  readonly key: string;
  readonly dimension: Dimension | 'fact';
  readonly label: string;
  /** 0..1; facts carry none. */
  readonly score: number | undefined;
  readonly evidence: readonly Evidence[];
}

/** The tags of an article as claims, in the order they are shown. */
export function tagClaims({ tags }: Pick<ArticleDetail, 'tags'>, names: Names): Claim[] {
  const developments = tags.developments.map(({ kind, stage, score, evidence }): Claim => ({
    key: `development:${kind}:${stage}`,
    dimension: 'development',
    label: `${names.of('development', kind)}: ${names.of('stage', stage).toLowerCase()}`,
    score,
    evidence,
  }));
  const groups = [['topic', tags.topics], ['sector', tags.sectors], ['authority', tags.authorities], ['jurisdiction', tags.jurisdictions]] as const;
  const others = groups.flatMap(([dimension, list]) =>
    list.map(({ id, score, evidence }): Claim => ({ key: `${dimension}:${id}`, dimension, label: names.of(dimension, id), score, evidence })),
  );
  return [...developments, ...others];
}

export function factClaims({ facts }: Pick<ArticleDetail, 'facts'>): Claim[] {
  return facts.map(({ type, value, evidence }, index) => ({ key: `fact:${index}`, dimension: 'fact', label: `${factTypeName(type)} ${value}`, score: undefined, evidence: [evidence] }));
}

/** Where the claims stand in one field of the article. */
export function spansOf(claims: readonly Claim[], field: Evidence['field']): KeyedSpan[] {
  return claims.flatMap(({ key, evidence }) => evidence.filter((one) => one.field === field).map(({ start, end }) => ({ key, start, end })));
}

const factTypeNames: Readonly<Record<string, string>> = {
  'tariff-rate': 'Tariff rate',
  amount: 'Amount',
  date: 'Date',
  'hts-code': 'HTS code',
  'federal-register-number': 'Federal Register',
  docket: 'Docket',
  csms: 'CSMS',
  dof: 'DOF',
  sor: 'SOR',
  'case-number': 'Case',
  proclamation: 'Proclamation',
  'executive-order': 'Executive order',
  agency: 'Agency',
  country: 'Country',
  company: 'Company',
};

export const factTypeName = (type: string) => factTypeNames[type] ?? type.replaceAll('-', ' ');
