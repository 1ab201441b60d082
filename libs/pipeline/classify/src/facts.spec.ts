import { describe, expect, it } from 'vitest';
import { classify } from './classify-article.ts';

function facts(text: string): string[] {
  const article = { title: '', text };
  return classify(article).facts.map(({ type, value, role, evidence }) => {
    expect(article.text.slice(evidence.start, evidence.end)).toBe(evidence.text);
    return [type, value, ...(role === undefined ? [] : [role])].join(' ');
  });
}

describe('facts', () => {
  it.each([
    ['a 25% tariff on cars', 'tariff-rate 25% duty'],
    ['a duty of 17.09 percent', 'tariff-rate 17.09% duty'],
    ['un arancel de 20.91 por ciento', 'tariff-rate 20.91% duty'],
    ['des droits de 12,5 %', 'tariff-rate 12.5% duty'],
    ['a dumping margin of 40 per cent', 'tariff-rate 40% remedy'],
    ['it costs 10 cents per kilogram more', 'tariff-rate 10 cents/kilogram specific'],
    ['worth $1.5 billion', 'amount 1500000000 USD'],
    ['C$30 billion of goods', 'amount 30000000000 CAD'],
    ['34,830 millones de dólares', 'amount 34830000000 USD'],
    ['2,5 milliards de dollars', 'amount 2500000000 USD'],
    ['It takes effect on April 3, 2025.', 'date 2025-04-03 effective'],
    ['Entrará en vigor el 1 de enero de 2026.', 'date 2026-01-01 effective'],
    ['à compter du 15 octobre 2024', 'date 2024-10-15 effective'],
    ['depuis le 1er août', 'date --08-01 effective'],
    ['Comments are due by July 6, 2026', 'date 2026-07-06 comment-deadline'],
    ['a public hearing on 7 July 2026', 'date 2026-07-07 hearing'],
    ['Relief expires on 2026-02-06', 'date 2026-02-06 sunset'],
    ['classified in 8703.23.01', 'hts-code 8703.23.01'],
    ['fracción 3904.10.03', 'hts-code 3904.10.03'],
    ['subheadings 7208.10.15-7208.90.00', 'hts-code 7208.10.15-7208.90.00'],
    ['heading 8704', 'hts-code 8704'],
    ['see 90 FR 14705', 'federal-register-number 90 FR 14705'],
    ['[FR Doc. 2025-13498]', 'federal-register-number 2025-13498'],
    ['docket USTR-2025-0043', 'docket USTR-2025-0043'],
    ['order A-201-820', 'docket A-201-820'],
    ['CSMS # 64624801', 'csms 64624801'],
    ['(DOF 29/12/2025)', 'dof 29/12/2025'],
    ['the order SOR/2025-122', 'sor SOR/2025-122'],
    ['le décret DORS/2019-35', 'sor SOR/2019-35'],
    ['case USA-CDA-2021-10.12-03', 'case-number USA-CDA-2021-10.12-03'],
    ['the WTO case DS597', 'case-number DS597'],
    ['Proclamation 10908', 'proclamation 10908'],
    ['Executive Order 14257', 'executive-order 14257'],
    ['said the USTR', 'agency USTR'],
    ['goods of Brazil', 'country BR'],
    ['Toyota said', 'company Toyota'],
  ])('of "%s" hold %s', (text, fact) => {
    expect(facts(text)).toContain(fact);
  });

  it('are none in numbers that state nothing of trade', () => {
    expect(facts('In 2018 some 40 people walked 12 miles.')).toEqual([]);
  });
});
