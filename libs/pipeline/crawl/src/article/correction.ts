// Articles that say they correct something: by their headline, by a note in their text, or by naming the document they correct.
import type { FeedEntry } from '../feed/feed-result.ts';
import { storyWords } from './story-words.ts';

/** How much of a text is searched for a note that it was corrected, from its beginning and from its end. */
const searched = 4_000;
/** How much of a sentence is tried against patterns. */
export const longestPattern = 400;

/** A number that names one document, e.g. `federal-register:2026-12345`. */
export type DocumentNumber = string;

/** The headline without its mark of a correction; undefined where it carries none. */
export function correctedHeadline(title: string): string | undefined {
  for (const mark of [...storyWords.corrections.before, ...storyWords.corrections.after]) {
    const rest = title.replace(mark, '');
    if (rest !== title && /\p{L}/u.test(rest)) return rest;
  }
  return undefined;
}

/** The sentences of a text that say it was corrected, in one form; '' where there is none. */
export function correctionNote(text: string): string {
  const ends = text.length <= 2 * searched ? text : `${text.slice(0, searched)}\n${text.slice(-searched)}`;
  return sentencesOf(ends).filter((sentence) => isCorrectionNote(sentence)).join('\n').toLowerCase();
}

/**
 * The documents that an entry corrects, where it says of itself that it is a correction: those its source states, its own number
 * names (the Federal Register's C1-2026-12345 corrects 2026-12345), or its text does.
 */
export function correctedDocuments(entry: { readonly guid: string; readonly title: string; readonly text: string; readonly facts?: FeedEntry['facts'] }): DocumentNumber[] {
  const { correctionOf = [], type = '' } = entry.facts ?? {};
  const isCorrection = correctedHeadline(entry.title) !== undefined || type === 'Correction' || correctionOf.length > 0 || /^[CRX]\d{1,2}-20\d\d-\d{4,5}$/.test(entry.guid);
  return isCorrection ? documentsNamed([correctionOf, entry.guid, entry.title, entry.text].flat().join('\n')) : [];
}

/** The documents that a text names by number. */
export function documentsNamed(text: string): DocumentNumber[] {
  const found = storyWords.references.flatMap(({ kind, pattern }) =>
    [...text.slice(0, 2 * searched).matchAll(new RegExp(pattern.source, 'giu'))].map((match) => `${kind}:${match[1]!.toUpperCase()}`));
  return [...new Set(found)];
}

/** Whether a sentence says that its text was corrected. */
export function isCorrectionNote(sentence: string): boolean {
  return storyWords.corrections.notes.some((note) => note.test(sentence.slice(0, longestPattern)));
}

/** Sentences and lines, trimmed. */
export function sentencesOf(text: string): string[] {
  return text.split(/(?<=[.!?…]["”»)]?)\s+|\n+/).map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');
}
