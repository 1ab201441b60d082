import { describe, expect, it } from 'vitest';
import { excerptLength, excerptOf } from './excerpt.ts';

const words = (count: number): string => Array.from({ length: count }, (_, index) => `word${index}`).join(' ');

describe('an excerpt', () => {
  it('is a short text itself, on one line', () => {
    expect(excerptOf('  Two\n\nparagraphs\t here ').text).toBe('Two paragraphs here');
    expect(excerptOf('')).toEqual({ text: '', highlights: [] });
    expect(excerptOf(' \n ')).toEqual({ text: '', highlights: [] });
  });

  it('ends at a word, with an ellipsis, within its length', () => {
    const { text } = excerptOf(words(200));
    expect(text.length).toBeLessThanOrEqual(excerptLength);
    expect(text).toMatch(/^word0 .* word\d+…$/);
    expect(words(200).startsWith(`${text.slice(0, -1)} `)).toBe(true);
  });

  it('keeps the hits where they are after white space is gone', () => {
    const opening = ' A  levy\n\non  steel ';
    const { text, highlights } = excerptOf(opening, [{ start: 4, end: 8 }, { start: 14, end: 19 }]);
    expect(highlights.map(({ start, end }) => text.slice(start, end))).toEqual(['levy', 'steel']);
  });

  it('surrounds the first hit when that lies deep in the text', () => {
    const opening = words(300);
    const start = opening.indexOf('word150');
    const { text, highlights } = excerptOf(opening, [{ start, end: start + 7 }]);
    expect(text).toMatch(/^…word1\d\d .*…$/);
    expect(text.length).toBeLessThanOrEqual(excerptLength);
    expect(highlights.map((span) => text.slice(span.start, span.end))).toEqual(['word150']);
  });

  it('cuts text without words too, never half a character', () => {
    const { text } = excerptOf('𐐀'.repeat(2_000));
    expect(text.length).toBeLessThanOrEqual(excerptLength);
    expect(text.isWellFormed()).toBe(true);
  });
});
