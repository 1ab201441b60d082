/** How texts and queries are read as words, so that "Aranceles" finds "arancel" and "Duty" finds "duties". Linear in the text's length. */

const word = /[\p{L}\p{N}]+/gu;

/** The words of a text: accents and case folded, regular plurals taken off. */
export function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKD').replace(/\p{M}+/gu, '').toLowerCase();
  return (folded.match(word) ?? []).map(stem);
}

/** Takes off what a regular plural adds in English, Spanish and French; short words stay whole ("US", "gas", "s232"). */
function stem(text: string): string {
  if (text.length < 4) return text;
  let end = text.length;
  if (text.endsWith('s') && !text.endsWith('ss')) end--;
  if (end > 4 && text[end - 1] === 'e') end--;
  if (end > 3 && text[end - 1] === 'y') return `${text.slice(0, end - 1)}i`;
  return text.slice(0, end);
}
