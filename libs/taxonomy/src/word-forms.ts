/** Regular inflection: the plural and feminine forms a phrase's word may take in a text, so that editors write the base form only. */

export type PhraseLanguage = 'en' | 'es' | 'fr';

const SHORTEST_INFLECTED = 4;

const endings: Readonly<Record<PhraseLanguage, (word: string) => string[]>> = {
  en(word) {
    if (/[^aeiou]y$/.test(word)) return [`${word.slice(0, -1)}ies`];
    if (/(s|x|z|ch|sh)$/.test(word)) return [`${word}es`];
    return [`${word}s`];
  },
  es(word) {
    if (/(ado|ido|ario|ico|ivo|oso|ano|uto|cto|tuo|ino|eno|undo)$/.test(word)) {
      const stem = word.slice(0, -1);
      return [`${word}s`, `${stem}a`, `${stem}as`];
    }
    if (/z$/.test(word)) return [`${word.slice(0, -1)}ces`];
    if (/[aeiou]$/.test(word)) return [`${word}s`];
    if (/s$/.test(word)) return [];
    return [`${word}es`];
  },
  fr(word) {
    if (/al$/.test(word)) return [`${word.slice(0, -2)}aux`, `${word}e`, `${word}es`];
    if (/(eau|eu)$/.test(word)) return [`${word}x`];
    if (/(ois|ais)$/.test(word)) return [`${word}e`, `${word}es`];
    if (/[sx]$/.test(word)) return [];
    if (/e$/.test(word)) return [`${word}s`];
    if (/el$|en$/.test(word)) return [`${word}s`, `${word}${word.at(-1)}e`, `${word}${word.at(-1)}es`];
    return /(ain|ois|ais|ien|een|ant|ent|ier|in|and|ard)$/.test(word) ? [`${word}s`, `${word}e`, `${word}es`] : [`${word}s`];
  },
};

/** The other regular forms of a folded word in a language; none for short words, which are mostly acronyms. */
export function inflect(word: string, language: PhraseLanguage): string[] {
  if (word.length < SHORTEST_INFLECTED || !/^[a-z]+$/.test(word)) return [];
  return endings[language](word);
}
