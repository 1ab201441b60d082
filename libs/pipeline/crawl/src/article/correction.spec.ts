import { describe, expect, it } from 'vitest';
import { correctedDocuments, correctedHeadline, correctionNote, documentsNamed } from './correction.ts';
import { countryOfWord } from './story-words.ts';

describe('the headline of a correction', () => {
  it.each([
    ['CORRECTED-Canada lifts surtax', 'Canada lifts surtax'], ['Correction: Canada lifts surtax', 'Canada lifts surtax'], ['Clarification — Canada lifts surtax', 'Canada lifts surtax'],
    ['Slag Pots From China; Correction', 'Slag Pots From China'], ['Air Plan Approval; Correcting Amendments', 'Air Plan Approval'], ['Canada lifts surtax (corrected)', 'Canada lifts surtax'],
    ['Fe de erratas al Acuerdo por el que se fija el cupo', 'Acuerdo por el que se fija el cupo'], ['ACLARACIÓN al Decreto de arancel', 'Decreto de arancel'], ['Corrección: sube el arancel', 'sube el arancel'],
    ['Rectificatif : le droit baisse', 'le droit baisse'], ['Erratum - Le droit baisse', 'Le droit baisse'], ['Correction to the Notice of Quota', 'Notice of Quota'],
  ])('%s is that of %s', (title, corrected) => expect(correctedHeadline(title)).toBe(corrected));

  it.each(['Canada lifts surtax', 'Market correction looms', 'Correction in copper prices', 'Corrected figures show surplus', 'Correction', 'Department of Corrections buys steel'])('is not %s', (title) => {
    expect(correctedHeadline(title)).toBeUndefined();
  });
});

describe('a note of correction', () => {
  it.each([
    'Correction: The rate is 35 per cent, not 25.', '(Corrects paragraph 3 to say July, not June.)', 'An earlier version of this article misstated the rate.', 'This story has been corrected to show the date.',
    'Corrección: el arancel es de 35 por ciento.', 'Esta nota fue corregida.', 'Rectificatif : le taux est de 35 pour cent.', "Une version précédente de ce texte donnait un autre taux.", "Editor's note: Correction (July 4): the rate was wrong.",
  ])('is found: %s', (note) => expect(correctionNote(`Canada lifts its surtax. The minister said so.\n\n${note} More text follows.`)).not.toBe(''));

  it('is not found where something else is corrected', () => {
    expect(correctionNote('The minister corrected the record. A market correction is expected. Prices were corrected: they rose.')).toBe('');
  });

  it('is found at the end of a long text', () => {
    expect(correctionNote(`${'A sentence about steel. '.repeat(10_000)}\nCorrection: The rate is 35 per cent.`)).toContain('35 per cent');
  });
});

describe('the documents of a correction', () => {
  it('are those that its text, its own number or its source names', () => {
    expect(documentsNamed('In FR Doc. 2026-12345 and FR Document No. 2026-54321; see SOR/2026-12 and CSMS # 63988468.')).toEqual(
      ['federal-register:2026-12345', 'federal-register:2026-54321', 'csms:63988468', 'canada-gazette:2026-12']);
    const entry = { guid: '2026-09000', title: 'Slag Pots; Correction', text: 'In FR Doc. 2026-12345, correct the date.' };
    expect(correctedDocuments(entry)).toEqual(['federal-register:2026-12345']);
    expect(correctedDocuments({ ...entry, guid: 'C1-2026-11111', text: '' })).toEqual(['federal-register:2026-11111']);
    expect(correctedDocuments({ ...entry, text: '', facts: { correctionOf: 'https://www.federalregister.gov/api/v1/documents/2026-22222.json' } })).toEqual(['federal-register:2026-22222']);
    expect(correctedDocuments({ ...entry, title: 'Slag Pots' })).toEqual([]);
  });
});

it('countries are known by their names in three languages', () => {
  expect(['vietnam', 'thailande', 'turquia', 'taiwan', 'china', 'chine', 'oman', 'korea', 'us'].map((word) => countryOfWord.get(word))).toEqual(['VN', 'TH', 'TR', 'TW', 'CN', 'CN', 'OM', 'KR', 'US']);
  expect(['north', 'republic', 'islands', 'united', 'the'].map((word) => countryOfWord.get(word))).toEqual([undefined, undefined, undefined, undefined, undefined]);
});
