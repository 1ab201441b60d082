import { developmentKinds } from '@tradewatch/events';
import { sectors } from '@tradewatch/taxonomy';
import { describe, expect, it } from 'vitest';
import { classifiedArticle, type ArticleOverrides, type ClassificationOverrides } from './article-event.fixture.ts';
import { filterSchema } from './filter.ts';
import { facetsOf, MatchableArticle } from './matchable-article.ts';
import { RuleIndex } from './rule-index.ts';
import { Rule, type RuleMatch } from './rule.ts';

function match(filter: unknown, article: ArticleOverrides = {}, classification: ClassificationOverrides = {}): RuleMatch | null {
  return new Rule(filterSchema.parse(filter)).matches(new MatchableArticle(facetsOf(classifiedArticle(article, classification))));
}

const htsFact = (value: string) => ({ type: 'hts-code' as const, value, evidence: { field: 'text' as const, start: 0, end: 3, text: 'The' } });

describe('a rule', () => {
  it('needs every field of its filter, each by any of its values', () => {
    expect(match({ sectors: ['automotive', 'energy'], jurisdictions: ['MX'] })).not.toBeNull();
    expect(match({ sectors: ['energy'], jurisdictions: ['MX'] })).toBeNull();
    expect(match({ sectors: ['automotive'], jurisdictions: ['CA'] })).toBeNull();
    expect(match({ topics: ['tariff-measures'], authorities: ['s232'], sources: ['gazette'], languages: ['en'] })).not.toBeNull();
    expect(match({ topics: ['tariff-measures'], sources: ['herald'] })).toBeNull();
    expect(match({ topics: ['tariff-measures'], languages: ['es', 'fr'] })).toBeNull();
  });

  it('tells a reader in words why it matched', () => {
    expect(match({ sectors: ['automotive'], developments: [{ kind: 'tariff' }], authorities: ['s232', 's301'], jurisdictions: ['MX'], query: 'trucks', sources: ['gazette'], languages: ['en'] })?.why).toEqual([
      'Development: Tariff: announced', 'Sector: Automotive', 'Legal basis: Section 232', 'Jurisdiction: Mexico', 'Text matches: trucks', 'Source: The Gazette', 'Language: English',
    ]);
  });

  it('takes a development by its kind, and by its stages where it names some', () => {
    const two = { developments: ['tariff:announced', 'review:proposed'] };
    expect(match({ developments: [{ kind: 'tariff' }] }, {}, two)?.developments).toEqual([{ kind: 'tariff', stage: 'announced' }]);
    expect(match({ developments: [{ kind: 'tariff', stages: ['in-effect', 'announced'] }] })).not.toBeNull();
    expect(match({ developments: [{ kind: 'tariff', stages: ['in-effect'] }] })).toBeNull();
    expect(match({ developments: [{ kind: 'tariff', stages: ['in-effect'] }, { kind: 'tariff' }] })).not.toBeNull();
    expect(match({ developments: [{ kind: 'dispute' }] })).toBeNull();
  });

  it('without a development filter is about all developments of the article', () => {
    expect(match({ sectors: ['automotive'] }, {}, { developments: ['tariff:announced', 'review:proposed'] })?.developments).toHaveLength(2);
    expect(match({ sectors: ['automotive'] }, {}, { developments: [] })?.developments).toEqual([]);
  });

  it('compares HTS codes by their digits', () => {
    const codes = { facts: [htsFact('8703.23.01'), htsFact('7208')] };
    expect(match({ htsPrefixes: ['8703.23'] }, {}, codes)?.why).toEqual(['HTS code: 8703.23.01']);
    expect(match({ htsPrefixes: ['870324', '72'] }, {}, codes)?.why).toEqual(['HTS code: 7208']);
    expect(match({ htsPrefixes: ['8704'] }, {}, codes)).toBeNull();
  });

  it('takes an irrelevant article only where it asks for nothing but text, source and language', () => {
    const irrelevant = { relevant: false, sectors: [], topics: [], authorities: [], jurisdictions: [], developments: [] };
    expect(match({ query: 'trucks', sources: ['gazette'], languages: ['en'] }, {}, irrelevant)).not.toBeNull();
    expect(match({ query: 'trucks', htsPrefixes: ['87'] }, {}, { ...irrelevant, facts: [htsFact('8703')] })).toBeNull();
  });
});

describe('the rule index', () => {
  const filters: unknown[] = [
    { sectors: ['automotive'] }, { sectors: ['energy', 'automotive'] }, { topics: ['labor'] }, { topics: ['tariff-measures'], sectors: ['energy'] }, { authorities: ['s232'] },
    { jurisdictions: ['MX'] }, { jurisdictions: ['CN'] }, { languages: ['en'] }, { languages: ['es'] }, { sources: ['gazette'] }, { developments: [{ kind: 'tariff' }] },
    { developments: [{ kind: 'review' }] }, { query: 'trucks' }, { query: 'lumber OR "asked for talks"' }, { query: 'lumber' }, { htsPrefixes: ['8703.23'] }, { htsPrefixes: ['72'] },
  ];
  const rules = filters.map((filter, index) => ({ subscriptionId: String(index), rule: new Rule(filterSchema.parse(filter)), channelIds: [], createdAt: new Date(0) }));
  const index = new RuleIndex(rules);

  it('finds exactly the rules that match when tried one by one', () => {
    for (const classification of [{}, { facts: [htsFact('8703.23.01')] }, { sectors: ['energy'], language: 'es' }, { relevant: false, sectors: [], topics: [], authorities: [], jurisdictions: [], developments: [] }]) {
      const article = new MatchableArticle(facetsOf(classifiedArticle({}, classification)));
      const found = index.match(article).map(({ subscribed }) => subscribed.subscriptionId);
      const expected = rules.filter(({ rule }) => rule.matches(article)).map(({ subscriptionId }) => subscriptionId);
      expect(found.toSorted()).toEqual(expected.toSorted());
      expect(found.length).toBeGreaterThan(0);
    }
  });

  it('takes a fraction of a second for the articles of a busy second and a thousand subscriptions', () => {
    // Each narrow, as subscriptions are: a sector, a kind of development and a country.
    const many = new RuleIndex(Array.from({ length: 1_000 }, (_, at) => {
      const filter = filterSchema.parse({ sectors: [sectors[at % sectors.length]], developments: [{ kind: developmentKinds[at % 3] }], jurisdictions: [['US', 'CA', 'MX', 'CN'][at % 4]], query: 'trucks' });
      return { subscriptionId: String(at), rule: new Rule(filter), channelIds: [], createdAt: new Date(0) };
    }));
    const articles = Array.from({ length: 500 }, () => new MatchableArticle(facetsOf(classifiedArticle())));
    const before = process.cpuUsage();
    for (const article of articles) many.match(article);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000);
  });
});
