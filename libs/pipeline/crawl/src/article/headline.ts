// A headline without what desks and sites put around it: "UPDATE 2-Canada lifts surtax - Global News" is "Canada lifts surtax".
import { correctedHeadline } from './correction.ts';
import { anyStopword, labels } from './story-words.ts';
import { foldText, wordsOf } from './words.ts';

export interface Headline {
  /** All its words, folded. */
  readonly words: readonly string[];
  /** Its words without those that say nothing of the subject. */
  readonly content: readonly string[];
  /** The name put behind it, folded; '' where there is none. */
  readonly publisher: string;
}

const fewestWords = 4;
const mostPublisherWords = 6;
const mostLabels = 3;

/**
 * @param carriesPublisher whether a " - Publisher" at the end is to be taken off: aggregators and the press add one, official titles do not.
 */
export function headlineOf(title: string, carriesPublisher: boolean): Headline {
  let rest = withoutLabels(title.slice(0, 1000));
  let publisher = '';
  if (carriesPublisher) {
    // Aggregators put a second name behind the first: "… | Forbes México - Google News".
    for (let round = 0; round < 2; round += 1) {
      const parted = publisherOf(rest);
      if (parted === undefined) break;
      rest = parted.headline;
      publisher = publisher === '' ? foldText(parted.publisher) : publisher;
    }
  }
  const words = wordsOf(correctedHeadline(rest) ?? rest);
  return { words, content: words.filter((word) => !anyStopword.has(word)), publisher };
}

/** Whether a headline says enough to be the headline of one report only. */
export function isTelling({ words, content }: Headline): boolean {
  return words.length >= fewestWords && content.length >= 3;
}

function withoutLabels(title: string): string {
  let rest = correctedHeadline(title) ?? title;
  for (let round = 0; round < mostLabels; round += 1) {
    const label = /^\s*(?:\[([^\]]{2,30})\]|\(([^)]{2,30})\)|([\p{L} ]{2,30}?)(?: \d{1,2})?\s?(?:[:|]|-(?=\S)|\s[-–—]\s))\s*/u.exec(rest);
    const name = label?.[1] ?? label?.[2] ?? label?.[3];
    if (label === null || name === undefined || !labels.has(foldText(name.replace(/ \d{1,2}$/, '')).trim())) break;
    rest = rest.slice(label[0].length);
  }
  return rest;
}

/** Takes off " - CBC", " | El Financiero", " (Reuters)" and the like: a short end that begins like a name and leaves a headline behind. */
function publisherOf(title: string): { headline: string; publisher: string } | undefined {
  const bracket = /\s\(([\p{Lu}][\p{L}\p{N} .&'’-]{1,30})\)\s*$/u.exec(title);
  const at = Math.max(...[' - ', ' | ', ' – ', ' — ', ' :: ', ' • ', ' · '].map((mark) => title.lastIndexOf(mark)));
  const headline = bracket ? title.slice(0, bracket.index) : at > 0 ? title.slice(0, at).trimEnd() : '';
  const publisher = (bracket ? bracket[1]! : title.slice(at).replace(/^[\s|–—:•·-]+/u, '')).trim();
  const isName = /^[\p{Lu}\p{N}]|^[\w-]+\.\w{2,}/u.test(publisher) && publisher.split(/\s+/).length <= mostPublisherWords;
  return isName && headline.split(/\s+/).length >= fewestWords ? { headline, publisher } : undefined;
}
