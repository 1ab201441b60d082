import { describe, expect, it } from 'vitest';
import { titleKey } from './title-key.ts';

describe('the title key', () => {
  it.each([
    'México responde a los aranceles de Trump', 'MÉXICO RESPONDE A LOS ARANCELES DE TRUMP', 'Mexico responde a los aranceles de Trump - El Financiero',
    'México responde a los aranceles de Trump | Forbes México', '«México responde a los aranceles de Trump» — La Jornada', 'México responde a los aranceles de Trump - paper.com',
  ])('of %j is that of the headline', (title) => {
    expect(titleKey(title, true)).toBe('mexico responde a los aranceles de trump');
  });

  it.each(['Steel duties: what importers need to know - and what comes next for them', 'One two - Three Four', 'US tariffs on steel and a very long list of everything that follows - Why This One Matters Most Of All'])(
    'keeps the end of %j, which is no publisher', (title) => {
      expect(titleKey(title, true)).toContain(title.slice(-6).toLowerCase().replace(/\W/g, ' ').trim().split(' ').at(-1)!);
    });

  it('keeps everything of an official title', () => {
    expect(titleKey('Certain Nails From Oman - Final Results', false)).toBe('certain nails from oman final results');
  });

  it.each(['', 'Press release', 'Notice of meeting', '… - ! ?', 'Trade news - CBC'])('of %j is empty: too little to join by', (title) => {
    expect(titleKey(title, true)).toBe('');
  });

  it('takes no time and no room for a hostile title', () => {
    const started = performance.now();
    expect(titleKey(`${'a - '.repeat(300_000)}Z`, true).length).toBeLessThanOrEqual(400);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
