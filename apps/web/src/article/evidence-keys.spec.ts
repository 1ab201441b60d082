import { describe, expect, it } from 'vitest';
import { namesFrom } from '../app/names.ts';
import { factClaims, spansOf, tagClaims } from './evidence-keys.ts';

const inTitle = { field: 'title', start: 0, end: 4, text: 'Duty' } as const;
const inText = { field: 'text', start: 10, end: 13, text: '25%' } as const;
const article = {
  tags: {
    sectors: [{ id: 'automotive', score: 0.9, evidence: [inTitle, inText] }],
    topics: [],
    authorities: [{ id: 's232', score: 0.8, evidence: [] }],
    jurisdictions: [{ id: 'MX', score: 0.7, evidence: [inText] }],
    developments: [{ kind: 'tariff', stage: 'in-effect', score: 0.6, evidence: [inText] }],
  },
  facts: [{ type: 'tariff-rate' as const, value: '25%', evidence: inText }, { type: 'new-type', value: 'x', evidence: inTitle }],
};

describe('what an article is claimed to be', () => {
  const claims = tagClaims(article, namesFrom(undefined));

  it('starts with the developments and names everything, without a taxonomy too', () => {
    expect(claims.map(({ label }) => label)).toEqual(['Tariff: in effect', 'Automotive', 'S232', 'Mexico']);
  });

  it('has a key of its own for every claim', () => {
    const keys = [...claims, ...factClaims(article)].map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('names facts of a type it does not know', () => {
    expect(factClaims(article).map(({ label }) => label)).toEqual(['Tariff rate 25%', 'new type x']);
  });

  it('finds the spans of one field', () => {
    expect(spansOf(claims, 'title')).toEqual([{ key: 'sector:automotive', start: 0, end: 4 }]);
    expect(spansOf(claims, 'text').map(({ key }) => key)).toEqual(['development:tariff:in-effect', 'sector:automotive', 'jurisdiction:MX']);
  });
});
