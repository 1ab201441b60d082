import { classificationSchema } from '@tradewatch/events';
import { describe, expect, it } from 'vitest';
import { classify } from './classify-article.ts';

const ids = (tags: readonly { id: string }[]): string[] => tags.map((tag) => tag.id).sort();

describe('classifying an article', () => {
  it('follows the contract and points its evidence at the original text', () => {
    const article = {
      title: 'Washington imposes 25% tariffs on Mexican steel',
      text: 'The United States will collect a 25 percent duty on steel from Mexico from 1 March, under Section 232. Canada’s “steel” is spared.',
    };
    const result = classify(article);
    expect(classificationSchema.parse(result)).toEqual(result);
    expect(ids(result.sectors)).toEqual(['steel-aluminum']);
    expect(ids(result.topics)).toContain('tariff-measures');
    expect(ids(result.authorities)).toContain('s232');
    for (const tag of [...result.sectors, ...result.topics, ...result.jurisdictions]) {
      for (const evidence of tag.evidence) expect(article[evidence.field].slice(evidence.start, evidence.end)).toBe(evidence.text);
    }
  });

  it('tells a homonym from trade and tags nothing then', () => {
    const result = classify({ title: 'Mobile tariff rises again', text: 'The operator raises the price of its phone tariff, and roaming costs more in Canada.' });
    expect(result.relevant).toBe(false);
    expect([...result.sectors, ...result.topics, ...result.authorities, ...result.jurisdictions, ...result.developments]).toEqual([]);
  });

  it.each([
    ['en', 'Canada removes tariffs on U.S. goods', 'The government said that it will lift them in September.'],
    ['es', 'México y Canadá revisan el T-MEC', 'La Secretaría de Economía informó que las mesas de negociación del tratado comenzarán en enero.'],
    ['fr', 'Ottawa lève ses contre-tarifs', 'Le gouvernement a annoncé que la surtaxe sur les produits des États-Unis prendra fin en septembre.'],
  ])('tells %s', (language, title, text) => {
    expect(classify({ title, text }).language).toBe(language);
  });
});
