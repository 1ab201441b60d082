import { describe, expect, it } from 'vitest';
import type { RevisionChange } from '../api/articles.ts';
import { changeInWords } from './change-words.ts';

const change = (fields: Partial<RevisionChange> = {}): RevisionChange => ({ cosmetic: false, rewritten: false, wordsAdded: 0, wordsRemoved: 0, passages: [], ...fields });

describe('the words for a revision', () => {
  it.each([
    [{ revision: 1 }, 'first seen'],
    [{ revision: 2 }, 'text taken from the page'],
    [{ revision: 2, change: change({ wordsAdded: 1 }) }, '1 word added'],
    [{ revision: 2, change: change({ wordsAdded: 3, wordsRemoved: 1 }) }, '3 words added, 1 removed'],
    [{ revision: 2, change: change({ wordsRemoved: 1200, rewritten: true }) }, 'rewritten, 1,200 words removed'],
    [{ revision: 3, corrects: 'a', change: change({ title: { before: 'a', after: 'b' }, wordsAdded: 1 }) }, 'correction, new title, 1 word added'],
    [{ revision: 3, change: change({ cosmetic: true }) }, 'cosmetic'],
    [{ revision: 3, change: change() }, 'punctuation'],
  ])('%j are %j', (revision, words) => {
    expect(changeInWords(revision)).toBe(words);
  });
});
