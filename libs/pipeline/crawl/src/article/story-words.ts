// The words and patterns of story-words.yaml, checked and made ready: what copies of a report differ in, and what tells reports apart.
import { parse } from 'yaml';
import { z } from 'zod';
import source from '../../story-words.yaml?raw';
import { foldText } from './words.ts';

const words = z.string().transform((list) => list.split(/[\s]+/).filter((word) => word !== ''));
const phrases = z.string().transform((list) => list.split(',').map((phrase) => phrase.trim().replace(/\s+/g, ' ')).filter((phrase) => phrase !== ''));
const pattern = z.string().transform((expression, context) => {
  try {
    return new RegExp(expression, 'iu');
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});

const documentNumberSchema = z.strictObject({
  kind: z.string(),
  unique: z.boolean().default(false),
  in: z.array(z.enum(['guid', 'url', 'title'])).min(1),
  pattern,
});
export type DocumentNumberPattern = z.infer<typeof documentNumberSchema>;

const storyWordsSchema = z.strictObject({
  stopwords: z.strictObject({ en: words, es: words, fr: words }),
  labels: phrases,
  agencies: phrases,
  stock: z.array(pattern),
  volatile: z.array(pattern),
  corrections: z.strictObject({ before: z.array(pattern), after: z.array(pattern), notes: z.array(pattern) }),
  documents: z.array(documentNumberSchema),
  references: z.array(z.strictObject({ kind: z.string(), pattern })),
  months: words,
  countries: z.strictObject({ extra: z.record(z.string(), z.string().regex(/^[A-Z]{2}$/)), not: words }),
});

export const storyWords = storyWordsSchema.parse(parse(source));

export const stopwords: Readonly<Record<'en' | 'es' | 'fr', ReadonlySet<string>>> = {
  en: new Set(storyWords.stopwords.en), es: new Set(storyWords.stopwords.es), fr: new Set(storyWords.stopwords.fr),
};
export const anyStopword: ReadonlySet<string> = new Set([...stopwords.en, ...stopwords.es, ...stopwords.fr]);
export const months: ReadonlySet<string> = new Set(storyWords.months);
export const labels: ReadonlySet<string> = new Set(storyWords.labels.map(foldText));

/** Which country a single folded word names: the CLDR's names in English, Spanish and French, and what the data file adds. */
export const countryOfWord: ReadonlyMap<string, string> = countryWords();

function countryWords(): Map<string, string> {
  const names = ['en', 'es', 'fr'].flatMap((language) => {
    const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    return regionCodes().flatMap((code) => {
      const name = display.of(code);
      return name === undefined ? [] : [{ code, parts: foldText(name).split(/[^\p{L}]+/u).filter((part) => part.length > 2) }];
    });
  });
  const found = new Map<string, string>();
  const not = new Set(storyWords.countries.not);
  const add = (word: string, code: string): void => void (!not.has(word) && !found.has(word) && found.set(word, code));
  for (const [word, code] of Object.entries(storyWords.countries.extra)) found.set(word, code);
  for (const { code, parts } of names) if (parts.length === 1) add(parts[0]!, code);
  for (const { code, parts } of names) if (parts.length > 1) for (const part of parts) add(part, code);
  return found;
}

function regionCodes(): string[] {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((a) => letters.map((b) => a + b));
  // CLDR also names what is no country (the euro area, the United Nations, pseudo regions) and countries of the past, whose codes have a successor.
  return codes.filter((code) => !['EZ', 'UN', 'XA', 'XB', 'ZZ', 'QO', 'AQ'].includes(code) && new Intl.Locale(`und-${code}`).region === code);
}
