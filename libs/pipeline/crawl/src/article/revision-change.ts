// What a revision of an article changed, and whether that is news: a comma, a typing error put right or a new byline is not.
import type { RevisionChange } from '@tradewatch/events';
import { diffArrays } from 'diff';
import { storyWords } from './story-words.ts';
import { foldText } from './words.ts';

interface Text {
  readonly title: string;
  readonly text: string;
}

/** Beyond this many differing words two texts are not compared word by word: the time that takes grows with their square. */
const mostDifferences = 600;
const mostPassages = 12;
const longestPassage = 300;

interface Word {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

/** @returns undefined where no reader could see a difference: white space, or what changes by itself, such as "5 minutes ago". */
export function revisionChange(before: Text, after: Text): RevisionChange | undefined {
  if (visible(before.title) === visible(after.title) && visible(before.text) === visible(after.text)) return undefined;
  const title = compare(before.title, after.title);
  const text = compare(before.text, after.text);
  return {
    cosmetic: title.cosmetic && text.cosmetic,
    rewritten: text.rewritten,
    ...(before.title === after.title ? {} : { title: { before: before.title, after: after.title } }),
    wordsAdded: title.added + text.added,
    wordsRemoved: title.removed + text.removed,
    passages: text.passages,
  };
}

function visible(text: string): string {
  return withoutVolatile(text).replace(/\s+/g, ' ').trim();
}

function withoutVolatile(text: string): string {
  return storyWords.volatile.reduce((rest, pattern) => rest.replace(new RegExp(pattern.source, 'giu'), (match) => ' '.repeat(match.length)), text);
}

interface Comparison {
  readonly cosmetic: boolean;
  readonly rewritten: boolean;
  readonly added: number;
  readonly removed: number;
  readonly passages: { removed: string; added: string }[];
}

function compare(before: string, after: string): Comparison {
  const [old, fresh] = [wordsIn(before), wordsIn(after)];
  const changes = diffArrays(old.map(({ folded }) => folded), fresh.map(({ folded }) => folded), { maxEditLength: mostDifferences });
  if (changes === undefined) return { cosmetic: false, rewritten: true, ...counted(old, fresh), passages: [] };
  const passages: { removed: string; added: string }[] = [];
  const total = { added: 0, removed: 0 };
  let cosmetic = true;
  let [atOld, atNew] = [0, 0];
  for (let index = 0; index < changes.length; index += 1) {
    const change = changes[index]!;
    if (!change.added && !change.removed) {
      atOld += change.count;
      atNew += change.count;
      continue;
    }
    // A removal and the addition that follows it are one replacement.
    const next = changes[index + 1];
    const removed = old.slice(atOld, atOld + (change.removed ? change.count : 0));
    const added = fresh.slice(atNew, atNew + (change.added ? change.count : change.removed && next?.added ? next.count : 0));
    if (change.removed && next?.added) index += 1;
    atOld += removed.length;
    atNew += added.length;
    total.removed += removed.length;
    total.added += added.length;
    cosmetic &&= isCosmetic(removed, added, before, after);
    if (passages.length < mostPassages) passages.push({ removed: passage(before, removed), added: passage(after, added) });
  }
  return { cosmetic, rewritten: false, ...total, passages };
}

/** The words of a text and where they stand; times that change by themselves are none. */
function wordsIn(text: string): Word[] {
  return [...withoutVolatile(text).matchAll(/\p{N}+(?:[.,:]\p{N}+)*%?|[\p{L}\p{N}]+(?:['’][\p{L}\p{N}]+)*/gu)]
    .map((match) => ({ folded: foldText(match[0]), start: match.index, end: match.index + match[0].length }));
}

function passage(text: string, words: readonly Word[]): string {
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return '';
  const whole = text.slice(first.start, last.end);
  return (whole.length <= longestPassage ? whole : `${whole.slice(0, longestPassage - 1)}…`).toWellFormed();
}

function counted(old: readonly Word[], fresh: readonly Word[]): { added: number; removed: number } {
  const counts = new Map<string, number>();
  for (const { folded } of fresh) counts.set(folded, (counts.get(folded) ?? 0) + 1);
  let kept = 0;
  for (const { folded } of old) {
    const left = counts.get(folded) ?? 0;
    if (left > 0) {
      kept += 1;
      counts.set(folded, left - 1);
    }
  }
  return { added: fresh.length - kept, removed: old.length - kept };
}

function isCosmetic(removed: readonly Word[], added: readonly Word[], before: string, after: string): boolean {
  const [old, fresh] = [removed.map(({ folded }) => folded), added.map(({ folded }) => folded)];
  if (old.join('') === fresh.join('')) return true;
  if (old.length === fresh.length && [...old, ...fresh].every((word) => articles.has(word))) return true;
  if (old.length > 0 && old.length === fresh.length && old.every((word, at) => word === fresh[at] || isTypingError(word, fresh[at]!))) return true;
  return isByline(before, removed) && isByline(after, added);
}

const articles = new Set('a an the this that el la los las un una le les un une des'.split(' '));
const byline = /^\s*(?:by|por|par|de)\s+\p{Lu}[\p{L}.'’-]*(?:[\s,]+(?:and|y|et|&)?\s*\p{Lu}[\p{L}.'’-]*){0,8}[\s,|·.-]*$/iu;

/** Whether the words are all in one line that names who wrote the text, or none at all. */
function isByline(text: string, words: readonly Word[]): boolean {
  const [first, last] = [words[0], words.at(-1)];
  if (!first || !last) return true;
  if (last.end - first.start > 200) return false;
  const start = Math.max(text.lastIndexOf('\n', first.start - 1) + 1, first.start - 300, 0);
  const lineEnd = text.indexOf('\n', last.end);
  const end = Math.min(lineEnd === -1 ? text.length : lineEnd, last.end + 300);
  return byline.test(text.slice(start, end).trim()) && /^\s*(?:by|por|par|de)\s+\p{Lu}/u.test(text.slice(start, end).replace(/^\s*\p{Lu}/u, (letter) => letter.toLowerCase()));
}

/** One letter too many, too few, wrong or exchanged with its neighbour, in a word of six letters or more that begins the same; never in a number. */
function isTypingError(a: string, b: string): boolean {
  if (a[0] !== b[0] || Math.min(a.length, b.length) < 5 || Math.max(a.length, b.length) < 6 || Math.abs(a.length - b.length) > 1 || /\d/.test(a + b)) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const [restA, restB] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return Math.max(restA.length, restB.length) <= 1 || (restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0]);
}
