// Whether two articles are copies of one report. Alerts are sent once a story, so a wrong join hides news: when in doubt, no.
import { diffArrays } from 'diff';
import { nameDifferentDocuments } from './document-numbers.ts';
import { isTelling } from './headline.ts';
import type { Report } from './report.ts';
import { countryOfWord, months } from './story-words.ts';
import { isNumber } from './words.ts';

/** A lead of fewer words proves nothing. */
const shortestLead = 10;
/** Share of the shorter lead's runs of three words that a copy keeps at least; two reports by different newsrooms share 0.2 at most. */
const copiedShare = 0.4;
/** With a headline that is nearly the same, less is enough. */
const copiedShareUnderLikeHeadline = 0.25;
const unlikeShare = 0.1;
const longestReplacement = 6;

/** How two articles came to us, as far as it matters: a source repeats headlines of its own in new reports. */
export interface Meeting {
  /** Whether both come from one source, and under the same publisher's name. */
  readonly sameOrigin: boolean;
  readonly hoursApart: number;
}

/**
 * @returns how sure it is, above 0 where the two are copies of one report, else 0. Symmetric in `a` and `b`.
 */
export function likeness(a: Report, b: Report, { sameOrigin, hoursApart }: Meeting): number {
  const sameHeadline = a.headlineKey !== '' && a.headlineKey === b.headlineKey;
  const comparable = Math.min(a.lead.length, b.lead.length) >= shortestLead;
  const shared = comparable ? sharedOf(a, b) : 0;
  if (!sameHeadline && shared < copiedShareUnderLikeHeadline) return 0;
  if (tellsApart(a, b)) return 0;
  if (comparable && shared >= copiedShare && headlinesBelong(a, b)) return 1 + shared + (sameHeadline ? 1 : 0);
  if (sameHeadline) return sameHeadlineCounts(a, b, { sameOrigin, hoursApart, comparable, shared }) ? 1 : 0;
  return headlineLikeness(a, b) >= 0.7 ? shared : 0;
}

/** The same headline over another text, or over none: another report only where it may be a series, or two newsrooms days apart. */
function sameHeadlineCounts(a: Report, b: Report, { sameOrigin, hoursApart, comparable, shared }: Meeting & { comparable: boolean; shared: number }): boolean {
  if (a.isCorrection !== b.isCorrection) return true;
  if (sameOrigin) return hoursApart <= 20 && !(comparable && shared < copiedShareUnderLikeHeadline);
  if (a.language !== b.language && a.language !== 'und' && b.language !== 'und') return false;
  if (comparable && shared < unlikeShare) return hoursApart <= 48 && a.headline.content.length >= 5;
  return true;
}

/** Share of the shorter lead's runs of words that the other has too, 0..1. */
export function sharedOf(a: Report, b: Report): number {
  const [shorter, longer] = a.shingles.size <= b.shingles.size ? [a.shingles, b.shingles] : [b.shingles, a.shingles];
  let shared = 0;
  for (const run of shorter) if (longer.has(run)) shared += 1;
  return shorter.size === 0 ? 0 : shared / shorter.size;
}

/** Whether each headline is about what the other article says: texts that are alike because a site's own words fill them fail here. */
function headlinesBelong(a: Report, b: Report): boolean {
  return belongs(a, b) && belongs(b, a);
}

function belongs({ headline }: Report, { counts }: Report): boolean {
  if (headline.content.length === 0) return true;
  const found = headline.content.filter((word) => hasWord(counts, word)).length;
  return found >= 1 && found / headline.content.length >= 0.15;
}

function headlineLikeness(a: Report, b: Report): number {
  if (!isTelling(a.headline) || !isTelling(b.headline)) return 0;
  const [one, other] = [new Set(a.headline.content), new Set(b.headline.content)];
  const shared = [...one].filter((word) => other.has(word)).length;
  return shared / (one.size + other.size - shared);
}

/** Whether something shows that these are two reports on two things: numbers, countries or the subject itself are exchanged. */
function tellsApart(a: Report, b: Report): boolean {
  if (nameDifferentDocuments(a.documents, b.documents)) return true;
  if (a.isCorrection !== b.isCorrection) return subjectExchanged(a, b);
  if (exchanges(a.lead, b.lead, (one, other) => isName(one, a) && isName(other, b) && !abbreviates(one, other)) || subjectExchanged(a, b)) return true;
  // A headline that was written anew has its words elsewhere: only in two that are alike does one word stand for another.
  return headlineLikeness(a, b) >= 0.5 && exchanges(a.headline.words, b.headline.words);
}

/** Whether the one has a number, a country or what else is asked for just where the other has another. */
function exchanges(one: readonly string[], other: readonly string[], others?: (one: readonly string[], other: readonly string[]) => boolean): boolean {
  const changes = diffArrays([...one], [...other], { maxEditLength: 160 });
  if (changes === undefined) return false;
  for (const [index, { removed, value }] of changes.entries()) {
    const next = changes[index + 1];
    if (!removed || !next?.added) continue;
    // Where one of two leads goes on and the other has come to its end, nothing is exchanged.
    if (Math.min(value.length, next.value.length) > longestReplacement) continue;
    const isEdge = others !== undefined && (index === 0 || index + 2 >= changes.length);
    if (isEdge && Math.max(value.length, next.value.length) > longestReplacement) continue;
    if (disjoint(numbersIn(value), numbersIn(next.value)) || disjoint(countriesIn(value), countriesIn(next.value))) return true;
    if (others?.(value, next.value)) return true;
  }
  return false;
}

/** Whether the words are a name of two words or more, as persons and companies have. */
function isName(words: readonly string[], { capitals, names }: Report): boolean {
  return words.filter((word) => capitals.has(word)).length >= 2 && words.some((word) => names.has(word)) && countriesIn(words).size === 0;
}

/** Whether the one is made of the first letters of the other: "PM" and "Prime Minister". */
function abbreviates(one: readonly string[], other: readonly string[]): boolean {
  const initials = (words: readonly string[]): string => words.map((word) => word[0]).join('');
  return one.some((word) => initials(other).includes(word)) || other.some((word) => initials(one).includes(word));
}

/** Numbers by what they count: a date against a rate is no exchange. */
function numbersIn(words: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (const [at, word] of words.entries()) {
    if (!isNumber(word)) continue;
    const kind = words[at + 1] === 'percent' ? '%' : months.has(words[at - 1] ?? '') || months.has(words[at + 1] ?? '') ? 'day' : '';
    found.add(`${kind}${word}`);
  }
  return found;
}

function countriesIn(words: readonly string[]): Set<string> {
  return new Set(words.flatMap((word) => countryOfWord.get(word) ?? []));
}

function disjoint(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size > 0 && b.size > 0 && ![...a].some((each) => b.has(each));
}

/**
 * Whether each speaks again and again of what the other never mentions: the products, companies or agencies of two texts made by one
 * template. An editor's other word comes once; a cut takes words away from one side only. Where two headlines are alike, a word of each that its
 * text repeats is enough, or two words that the other does not have; and so are their countries.
 */
function subjectExchanged(a: Report, b: Report): boolean {
  if (unmentioned(a, b) >= 3 && unmentioned(b, a) >= 3) return true;
  const [onlyA, onlyB] = [headlineAlone(a, b), headlineAlone(b, a)];
  if (onlyA.length === 0 || onlyB.length === 0) return false;
  if (countriesIn(onlyA).size > 0 && countriesIn(onlyB).size > 0) return true;
  if (headlineLikeness(a, b) < 0.4) return false;
  const repeats = (words: readonly string[], { counts }: Report): boolean => words.some((word) => (counts.get(word) ?? 0) >= 2);
  return (repeats(onlyA, a) && repeats(onlyB, b)) || Math.min(onlyA.length, onlyB.length) >= 2;
}

/** The words of a headline that the other article does not have at all. */
function headlineAlone({ headline }: Report, other: Report): string[] {
  return headline.content.filter((word) => word.length >= 3 && !hasWord(other.counts, word));
}

function unmentioned({ counts }: Report, other: Report): number {
  let times = 0;
  for (const [word, count] of counts) if (count >= 2 && word.length >= 3 && !hasWord(other.counts, word)) times += count;
  return times;
}

/** Whether a word is there in this form or another: "tariff" and "tariffs", "Canada" and "Canadian". */
function hasWord(counts: ReadonlyMap<string, number>, word: string): boolean {
  if (counts.has(word)) return true;
  if (word.length < 5) return counts.has(`${word}s`) || (word.endsWith('s') && counts.has(word.slice(0, -1)));
  const stem = word.slice(0, Math.max(5, word.length - 3));
  for (const each of counts.keys()) if (each.startsWith(stem)) return true;
  return false;
}
