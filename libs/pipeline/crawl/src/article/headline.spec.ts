import { describe, expect, it } from 'vitest';
import { headlineOf, isTelling } from './headline.ts';

const words = (title: string, carriesPublisher = true): string => headlineOf(title, carriesPublisher).words.join(' ');

describe('a headline', () => {
  it.each([
    'México responde a los aranceles de Trump', 'MÉXICO RESPONDE A LOS ARANCELES DE TRUMP', 'Mexico responde a los aranceles de Trump - El Financiero',
    'México responde a los aranceles de Trump | Forbes México', '«México responde a los aranceles de Trump» — La Jornada', 'México responde a los aranceles de Trump - paper.com',
    'México responde a los aranceles de Trump | Economía - Google Noticias', 'ÚLTIMA HORA: México responde a los aranceles de Trump', 'UPDATE 2-México responde a los aranceles de Trump',
    'EXCLUSIVO | México responde a los aranceles de Trump (Reuters)', 'CORRECTED-UPDATE 1-México responde a los aranceles de Trump', '[Video] México responde a los aranceles de Trump',
  ])('of %j is what was reported', (title) => {
    expect(words(title)).toBe('mexico responde a los aranceles de trump');
  });

  it.each([
    ['U.S. raises duty on steel to 25%', 'US raises duty on steel to 25 per cent'], ['Canada’s surtax ends', "Canada's surtax ends"],
    ['Quota of 1,200 tonnes is full', 'Quota of 1200 tonnes is full'], ['Droits sur l’acier', "Droits sur l'acier"],
  ])('is the same written %j and %j', (one, other) => {
    expect(words(one)).toBe(words(other));
  });

  it.each(['Steel duties: what importers need to know - and what comes next for them', 'One two - Three Four', 'US tariffs on steel and a very long list of everything that follows - Why This One Matters Most Of All'])(
    'keeps the end of %j, which is no publisher', (title) => {
      expect(headlineOf(title, true).publisher).toBe('');
    });

  it('keeps everything of an official title', () => {
    expect(words('Certain Nails From Oman - Final Results', false)).toBe('certain nails from oman final results');
  });

  it.each(['', 'Press release', 'Notice of meeting', '… - ! ?', 'Trade news - CBC'])('of %j says too little to join by', (title) => {
    expect(isTelling(headlineOf(title, true))).toBe(false);
  });

  it('takes no time and no room, however hostile it is', () => {
    const started = performance.now();
    for (const hostile of ['a - ', '[a', 'Correction ', '- ', 'a.', '(']) expect(headlineOf(`${hostile.repeat(300_000)}Z`, true).words.length).toBeLessThanOrEqual(1000);
    expect(performance.now() - started).toBeLessThan(500);
  });
});
