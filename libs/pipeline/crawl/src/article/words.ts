// Text as words that can be compared: without case, accents and punctuation, with numbers and percentages in one form.

/** Lower case, no accents, typographic quotes made plain. The length may change. */
export function foldText(text: string): string {
  return text.normalize('NFKD').toLowerCase().replace(/\p{M}+/gu, '').replace(/[‘’ʼ`´]/g, "'");
}

const abbreviation = /(?<![\p{L}\p{N}])(?:\p{L}{1,2}\.){2,}/gu;
const elision = /(?<![\p{L}\p{N}])(?:[ldjmnstc]|qu|jusqu|lorsqu)'(?=\p{L})/gu;
const percent = /\s?%|\bper ?cent\b|\bpct\b|\bpor ciento\b|\bpour cent\b/g;
const token = /\p{N}+(?:[.,]\p{N}+)*|[\p{L}\p{N}]+/gu;

/** The words of a text, folded: "U.S." is "us", "25%" and "25 per cent" are "25 percent", "1,200" is "1200", "l'acier" is "acier". */
export function wordsOf(text: string): string[] {
  const plain = foldText(text).replace(abbreviation, (dotted) => `${dotted.replaceAll('.', '')} `).replace(elision, '').replace(/(\p{L})'(\p{L})/gu, '$1$2').replace(percent, ' percent ');
  return (plain.match(token) ?? []).map((word) => (/^\p{N}/u.test(word) ? plainNumber(word) : word));
}

/** "1,200" and "1200" are one number, and so are "2,5" and "2.5". */
function plainNumber(word: string): string {
  if (/^\d{1,3}(?:[.,]\d{3})+$/.test(word)) return word.replace(/[.,]/g, '');
  return word.replaceAll(',', '.');
}

export function isNumber(word: string): boolean {
  return /^\d/.test(word);
}
