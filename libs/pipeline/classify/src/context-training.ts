/**
 * Learns each tag's weights over the rest of the article: logistic regression with an L1 pull, so that most weights end at 0 and those that
 * stay can be read. From zero and in a fixed order, so that the same articles give the same weights.
 */
import type { TagContext } from './tag-context.ts';

/** One article as one tag sees it. */
export interface ContextExample {
  /** The logit of the tag's own phrases, bounded; undefined without any. */
  readonly own: number | undefined;
  readonly at: Int32Array;
  readonly value: Float64Array;
  readonly yes: boolean;
}

/** Pull of the weights of other entries towards zero; chosen by cross-validation. */
export const CONTEXT_PULL = { tag: { l1: 0.2, l2: 3 }, kind: { l1: 0.3, l2: 8 }, stage: { l1: 0.3, l2: 8 }, relevance: { l1: 0.3, l2: 4 } };
const OWN_PULL = 1;
export type ContextFamily = keyof typeof CONTEXT_PULL;
const ROUNDS = 250;
const FEWEST_YES = 4;

/** The weights of one tag; undefined where too few articles carry it to learn from. */
export function learnContext(examples: readonly ContextExample[], names: readonly string[], family: ContextFamily): TagContext | undefined {
  const yes = examples.reduce((sum, example) => sum + (example.yes ? 1 : 0), 0);
  if (yes < FEWEST_YES) return undefined;
  const width = names.length;
  const weights = new Float64Array(width);
  const ahead = new Float64Array(width);
  const slope = new Float64Array(width);
  /** own, named, bias */
  const head = [1, 0, 0];
  const headAhead = [1, 0, 0];
  let reach = 0;
  for (const { own, value } of examples) {
    let norm = 2 + (own ?? 0) ** 2;
    for (const each of value) norm += each * each;
    if (norm > reach) reach = norm;
  }
  const rate = 4 / (reach * Math.sqrt(examples.length) * 2);
  const { l1, l2 } = CONTEXT_PULL[family];
  for (let round = 1; round <= ROUNDS; round++) {
    slope.fill(0);
    const headSlope = [OWN_PULL * (headAhead[0]! - 1), OWN_PULL * headAhead[1]!, 0];
    for (const { own, at, value, yes: right } of examples) {
      let sum = headAhead[2]! + (own === undefined ? 0 : headAhead[1]! + headAhead[0]! * own);
      for (let index = 0; index < at.length; index++) sum += ahead[at[index]!]! * value[index]!;
      const error = 1 / (1 + Math.exp(-sum)) - (right ? 1 : 0);
      for (let index = 0; index < at.length; index++) slope[at[index]!]! += error * value[index]!;
      if (own !== undefined) {
        headSlope[0]! += error * own;
        headSlope[1]! += error;
      }
      headSlope[2]! += error;
    }
    const momentum = (round - 1) / (round + 2);
    for (let index = 0; index < width; index++) {
      const moved = ahead[index]! - rate * (slope[index]! + l2 * ahead[index]!);
      const step = Math.abs(moved) <= rate * l1 ? 0 : moved - Math.sign(moved) * rate * l1;
      ahead[index] = step + momentum * (step - weights[index]!);
      weights[index] = step;
    }
    for (let index = 0; index < 3; index++) {
      const step = headAhead[index]! - rate * headSlope[index]!;
      headAhead[index] = step + momentum * (step - head[index]!);
      head[index] = step;
    }
  }
  const rounded = (value: number): number => Math.round(value * 1000) / 1000 || 0;
  const others: Record<string, number> = {};
  for (let index = 0; index < width; index++) if (Math.abs(weights[index]!) >= 0.02) others[names[index]!] = rounded(weights[index]!);
  return { own: rounded(head[0]!), named: rounded(head[1]!), bias: rounded(head[2]!), others };
}
