/** The learned part of the classifier: how much each feature counts. Made by training.ts from libs/taxonomy/gold/*.jsonl: `UPDATE_WEIGHTS=1 npx vitest run libs/pipeline/classify/src/training.spec.ts` writes it anew. */
import { z } from 'zod';
import type { TagContext } from './tag-context.ts';
import learned from './weights.json' with { type: 'json' };

const modelSchema = z.strictObject({
  /** By feature, in the order of the feature list. */
  weights: z.array(z.number()),
  /** What a tag is away from the rest of its kind, for tags seen often enough. */
  bias: z.record(z.string(), z.number()),
});
export type Model = z.infer<typeof modelSchema>;

const contextSchema = z.strictObject({ own: z.number(), named: z.number(), bias: z.number(), others: z.record(z.string(), z.number()) });

const modelNames = ['relevance', 'sector', 'topic', 'authority', 'jurisdiction', 'development', 'stage'] as const;
export type ModelName = (typeof modelNames)[number];
/** Models over the places of a tag's own phrases, then each tag's weights over the rest of the article. */
export type Weights = Record<ModelName, Model> & { readonly context: Readonly<Record<string, TagContext>> };

export const weightsSchema = z.strictObject({
  relevance: modelSchema, sector: modelSchema, topic: modelSchema, authority: modelSchema, jurisdiction: modelSchema, development: modelSchema, stage: modelSchema,
  context: z.record(z.string(), contextSchema),
});

/** The weights as shipped. */
export const weights: Weights = weightsSchema.parse(learned);

/** The probability a model gives a row of features (`width` numbers from `at`). */
export function probability(model: Model, rows: Float64Array, at: number, width: number, id: string): number {
  return 1 / (1 + Math.exp(-logit(model, rows, at, width, id)));
}

export function logit(model: Model, rows: Float64Array, at: number, width: number, id: string): number {
  let sum = model.bias[id] ?? 0;
  for (let index = 0; index < width; index++) sum += (model.weights[index] ?? 0) * rows[at + index]!;
  return sum;
}
