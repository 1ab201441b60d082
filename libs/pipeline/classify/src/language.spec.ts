import { describe, expect, it } from 'vitest';
import { classify } from './classify-article.ts';

const language = (title: string, text = '', hint?: string): string => classify({ title, text, ...(hint === undefined ? {} : { language: hint }) }).language;

describe('the language of an article', () => {
  it.each([
    ['en', 'USMCA Review Deadline', ''],
    ['en', 'Trump raises tariffs', 'The president said on Monday that the rates will go up.'],
    ['es', 'Aranceles al acero', 'La presidenta informó que se reunirá con los productores de la industria.'],
    ['es', 'Niño mexicano gana concurso', ''],
    ['fr', 'Droits de douane', 'Le gouvernement a annoncé que les mesures seront prolongées par décret.'],
    ['fr', "L'ACEUM à l'épreuve", ''],
    ['de', 'Zölle auf Stahl', 'Die Vereinigten Staaten haben am Montag neue Zölle auf Stahl und Aluminium angekündigt, sagte der Minister nach einem Treffen.'],
    ['pt', 'Tarifas sobre o aço', 'O governo brasileiro disse que não vai aceitar as novas tarifas e que ela será discutida com os Estados Unidos também.'],
    ['it', 'Dazi', 'Il governo ha detto che i dazi sulle auto sono una minaccia per la nostra industria e che anche la Germania è contraria.'],
    ['ru', 'Пошлины на сталь', 'Соединенные Штаты ввели новые пошлины на сталь.'],
    ['zh', '关税', '美国对钢铁征收新的关税。'],
    ['ja', '関税', 'アメリカは鉄鋼に新しい関税を課すと発表しました。'],
    ['ko', '관세', '미국은 철강에 새로운 관세를 부과했다.'],
    ['ar', 'رسوم', 'فرضت الولايات المتحدة رسوما جديدة على الصلب.'],
    ['und', '12345', '— 2026 —'],
  ])('is %s', (expected, title, text) => {
    expect(language(title, text)).toBe(expected);
  });

  it('follows the source only where the text does not tell', () => {
    expect(language('CUSMA', '', 'fr')).toBe('fr');
    expect(language('Trump raises the tariffs', 'He said that it is for the good of the country.', 'es')).toBe('en');
  });

  it('leaves a text in another language with what reads the same in every language', () => {
    const result = classify({ title: 'USMCA: Verhandlungen', text: 'Die USTR und Jamieson Greer sprechen mit der Regierung über die USMCA und die Zölle auf Stahl nach Section 232.' });
    expect(result.language).toBe('de');
    expect(result.sectors).toEqual([]);
  });
});
