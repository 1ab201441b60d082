import { describe, expect, it } from 'vitest';
import { classify } from './classify-article.ts';

function said(title: string, text = ''): Record<'topics' | 'authorities' | 'jurisdictions' | 'sectors' | 'developments', string[]> {
  const { topics, authorities, jurisdictions, sectors, developments } = classify({ title, text });
  const ids = (tags: readonly { id: string }[]): string[] => tags.map(({ id }) => id).sort();
  return { topics: ids(topics), authorities: ids(authorities), jurisdictions: ids(jurisdictions), sectors: ids(sectors), developments: developments.map(({ kind, stage }) => `${kind}/${stage}`).sort() };
}

describe('rules for close calls', () => {
  it('give antidumping duties trade-remedies, not also tariff-measures', () => {
    const { topics, authorities } = said('Commerce sets antidumping duties on steel wire from Mexico', 'The countervailing and antidumping duty rates follow a finding of dumping.');
    expect(topics).toContain('trade-remedies');
    expect(topics).not.toContain('tariff-measures');
    expect(authorities).toContain('adcvd');
  });

  it('give quota volumes agri-market-access, not also tariff-measures', () => {
    const { topics } = said('USTR allocates raw cane sugar tariff-rate quota', 'The in-quota quantity of the tariff-rate quota for the fiscal year is shared among countries.');
    expect(topics).toContain('agri-market-access');
    expect(topics).not.toContain('tariff-measures');
  });

  it('give retaliation by import duties tariff-measures too', () => {
    expect(said('Canada imposes retaliatory tariffs on U.S. orange juice', 'The counter-tariffs answer American duties.').topics).toEqual(expect.arrayContaining(['retaliation', 'tariff-measures']));
  });

  it('give Chinese goods in an ordinary remedy the jurisdiction, not china-content', () => {
    const { topics, jurisdictions } = said('Aluminum Foil From the People’s Republic of China: Antidumping Duty Order', 'The Department of Commerce is issuing an antidumping duty order on aluminum foil from China.');
    expect(jurisdictions).toEqual(['CN', 'US']);
    expect(topics).not.toContain('china-content');
  });

  it('give panels of the NAFTA era dispute-settlement and adcvd without usmca', () => {
    const { topics, authorities } = said('North American Free Trade Agreement (NAFTA), Article 1904; Binational Panel Review: Notice of Panel Decision', 'The Binational Panel affirmed the antidumping determination on steel pipe from Mexico.');
    expect(topics).toContain('dispute-settlement');
    expect(authorities).toContain('adcvd');
    expect(authorities).not.toContain('usmca');
  });

  it('take the three countries for a review of the agreement that names none', () => {
    expect(said('USMCA joint review: what comes next').jurisdictions).toEqual(['CA', 'MX', 'US']);
  });

  it('take the partner that is named and the United States otherwise', () => {
    expect(said('Canada seeks early USMCA extension').jurisdictions).toEqual(['CA', 'US']);
  });

  it('read no country out of the name of the agreement', () => {
    const { jurisdictions } = said('United States-Mexico-Canada Agreement (USMCA), Article 10.12: Binational Panel Review', 'A request for panel review was filed on the countervailing duty review of softwood lumber from Canada by Canadian mills.');
    expect(jurisdictions).toEqual(['CA', 'US']);
  });

  it('give Section 337 cases intellectual-property and no tariff development', () => {
    const { topics, developments } = said('Certain Hair Dryers; Institution of Investigation', 'A complaint under section 337 of the Tariff Act of 1930 alleges infringement of patents by imports, the U.S. International Trade Commission said.');
    expect(topics).toEqual(['intellectual-property']);
    expect(developments).toEqual([]);
  });

  it('give wooden cabinets lumber-wood', () => {
    expect(said('Tariff on kitchen cabinets and wooden furniture rises', 'The United States raised the Section 232 duty on cabinets.').sectors).toContain('lumber-wood');
  });

  it('leave a list of target countries without jurisdictions of its own', () => {
    const { jurisdictions } = said('U.S. proposes duties on 60 economies over forced labor', 'Section 301 notices name Brazil, India, Japan, Vietnam, Thailand, Turkey, Chile, Peru, Norway and dozens of countries more.');
    expect(jurisdictions).toEqual(['US']);
  });
});

describe('developments', () => {
  it.each([
    ['Trump threatens 30% tariff on Mexico', '', ['tariff/proposed']],
    ['Section 232 investigation of robots opens', 'Commerce initiated an investigation; comments are due in 21 days.', ['tariff/proposed']],
    ['Canada lifts counter-tariffs on U.S. goods', 'The government removed the duties.', ['tariff/ended']],
    ['U.S. pauses tariffs on Mexico for 90 days', 'The duties were suspended.', ['tariff/paused']],
    ['Supreme Court strikes down IEEPA tariffs', 'The court ruled on Friday that the duties are unlawful.', ['tariff/ruled']],
    ['U.S. refuses to extend USMCA', '', ['review/announced']],
    ['USMCA panel rules against Mexico on corn', 'The panel found that the limits breach the agreement.', ['dispute/ruled']],
    ['México solicita panel del T-MEC por el acero', '', ['dispute/proposed']],
    ['Washington suspend les droits de douane sur le Canada', '', ['tariff/paused']],
    ['Why tariffs matter: an explainer', 'A guide to import duties in the United States and what they mean.', []],
  ])('of "%s"', (title, text, expected) => {
    expect(said(title, text).developments).toEqual(expected);
  });

  it('carry the sentence that tells them', () => {
    const article = { title: 'Ottawa acts on steel', text: 'Prices fell in May. Canada imposed a 25% tariff on steel from China on Monday. The mills were pleased.' };
    const development = classify(article).developments.find(({ kind }) => kind === 'tariff');
    expect(development?.evidence[0]?.text).toBe('Canada imposed a 25% tariff on steel from China on Monday.');
  });
});
