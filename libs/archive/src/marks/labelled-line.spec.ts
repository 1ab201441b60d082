import { describe, expect, it } from 'vitest';
import { labelledLine, type MarkedRevision } from './labelled-line.ts';

const marked = (over: Partial<MarkedRevision> = {}): MarkedRevision => ({
  articleId: 'a1', revision: 2, language: 'en', title: 'Steel duties', text: 'Text.', publishedAt: new Date('2026-07-01T00:00:00Z'), relevant: true,
  sectors: ['steel-aluminum', 'energy'], topics: ['tariff-measures'], authorities: [], jurisdictions: ['US'], developments: ['tariff:proposed'], taxonomyVersion: 'v1', marks: [], ...over,
});

describe('a marked revision as a labelled line', () => {
  it('has the classifier\'s tags without the wrong ones and with the missing ones', () => {
    expect(labelledLine(marked({
      marks: [
        { dimension: 'sector', tag: 'energy', verdict: 'wrong' }, { dimension: 'sector', tag: 'steel-aluminum', verdict: 'right' },
        { dimension: 'authority', tag: 's232', verdict: 'missing' }, { dimension: 'development', tag: 'tariff:proposed', verdict: 'wrong' },
        { dimension: 'development', tag: 'tariff:in-effect', verdict: 'missing' },
      ],
    }))).toEqual({
      id: 'a1#2', language: 'en', title: 'Steel duties', text: 'Text.', published: '2026-07-01T00:00:00.000Z', taxonomyVersion: 'v1',
      labels: { relevant: true, sectors: ['steel-aluminum'], topics: ['tariff-measures'], authorities: ['s232'], jurisdictions: ['US'], developments: [{ kind: 'tariff', stage: 'in-effect' }] },
      judged: ['authority s232', 'development tariff:in-effect', 'development tariff:proposed', 'sector energy', 'sector steel-aluminum'],
    });
  });

  it('takes the later word where two disagree', () => {
    const marks: MarkedRevision['marks'] = [{ dimension: 'sector', tag: 'energy', verdict: 'wrong' }, { dimension: 'sector', tag: 'energy', verdict: 'right' }];
    expect(labelledLine(marked({ marks })).labels.sectors).toEqual(['steel-aluminum', 'energy']);
    expect(labelledLine(marked({ marks: marks.toReversed() })).labels.sectors).toEqual(['steel-aluminum']);
  });

  it('has no tags when it is not about trade policy after all', () => {
    expect(labelledLine(marked({ marks: [{ dimension: 'relevant', tag: 'relevant', verdict: 'wrong' }] })).labels).toEqual({ relevant: false, sectors: [], topics: [], authorities: [], jurisdictions: [], developments: [] });
  });

  it('is about trade policy when a tag of it was missing', () => {
    const none = { relevant: false, sectors: [], topics: [], jurisdictions: [], developments: [] };
    expect(labelledLine(marked({ ...none, marks: [{ dimension: 'topic', tag: 'labor', verdict: 'missing' }] })).labels).toMatchObject({ relevant: true, topics: ['labor'] });
    expect(labelledLine(marked({ ...none, marks: [{ dimension: 'topic', tag: 'labor', verdict: 'wrong' }] })).labels).toMatchObject({ relevant: false, topics: [] });
  });
});
