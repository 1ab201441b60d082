import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classify } from './classify-article.ts';
import { evaluate, type DimensionScores } from './evaluation.ts';
import { parseLabelledArticles } from './labelled-article.ts';
import { trainWeights } from './training.ts';
import { weightsSchema } from './weights.ts';

const file = 'libs/pipeline/classify/src/weights.json';
const gold = (name: string): ReturnType<typeof parseLabelledArticles> => parseLabelledArticles(readFileSync(`libs/taxonomy/gold/${name}.jsonl`, 'utf8'));
const f1 = (scores: DimensionScores): Record<string, number> => Object.fromEntries(Object.entries(scores).map(([dimension, { f1: value }]) => [dimension, Math.round(value * 1000) / 1000]));

describe('the learned weights', () => {
  it('are what the labelled articles and the phrases give', () => {
    const learned = trainWeights([...gold('train'), ...gold('held-out')]);
    if (process.env['UPDATE_WEIGHTS']) {
      const { context, ...models } = learned;
      const lines = (record: Readonly<Record<string, unknown>>): string => Object.entries(record).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`).join(',\n');
      const written = Object.entries(models).map(([name, model]) => ` ${JSON.stringify(name)}: {\n${lines(model)}\n }`);
      writeFileSync(file, `{\n${written.join(',\n')},\n "context": {\n${lines(context)}\n }\n}\n`);
    }
    expect(learned).toEqual(weightsSchema.parse(JSON.parse(readFileSync(file, 'utf8'))));
  }, 120_000);

  it('learned from one half carry over to the half held out', () => {
    const held = gold('held-out');
    const half = trainWeights(gold('train'));
    const scores = f1(evaluate(held, ({ title, text }) => classify({ title, text }, { weights: half })).overall);
    expect(scores['relevant']).toBeGreaterThan(0.95);
    expect(scores['sectors']).toBeGreaterThan(0.87);
    expect(scores['topics']).toBeGreaterThan(0.83);
    expect(scores['authorities']).toBeGreaterThan(0.81);
    expect(scores['jurisdictions']).toBeGreaterThan(0.87);
    expect(scores['kinds']).toBeGreaterThan(0.8);
    expect(scores['kindsWithStage']).toBeGreaterThan(0.69);
  }, 120_000);
});
