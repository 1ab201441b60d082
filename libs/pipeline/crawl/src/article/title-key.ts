// What two headlines of the same report have in common: letters and figures, without accents, case, or the publisher's name.

const fewestWords = 4;
const longestKey = 400;
const mostPublisherWords = 5;

/**
 * The key a near-duplicate is found by, or '' where the title says too little to join anything (under four words).
 * @param carriesPublisher whether a trailing " - Publisher" is to be taken off: aggregators and the press add one, official titles do not.
 */
export function titleKey(title: string, carriesPublisher: boolean): string {
  const headline = carriesPublisher ? withoutPublisher(title) : title;
  const words = fold(headline).split(' ');
  return words.length < fewestWords ? '' : words.join(' ').slice(0, longestKey).trimEnd();
}

/** Takes off " - CBC", " | El Financiero" and the like: a short end that begins like a name and leaves a headline behind. */
export function withoutPublisher(title: string): string {
  const at = Math.max(title.lastIndexOf(' - '), title.lastIndexOf(' | '), title.lastIndexOf(' – '), title.lastIndexOf(' — '));
  if (at <= 0) return title;
  const publisher = title.slice(at + 3).trim();
  const headline = title.slice(0, at).trimEnd();
  const isName = /^[\p{Lu}\p{N}]|^[\w-]+\.\w{2,}/u.test(publisher) && publisher.split(/\s+/).length <= mostPublisherWords;
  return isName && headline.split(/\s+/).length >= fewestWords ? headline : title;
}

function fold(text: string): string {
  return text.normalize('NFKD').toLowerCase().replace(/\p{M}+/gu, '').replace(/['’]/g, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}
