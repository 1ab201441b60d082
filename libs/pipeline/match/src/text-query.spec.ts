import { describe, expect, it } from 'vitest';
import { parseTextQuery, requiredWords, SearchableText } from './text-query.ts';

const article = new SearchableText(['Arancel al acero', 'México pospone los aranceles. The duties on steel-derived goods rise; Québec objects to the dairy quota.']);

function matches(query: string): boolean {
  const parsed = parseTextQuery(query);
  return parsed !== null && article.matches(parsed);
}

describe('a text query', () => {
  it.each([
    ['steel duties', true], ['steel lumber', false], ['duty', true], ['ARANCELES mexico', true], ['quebec', true],
    ['"dairy quota"', true], ['"quota dairy"', false], ['“dairy quotas”', true], ['"acero méxico"', false],
    ['steel-derived', true], ['derived-steel', false],
    ['steel -dairy', false], ['steel -lumber', true], ['steel -"quota dairy"', true], ['steel -"dairy quota"', false],
    ['lumber OR dairy', true], ['lumber or timber', false], ['lumber steel OR dairy quota', true], ['steel -dairy OR objects', true],
    ['"', false], ['-steel', false], ['OR', false], ['!!! ???', false],
  ])('%j matches: %s', (query, expected) => {
    expect(matches(query)).toBe(expected);
  });

  it('is empty where it names no word that an article could contain', () => {
    for (const query of ['', '   ', '-steel', 'or OR', '"…"']) expect(parseTextQuery(query)).toBeNull();
  });

  it('names words of which every matching text has one', () => {
    expect(requiredWords(parseTextQuery('tariff on steel OR "dairy quota" -milk')!)).toEqual(['tariff', 'dairi']);
  });

  it('takes time in proportion to hostile texts and queries', () => {
    const text = new SearchableText(['a '.repeat(200_000), '"'.repeat(100_000)]);
    const query = parseTextQuery('-"'.repeat(250) + ' a OR '.repeat(50) + '"a a a a a a b"')!;
    const before = process.cpuUsage();
    text.matches(query);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(2_000);
  });
});
