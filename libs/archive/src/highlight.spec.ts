import { describe, expect, it } from 'vitest';
import { hitEnd, hitStart, markedSpans } from './highlight.ts';

const mark = (text: string): string => text.replaceAll('[', hitStart).replaceAll(']', hitEnd);

describe('marked spans', () => {
  it('are offsets into the text without its marks', () => {
    expect(markedSpans(mark('a [levy] on [steel]'), 15)).toEqual([{ start: 2, end: 6 }, { start: 10, end: 15 }]);
    expect(markedSpans('nothing here', 12)).toEqual([]);
  });

  it('are none when the marked text is not the whole text', () => {
    expect(markedSpans(mark('a [levy]'), 3_000)).toEqual([]);
  });

  it('bear marks that do not pair', () => {
    expect(markedSpans(mark('] a [ b [c] d'), 9)).toEqual([{ start: 6, end: 7 }]);
  });
});
