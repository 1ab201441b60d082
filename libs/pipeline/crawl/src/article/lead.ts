// The beginning of a report's text as its copies share it: without dateline, agency, the headline said again, and what sites add to every text.
import type { Headline } from './headline.ts';
import { isCorrectionNote, longestPattern, sentencesOf } from './correction.ts';
import { storyWords } from './story-words.ts';
import { foldText, wordsOf } from './words.ts';

/** How much of a text is looked at, in characters. */
export const leadCharacters = 1_600;
/** How many words of it are compared. */
export const leadWords = 80;

const agency = storyWords.agencies.map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
const place = String.raw`[\p{Lu}][\p{L}.,''’/ -]{1,60}?`;
const day = String.raw`(?:,?\s+(?:\p{L}{3,10}\.?\s+\d{1,2}|\d{1,2}\s+(?:de\s+)?\p{L}{3,10}\.?)(?:,?\s+(?:de\s+)?20\d\d)?)?`;
const dash = String.raw`\s*(?:[-–—]{1,2}|:|\.-)\s+`;
/** "OTTAWA, July 3 (Reuters) - ", "(AP) — ", "Reuters - ", "MEXICO CITY — ", "Ciudad de México, 3 jul (EFE).- " */
const datelines = [
  new RegExp(`^(?:${place}${day},?\\s+)?[(/](?:${agency})(?:[ /,;|][^)/]{0,40})?[)/]\\.?(?:${dash}|\\s+)`, 'u'),
  new RegExp(`^(?:${agency})${dash}`, 'iu'),
  new RegExp(`^[\\p{Lu}][\\p{Lu}.,'’/ -]{2,60}${day}\\.?\\s*(?:[-–—]{1,2}|\\.-)\\s+`, 'u'),
  new RegExp(`^${place}${day}\\s*(?:—|--|–|\\.-)\\s+(?=[\\p{Lu}"“«¿])`, 'u'),
];

/** At most 80 folded words. */
export function leadOf(text: string, headline: Headline): string[] {
  let opening = text.slice(0, leadCharacters).trimStart();
  for (let round = 0; round < 2; round += 1) {
    const line = datelines.map((dateline) => dateline.exec(opening)?.[0].length ?? 0).find((length) => length > 0);
    if (line === undefined) break;
    opening = opening.slice(line);
  }
  const kept = sentencesOf(opening).filter((sentence) => !isStock(sentence));
  const words = wordsOf(stripDateline(kept).join('\n'));
  return words.slice(repeatedHeadline(words, headline)).slice(0, leadWords);
}

/** The dateline may stand behind a byline or a note, which are gone now. */
function stripDateline(sentences: readonly string[]): readonly string[] {
  const [first, ...others] = sentences;
  if (first === undefined) return sentences;
  const line = datelines.map((dateline) => dateline.exec(first)?.[0].length ?? 0).find((length) => length > 0);
  return line === undefined ? sentences : [first.slice(line), ...others];
}

function isStock(sentence: string): boolean {
  return storyWords.stock.some((pattern) => pattern.test(sentence.slice(0, longestPattern))) || isCorrectionNote(sentence);
}

/** How many words at the beginning say the headline again, with the publisher's name behind it, as aggregators' summaries do. */
function repeatedHeadline(words: readonly string[], { words: title, publisher }: Headline): number {
  if (title.length < 3 || !title.every((word, index) => words[index] === word)) return 0;
  const name = wordsOf(foldText(publisher));
  const named = name.length > 0 && name.every((word, index) => words[title.length + index] === word);
  return title.length + (named ? name.length : 0);
}
