import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classify } from './classify-article.ts';
import { evaluate, evaluationDimensions } from './evaluation.ts';
import { parseLabelledArticles, type LabelledArticle } from './labelled-article.ts';

const labelled = (over: Partial<LabelledArticle['labels']>, title: string): LabelledArticle => ({
  id: title, language: 'en', title, text: '',
  labels: { relevant: true, sectors: [], topics: [], authorities: [], jurisdictions: [], developments: [], ...over },
});

describe('the evaluation', () => {
  it('counts pairs of article and tag, and names the words behind a wrong tag', () => {
    const article = labelled({ topics: ['labor'], sectors: ['steel-aluminum'], authorities: ['s232'], jurisdictions: ['CA', 'US'] }, 'Steel tariffs on Canada');
    const { overall, byLanguage, tags } = evaluate([article]);
    expect(overall.sectors).toMatchObject({ precision: 1, recall: 1, f1: 1, right: 1 });
    expect(overall.topics).toMatchObject({ right: 0, missed: 1 });
    expect(byLanguage['en']).toEqual(overall);
    const wrong = tags.find(({ tag }) => tag === 'tariff-measures');
    expect(wrong).toMatchObject({ dimension: 'topics', score: { precision: 0, wrong: 1 }, byLanguage: { en: { wrong: 1 } }, wrong: [{ id: article.id, index: 0 }] });
    expect(wrong?.wrong[0]?.evidence.map(({ text }) => text).join()).toMatch(/tariffs/i);
    expect(tags.find(({ tag }) => tag === 'labor')).toMatchObject({ score: { recall: 0 }, missed: [{ id: article.id, index: 0 }] });
    expect(tags.find(({ tag }) => tag === 'steel-aluminum')).toMatchObject({ score: { f1: 1 }, wrong: [], missed: [] });
  });

  it('names the line of a gold file that cannot be read', () => {
    expect(() => parseLabelledArticles('\n{"id": 3}\n')).toThrow(/^line 2: .*id/);
    expect(() => parseLabelledArticles('{]')).toThrow('line 1: not JSON');
  });

  it('holds the line on our own labelled articles', () => {
    const { overall, articles } = evaluate(['train', 'held-out'].flatMap((name) => parseLabelledArticles(readFileSync(`libs/taxonomy/gold/${name}.jsonl`, 'utf8'))));
    expect(articles).toBeGreaterThanOrEqual(900);
    expect(overall.relevant.f1).toBeGreaterThan(0.97);
    expect(overall.sectors.f1).toBeGreaterThan(0.9);
    expect(overall.topics.f1).toBeGreaterThan(0.9);
    expect(overall.jurisdictions.f1).toBeGreaterThan(0.92);
    expect(overall.kindsWithStage.f1).toBeGreaterThan(0.8);
  });

  it('holds the line on the shared sample where it is at hand, on our own articles elsewhere', () => {
    const shared = '../shared/gold/dev.jsonl';
    const [file, floor] = existsSync(shared)
      ? [shared, { relevant: 0.97, sectors: 0.88, topics: 0.91, authorities: 0.94, jurisdictions: 0.94, kinds: 0.88, kindsWithStage: 0.8 }]
      : ['libs/taxonomy/gold/train.jsonl', { relevant: 0.95, sectors: 0.82, topics: 0.82, authorities: 0.8, jurisdictions: 0.88, kinds: 0.8, kindsWithStage: 0.66 }];
    const { overall } = evaluate(parseLabelledArticles(readFileSync(file, 'utf8')));
    for (const dimension of evaluationDimensions) expect([dimension, overall[dimension].f1 >= floor[dimension]]).toEqual([dimension, true]);
  });

  it('finds every trade notice of the shared corpus and calls few others relevant, where it is at hand', () => {
    const shared = '../shared/corpus/federal-register.jsonl';
    const notices = existsSync(shared)
      ? readFileSync(shared, 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { title: string; text: string })
      : [{ title: 'Certain Steel Racks From China: Antidumping Duty Order', text: '' }, { title: 'Safety Zone; Fireworks, Lake Erie', text: '' }];
    const trade = /antidumping|countervailing dut|less-than-fair-value|section (232|301|201|337)\b|usmca|customs broker|customs operations|tariff-rate quota/i;
    const elsewhere = /safety zone|airworthiness|medicare|privacy act|endangered|fisheries of|veterans|student|clean air|nuclear|pesticide|marine mammals|radio broadcasting|drawbridge/i;
    const judged = notices.map((notice) => ({ title: notice.title, relevant: classify(notice).relevant }));
    expect(judged.filter(({ title, relevant }) => trade.test(title) && !relevant).map(({ title }) => title)).toEqual([]);
    const others = judged.filter(({ title }) => elsewhere.test(title) && !trade.test(title));
    expect(others.filter(({ relevant }) => relevant).length / others.length).toBeLessThan(0.02);
  }, 120_000);
});
