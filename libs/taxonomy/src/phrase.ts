/**
 * The small notation in which phrases are written: words with alternatives in parentheses, "#" for any number. "(joint|annual|) review" stands for
 * "joint review", "annual review" and "review"; "impos(e|es|ed)" for the three verb forms. A word of two to four capitals ("US") is
 * matched in capitals only; all else ignores case and accents.
 */

/** More spellings than this from one phrase are taken for a slip of the pen. */
const MOST_VARIANTS = 400;

export class PhraseError extends Error {
  override readonly name = 'PhraseError';
}

/** All the phrases one written phrase stands for; throws PhraseError on unbalanced or nested parentheses. */
export function spellOut(written: string): string[] {
  const parts = written.split(/(\([^()]*\))/);
  let variants = [''];
  for (const part of parts) {
    const alternatives = /^\([^()]*\)$/.test(part);
    const choices = alternatives ? part.slice(1, -1).split('|') : [part];
    if (!alternatives && /[()|]/.test(part)) throw new PhraseError(`"${written}" has unbalanced or nested parentheses`);
    variants = variants.flatMap((head) => choices.map((choice) => head + choice));
    if (variants.length > MOST_VARIANTS) throw new PhraseError(`"${written}" stands for more than ${MOST_VARIANTS} phrases`);
  }
  const spelt = [...new Set(variants.map((variant) => variant.replace(/\s+/g, ' ').trim()))];
  if (spelt.some((phrase) => wordsOf(phrase).length === 0)) throw new PhraseError(`"${written}" stands for a phrase without words`);
  return spelt;
}

/** The words of a spelt-out phrase, as written. */
export function wordsOf(phrase: string): string[] {
  if (/^[A-Za-z0-9# ]*$/.test(phrase)) return phrase.split(' ').filter((word) => word !== '');
  return phrase.match(/#|[\p{L}\p{N}\p{M}]+(?:['’](?=\p{L}))?/gu) ?? [];
}
