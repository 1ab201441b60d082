import { describe, expect, it } from 'vitest';
import { paragraphsOf, segmentsOf, spansIn, type KeyedSpan } from './evidence-segments.ts';

const text = 'A 25% duty on Mexican steel takes effect today.';
const span = (phrase: string, key: string): KeyedSpan => ({ key, start: text.indexOf(phrase), end: text.indexOf(phrase) + phrase.length });
const show = (spans: readonly KeyedSpan[]) => segmentsOf(text, spans).filter(({ keys }) => keys.length > 0).map(({ text: part, keys }) => `${part}=${keys.join('+')}`);

describe('evidence in a text', () => {
  it('leaves a text without evidence whole', () => {
    expect(segmentsOf(text, [])).toEqual([{ start: 0, text, keys: [] }]);
    expect(segmentsOf('', [span('duty', 'a')])).toEqual([]);
  });

  it('marks separate spans', () => {
    expect(show([span('steel', 'sector'), span('duty', 'topic')])).toEqual(['duty=topic', 'steel=sector']);
  });

  it('splits spans that overlap', () => {
    expect(show([span('25% duty', 'fact'), span('duty on Mexican', 'topic')])).toEqual(['25% =fact', 'duty=fact+topic', ' on Mexican=topic']);
  });

  it('keeps a span inside another', () => {
    expect(show([span('duty', 'topic'), span('A 25% duty on Mexican steel', 'development')])).toEqual(['A 25% =development', 'duty=development+topic', ' on Mexican steel=development']);
  });

  it('marks spans that meet without mixing them, and one key once', () => {
    expect(show([span('Mexican ', 'a'), span('steel', 'b'), span('steel', 'b')])).toEqual(['Mexican =a', 'steel=b']);
  });

  it('survives spans outside the text, reversed or not numbers', () => {
    const broken = [{ start: -5, end: 1, key: 'a' }, { start: 40, end: 999, key: 'b' }, { start: 9, end: 4, key: 'c' }, { start: Number.NaN, end: 2, key: 'd' }];
    const segments = segmentsOf(text, broken);
    expect(segments.map((segment) => segment.text).join('')).toBe(text);
    expect(segments[0]?.keys).toEqual(['d', 'a']);
    expect(segments.at(-1)?.keys).toEqual(['b']);
  });

  it('always gives the text back, whatever the spans', () => {
    for (let seed = 1; seed < 200; seed++) {
      const spans = Array.from({ length: seed % 12 }, (_, index) => ({ start: (seed * 7 + index * 13) % 60 - 5, end: (seed * 11 + index * 17) % 60, key: `k${index}` }));
      const segments = segmentsOf(text, spans);
      expect(segments.map((segment) => segment.text).join('')).toBe(text);
      for (const { start, text: part, keys } of segments) {
        const covering = spans.filter((one) => one.start <= start && one.end >= start + part.length && one.start < one.end).map(({ key }) => key);
        expect(keys.toSorted()).toEqual(covering.toSorted());
      }
    }
  });
});

describe('paragraphs', () => {
  const article = 'First one.\n\n\n\nSecond duty.\nSame paragraph.\n\nThird.';

  it('keep their offsets in the text', () => {
    for (const paragraph of paragraphsOf(article)) expect(article.slice(paragraph.start, paragraph.start + paragraph.text.length)).toBe(paragraph.text);
    expect(paragraphsOf(article).map((paragraph) => paragraph.text)).toEqual(['First one.', 'Second duty.\nSame paragraph.', 'Third.']);
  });

  it('get their part of the spans, also of one that crosses their border', () => {
    const [first, second] = paragraphsOf(article);
    const crossing = { start: 6, end: article.indexOf('duty') + 4, key: 'a' };
    expect(spansIn(first!, [crossing])).toEqual([{ key: 'a', start: 6, end: 10 }]);
    expect(spansIn(second!, [crossing])).toEqual([{ key: 'a', start: 0, end: 11 }]);
  });
});
