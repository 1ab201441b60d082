import { taxonomy } from '@tradewatch/taxonomy';
import { describe, expect, it } from 'vitest';
import { candidateScores } from './candidate-scores.ts';
import { classify } from './classify-article.ts';

const article = {
  title: 'United States imposes 35 percent tariff on trucks from Mexico',
  text: 'The duty on heavy trucks takes effect today. Dealers of farm machinery and steel mills watch; a library in Texas extends its hours.',
};

describe('the scores of candidates', () => {
  it('have every tag that rests on words, given or not', () => {
    const scores = candidateScores(article);
    const { sectors, topics } = classify(article);
    expect(scores.get('relevant')!.score).toBeGreaterThanOrEqual(scores.get('relevant')!.threshold);
    for (const [dimension, tags] of [['sectors', sectors], ['topics', topics]] as const) {
      for (const { id, evidence } of tags.filter((tag) => tag.evidence.length > 0)) expect([id, scores.get(`${dimension} ${id}`)!.score > 0, evidence.length > 0]).toEqual([id, true, true]);
    }
    const missed = scores.get('sectors steel-aluminum')!;
    expect(missed.score).toBeLessThan(missed.threshold);
    expect(missed.phrases.join()).toMatch(/steel|mill/);
    expect(scores.has('sectors pharma-medical')).toBe(false);
  });

  it('change nothing in the taxonomy they look through', () => {
    const before = JSON.stringify([taxonomy().scoring, taxonomy().entries.slice(0, 50)]);
    candidateScores(article);
    expect(JSON.stringify([taxonomy().scoring, taxonomy().entries.slice(0, 50)])).toBe(before);
    expect(classify(article)).toEqual(classify(article));
  });
});
