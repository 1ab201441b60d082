import type { Evidence } from '@tradewatch/events';
import { describe, expect, it } from 'vitest';
import { passagesOf } from './passages.ts';

const find = (field: 'title' | 'text', source: string, ...words: string[]): Evidence[] => words.map((word) => ({ field, start: source.indexOf(word), end: source.indexOf(word) + word.length, text: word }));
const marked = ({ text, spans }: { text: string; spans: readonly { start: number; end: number }[] }): string[] => spans.map(({ start, end }) => text.slice(start, end));

describe('the passages that speak for a tag', () => {
  const title = 'Duties on steel rise';
  const filler = 'words of no weight '.repeat(20);
  const text = `${filler}The mills near Monterrey make steel pipe\nand rebar. ${filler}Aluminum foil came later. ${filler}`;

  it('are the title and pieces of the text, with the evidence where it stands', () => {
    const passages = passagesOf({ title, text }, [...find('title', title, 'steel'), ...find('text', text, 'Aluminum foil', 'steel pipe', 'mills')]);
    expect(passages.map(({ field }) => field)).toEqual(['title', 'text', 'text']);
    expect(passages.map(marked)).toEqual([['steel'], ['mills', 'steel pipe'], ['Aluminum foil']]);
    expect(passages[1]!.text).toMatch(/^…(words|of|no|weight) .*make steel pipe and rebar\. .*…$/);
    expect(passages[1]!.text.length).toBeLessThan(260);
  });

  it('leave out evidence that lies outside the text, and end with the text', () => {
    expect(passagesOf({ title: '', text: 'steel' }, [...find('text', 'steel', 'steel'), { field: 'text', start: 3, end: 90, text: 'x' }])).toEqual([{ field: 'text', text: 'steel', spans: [{ start: 0, end: 5 }] }]);
    expect(passagesOf({ title: '', text: '' }, [])).toEqual([]);
  });

  it('stay short however long a sentence or a word is', () => {
    const long = `a${'b'.repeat(5_000)} c`;
    const [passage] = passagesOf({ title: '', text: long }, [{ field: 'text', start: 0, end: 5_001, text: '' }]);
    expect(passage!.text.length).toBeLessThan(800);
    for (const { end } of passage!.spans) expect(end).toBeLessThanOrEqual(passage!.text.length);
    expect(passage!.spans[0]!.start).toBe(0);
  });
});

