/**
 * Learns the weights of weights.json from labelled articles: plain logistic regression by gradient descent, from zero, in a fixed order,
 * so that the same articles and phrases give the same weights. Only places and counts are learned, never words.
 */
import { developmentKinds, developmentStages, type DevelopmentKind, type DevelopmentStage } from '@tradewatch/events';
import { taxonomy as shippedTaxonomy, type CompiledTaxonomy } from '@tradewatch/taxonomy';
import { ArticleScan } from './article-scan.ts';
import { applyCloseCalls } from './close-calls.ts';
import { logOdds } from './developments.ts';
import { KINDS, STAGES, DevelopmentEvidence, kindFeatures, stageFeatures } from './development-features.ts';
import { learnContext, type ContextExample } from './context-training.ts';
import type { LabelledArticle } from './labelled-article.ts';
import { RELEVANT, relevanceFeatures, relevanceRow } from './relevance.ts';
import { tagCandidates, tagFeatures, tagKinds, type TagKind } from './tag-features.ts';
import { bounded, contextFeatures, contextJurisdictions, contextLayout, type TagContext } from './tag-context.ts';
import { decideTags, impliedKinds } from './tag-decision.ts';
import { logit, type Model, type ModelName, type Weights } from './weights.ts';

interface Example {
  readonly row: readonly number[];
  readonly id: string;
  readonly yes: boolean;
  readonly weight: number;
}

/** Pull towards zero: weights of features little, what sets one tag apart more. */
interface Pull {
  readonly weights: number;
  readonly bias: number;
}

/** Chosen by training on either half of the labelled articles and scoring the other. */
export const pulls: Record<ModelName, Pull> = {
  relevance: { weights: 0.5, bias: 100 },
  sector: { weights: 0.5, bias: 4 },
  topic: { weights: 0.5, bias: 2 },
  authority: { weights: 0.5, bias: 2 },
  jurisdiction: { weights: 0.5, bias: 2 },
  development: { weights: 1, bias: 2 },
  stage: { weights: 0.5, bias: 2 },
};

const ROUNDS = 1500;

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function rounded(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

/** Logistic regression by Nesterov's accelerated gradient. */
function learn(examples: readonly Example[], width: number, pull: Pull): Model {
  const ids = [...new Set(examples.map(({ id }) => id))].sort();
  const reach = Math.max(...examples.map(({ row, weight }) => weight * (1 + row.reduce((sum, value) => sum + value * value, 0))), 1);
  const rate = 1 / (reach / 4 + Math.max(pull.weights, pull.bias));
  const idAt = new Map(ids.map((id, index) => [id, width + index]));
  const size = width + ids.length;
  const values = new Float64Array(size);
  const ahead = new Float64Array(size);
  const slope = new Float64Array(size);
  const total = examples.reduce((sum, { weight }) => sum + weight, 0) || 1;
  for (let round = 1; round <= ROUNDS; round++) {
    slope.fill(0);
    for (const { row, id, yes, weight } of examples) {
      const at = idAt.get(id)!;
      let sum = ahead[at]!;
      for (let index = 0; index < width; index++) sum += ahead[index]! * row[index]!;
      const error = (sigmoid(sum) - (yes ? 1 : 0)) * weight;
      for (let index = 0; index < width; index++) slope[index]! += error * row[index]!;
      slope[at]! += error;
    }
    const momentum = (round - 1) / (round + 2);
    for (let index = 0; index < size; index++) {
      const step = ahead[index]! - rate * (slope[index]! / total + ((index < width ? pull.weights : pull.bias) * ahead[index]!) / total);
      ahead[index] = step + momentum * (step - values[index]!);
      values[index] = step;
    }
  }
  const bias: Record<string, number> = {};
  for (const id of ids) if (id !== '' && Math.abs(values[idAt.get(id)!]!) >= 0.01) bias[id] = rounded(values[idAt.get(id)!]!);
  return { weights: [...values.subarray(0, width)].map(rounded), bias };
}

interface StageExample {
  /** One row per stage. */
  readonly rows: readonly (readonly number[])[];
  readonly ids: readonly string[];
  readonly right: readonly number[];
}

/** Multinomial logistic regression with weights shared by the stages. */
function learnStages(examples: readonly StageExample[], pull: Pull): Model {
  const width = stageFeatures.length;
  const ids = developmentKinds.flatMap((kind) => developmentStages.map((stage) => `${kind}/${stage}`));
  const idAt = new Map(ids.map((id, index) => [id, width + index]));
  const size = width + ids.length;
  const reach = Math.max(...examples.flatMap(({ rows }) => rows.map((row) => 1 + row.reduce((sum, value) => sum + value * value, 0))), 1);
  const rate = 1 / (reach / 2 + Math.max(pull.weights, pull.bias));
  const values = new Float64Array(size);
  const ahead = new Float64Array(size);
  const slope = new Float64Array(size);
  const total = examples.length || 1;
  for (let round = 1; round <= ROUNDS; round++) {
    slope.fill(0);
    for (const { rows, ids: rowIds, right } of examples) {
      const odds = rows.map((row, stage) => {
        let sum = ahead[idAt.get(rowIds[stage]!)!]!;
        for (let index = 0; index < width; index++) sum += ahead[index]! * row[index]!;
        return Math.exp(sum);
      });
      const all = odds.reduce((sum, each) => sum + each, 0);
      rows.forEach((row, stage) => {
        const error = odds[stage]! / all - (right.includes(stage) ? 1 / right.length : 0);
        for (let index = 0; index < width; index++) slope[index]! += error * row[index]!;
        slope[idAt.get(rowIds[stage]!)!]! += error;
      });
    }
    const momentum = (round - 1) / (round + 2);
    for (let index = 0; index < size; index++) {
      const step = ahead[index]! - rate * (slope[index]! / total + (index < width ? pull.weights : pull.bias) * ahead[index]! / total);
      ahead[index] = step + momentum * (step - values[index]!);
      values[index] = step;
    }
  }
  const bias: Record<string, number> = {};
  for (const id of ids) if (Math.abs(values[idAt.get(id)!]!) >= 0.01) bias[id] = rounded(values[idAt.get(id)!]!);
  return { weights: [...values.subarray(0, width)].map(rounded), bias };
}

const dimensionOf: Readonly<Record<TagKind, 'sectors' | 'topics' | 'authorities' | 'jurisdictions'>> = { sector: 'sectors', topic: 'topics', authority: 'authorities', jurisdiction: 'jurisdictions' };

/** The weights that the labelled articles give under a taxonomy. */
export function trainWeights(articles: readonly LabelledArticle[], taxonomy: CompiledTaxonomy = shippedTaxonomy()): Weights {
  const scan = new ArticleScan(taxonomy);
  const relevanceExamples: Example[] = [];
  const tagExamples: Record<TagKind, Example[]> = { sector: [], topic: [], authority: [], jurisdiction: [] };
  for (const { title, text, labels } of articles) {
    scan.read({ title, text });
    relevanceExamples.push({ row: [...relevanceRow(scan)], id: '', yes: labels.relevant, weight: labels.relevant ? 1 : 1.5 });
    if (!labels.relevant) continue;
    for (const kind of tagKinds) {
      const candidates = tagCandidates(scan, kind);
      const right = new Set<string>(labels[dimensionOf[kind]]);
      for (let at = 0; at < candidates.count; at++) {
        const { id } = taxonomy.entries[candidates.entries[at]!]!;
        tagExamples[kind].push({ row: [...candidates.rows.subarray(at * tagFeatures.length, (at + 1) * tagFeatures.length)], id, yes: right.has(id), weight: 1 });
      }
    }
  }
  const none: Model = { weights: [], bias: {} };
  const learned: Weights = {
    relevance: learn(relevanceExamples, relevanceFeatures.length, pulls.relevance),
    sector: learn(tagExamples.sector, tagFeatures.length, pulls.sector),
    topic: learn(tagExamples.topic, tagFeatures.length, pulls.topic),
    authority: learn(tagExamples.authority, tagFeatures.length, pulls.authority),
    jurisdiction: learn(tagExamples.jurisdiction, tagFeatures.length, pulls.jurisdiction),
    development: none,
    stage: none,
    context: {},
  };
  const inContext: Weights = { ...learned, context: trainContext(articles, scan, learned) };
  return { ...inContext, ...trainDevelopments(articles, scan, inContext) };
}

/** Each tag's weights over the rest of the article, for the tags seen often enough. */
function trainContext(articles: readonly LabelledArticle[], scan: ArticleScan, learned: Weights): Record<string, TagContext> {
  const { taxonomy } = scan;
  const { names } = contextLayout(taxonomy);
  const examples = new Map<string, ContextExample[]>();
  for (const { title, text, labels } of articles) {
    scan.read({ title, text });
    contextFeatures.read(scan);
    add(examples, RELEVANT, { own: bounded(logit(learned.relevance, relevanceRow(scan), 0, relevanceFeatures.length, '')), at: contextFeatures.at.slice(0, contextFeatures.count), value: contextFeatures.value.slice(0, contextFeatures.count), yes: labels.relevant });
    if (!labels.relevant) continue;
    const at = contextFeatures.at.slice(0, contextFeatures.count);
    const value = contextFeatures.value.slice(0, contextFeatures.count);
    for (const kind of tagKinds) {
      const candidates = tagCandidates(scan, kind);
      const right = new Set<string>(labels[dimensionOf[kind]]);
      const own = new Map<string, number>();
      for (let each = 0; each < candidates.count; each++) {
        const { id } = taxonomy.entries[candidates.entries[each]!]!;
        own.set(id, bounded(logit(learned[kind], candidates.rows, each * tagFeatures.length, tagFeatures.length, id)));
      }
      taxonomy.entries.forEach(({ id }, index) => {
        if (taxonomy.kinds[index] !== kind || (kind === 'jurisdiction' && !(contextJurisdictions as readonly string[]).includes(id))) return;
        if (!own.has(id) && !impliedKinds[kind]) return;
        add(examples, id, { own: own.get(id), at, value, yes: right.has(id) });
      });
    }
  }
  return contextsOf(examples, names);
}

function add(examples: Map<string, ContextExample[]>, id: string, example: ContextExample): void {
  let list = examples.get(id);
  if (!list) examples.set(id, (list = []));
  list.push(example);
}

function contextsOf(examples: ReadonlyMap<string, readonly ContextExample[]>, names: readonly string[]): Record<string, TagContext> {
  const contexts: Record<string, TagContext> = {};
  for (const [id, list] of examples) {
    const context = learnContext(list, names, id === RELEVANT ? 'relevance' : id.includes('/') ? 'stage' : (developmentKinds as readonly string[]).includes(id) ? 'kind' : 'tag');
    if (context) contexts[id] = context;
  }
  return contexts;
}

function trainDevelopments(articles: readonly LabelledArticle[], scan: ArticleScan, learned: Weights): Pick<Weights, 'development' | 'stage' | 'context'> {
  const evidence = new DevelopmentEvidence();
  const beside: { readonly at: Int32Array; readonly value: Float64Array }[] = [];
  const kindBeside: number[] = [];
  const stageBeside: number[] = [];
  const kindExamples: Example[] = [];
  const stageExamples: StageExample[] = [];
  for (const { title, text, labels } of articles) {
    if (!labels.relevant) continue;
    scan.read({ title, text });
    const decision = decideTags(scan, learned);
    applyCloseCalls(decision, scan, title);
    evidence.read(scan, decision, title);
    beside.push({ at: contextFeatures.at.slice(0, contextFeatures.count), value: contextFeatures.value.slice(0, contextFeatures.count) });
    for (let kind = 0; kind < KINDS; kind++) {
      const name: DevelopmentKind = developmentKinds[kind]!;
      const right = labels.developments.filter((development) => development.kind === name).map(({ stage }) => developmentStages.indexOf(stage as DevelopmentStage));
      if (evidence.open[kind] === 1) {
        kindExamples.push({ row: [...evidence.kindRows.subarray(kind * kindFeatures.length, (kind + 1) * kindFeatures.length)], id: name, yes: right.length > 0, weight: 1 });
        kindBeside.push(beside.length - 1);
      }
      if (right.length === 0) continue;
      const rows = developmentStages.map((_, stage) => {
        const at = (kind * STAGES + stage) * stageFeatures.length;
        return [...evidence.stageRows.subarray(at, at + stageFeatures.length)];
      });
      stageExamples.push({ rows, ids: developmentStages.map((stage) => `${name}/${stage}`), right });
      stageBeside.push(beside.length - 1);
    }
  }
  const development = learn(kindExamples, kindFeatures.length, pulls.development);
  const stage = learnStages(stageExamples, pulls.stage);
  const examples = new Map<string, ContextExample[]>();
  kindExamples.forEach(({ row, id, yes }, index) => {
    add(examples, id, { ...beside[kindBeside[index]!]!, own: bounded(logit(development, Float64Array.from(row), 0, kindFeatures.length, id)), yes });
  });
  stageExamples.forEach(({ rows, ids, right }, index) => {
    const odds = rows.map((row, each) => Math.exp(logit(stage, Float64Array.from(row), 0, stageFeatures.length, ids[each]!)));
    const all = odds.reduce((sum, each) => sum + each, 0);
    odds.forEach((each, at) => add(examples, ids[at]!, { ...beside[stageBeside[index]!]!, own: logOdds(each / all), yes: right.includes(at) }));
  });
  return { development, stage, context: { ...learned.context, ...contextsOf(examples, contextLayout(scan.taxonomy).names) } };
}
