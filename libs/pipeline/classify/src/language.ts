/** Tells the language of a text from counts the tokeniser made on its way: small words by language, letters by script. */
import type { CompiledTaxonomy, TokenBuffer } from '@tradewatch/taxonomy';

/** The languages whose phrases the taxonomy holds. */
export const taggedLanguages = ['en', 'es', 'fr'] as const;
export const UNDETERMINED = 'und';

/** Share of letters outside Latin from which the script decides. */
const SCRIPT_SHARE = 0.4;

/** Languages by the Unicode block (high byte) most of the letters are in. */
function languageOfScript(blocks: Int32Array): string {
  const inRange = (from: number, to: number): number => {
    let sum = 0;
    for (let block = from; block <= to; block++) sum += blocks[block]!;
    return sum;
  };
  const counts: [string, number][] = [
    ['ru', inRange(0x04, 0x05)], ['el', inRange(0x03, 0x03) + inRange(0x1f, 0x1f)], ['he', 0], ['ar', inRange(0x06, 0x08)], ['hi', inRange(0x09, 0x0d)],
    ['th', inRange(0x0e, 0x0e)], ['ko', inRange(0xac, 0xd7) + inRange(0x11, 0x11)], ['zh', inRange(0x4e, 0x9f) + inRange(0x34, 0x4d)], ['ja', inRange(0x30, 0x30) * 3],
  ];
  const [language, count] = counts.reduce((best, next) => (next[1] > best[1] ? next : best));
  return count > 0 ? language : UNDETERMINED;
}

/** Below this many words the letters of a title are asked too. */
const FEW_WORDS = 25;
const noVotes = [0, 0, 0];

/** What accented letters say of a headline: "ñ" is Spanish, "è" is French; for [en, es, fr]. */
function votesOfLetters(title: string): readonly number[] {
  let spanish = 0;
  let french = 0;
  for (const letter of title.slice(0, 300)) {
    if ('ñ¿¡íóúá'.includes(letter)) spanish += 0.8;
    else if ('çèêàùœîôë'.includes(letter)) french += 0.8;
  }
  return [0, Math.min(spanish, 2.4), Math.min(french, 2.4)];
}

/**
 * ISO 639-1 code of the text's language, `und` when it cannot be told.
 * @param phraseVotes hits of phrases that only one language has, by tagged language; they speak for headlines without small words
 * @param hint what the source says of itself; breaks ties, never overrules the text
 */
export function detectLanguage(tokens: TokenBuffer, taxonomy: CompiledTaxonomy, phraseVotes: readonly number[], title: string, hint?: string): string {
  const letters = tokens.words * 5;
  if (tokens.otherLetters > 0 && tokens.otherLetters > letters * SCRIPT_SHARE) return languageOfScript(tokens.blocks);
  const letterVotes = tokens.words < FEW_WORDS ? votesOfLetters(title) : noVotes;
  let best = UNDETERMINED;
  let bestScore = 0;
  const wanted = hint?.slice(0, 2).toLowerCase();
  for (let bit = 0; bit < taxonomy.languages.length; bit++) {
    const language = taxonomy.languages[bit]!;
    const tagged = taggedLanguages.indexOf(language as (typeof taggedLanguages)[number]);
    const score = tokens.languages[bit]! + (tagged >= 0 ? Math.min(phraseVotes[tagged]!, 6) * 0.7 + letterVotes[tagged]! : -0.6) + (language === wanted ? 1.2 : 0);
    if (score > bestScore) {
      best = language;
      bestScore = score;
    }
  }
  const needed = tokens.words > 12 ? tokens.words * 0.06 : 0.5;
  return bestScore >= needed ? best : (wanted ?? UNDETERMINED);
}
