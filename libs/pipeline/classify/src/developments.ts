/** What an article reports as happening: which kinds of step, at what stage, and the sentence that tells it. */
import { developmentKinds, developmentStages, type DevelopmentKind, type DevelopmentStage } from '@tradewatch/events';
import type { ArticleScan } from './article-scan.ts';
import { DevelopmentEvidence, KINDS, STAGES, kindFeatures, stageFeatures } from './development-features.ts';
import type { Decision } from './tag-decision.ts';
import { contextFeatures, contextLogit, layOut } from './tag-context.ts';
import { logit, weights, type Model, type Weights } from './weights.ts';

/** A development found, with the sentence that tells it (0 is the title). */
export interface FoundDevelopment {
  readonly kind: DevelopmentKind;
  readonly stage: DevelopmentStage;
  readonly score: number;
  readonly sentence: number;
}

const NEEDED = 0.5;
/** A second stage of the same kind must be nearly as likely as the first. */
const SECOND_NEEDED = 0.36;

export const developmentEvidence = new DevelopmentEvidence();
/** "tariff/proposed" and the like, by kind and stage. */
const STAGE_NAMES = developmentKinds.map((kind) => developmentStages.map((stage) => `${kind}/${stage}`));
const told = new Float64Array(STAGES);
const shares = new Float64Array(STAGES);
/** How much less likely a stage is that too few labelled articles show for its kind. */
const UNSEEN = 2;

/** How sure a stage is that the title of a notice tells. */
const TOLD_BY_NOTICE = 0.9;

/** What the title of a notice in a remedy case says was done: the first of its terms tells; undefined for other titles. */
function noticeStage(scan: ArticleScan): DevelopmentStage | 'none' | undefined {
  const { taxonomy } = scan;
  if (scan.language !== 'en') return undefined;
  for (let hit = 0; hit < scan.count && scan.hitSentence[hit] === 0; hit++) {
    const [head, stage] = taxonomy.entries[taxonomy.phraseEntry[scan.hitPhrase[hit]!]!]!.id.split('/');
    if (head !== 'notice') continue;
    return stage === 'none' ? stage : developmentStages.find((each) => each === stage);
  }
  return undefined;
}

/** How likely each stage is by the sentences that tell it, into `into`; they add up to 1. */
export function stageShares(model: Model, rows: Float64Array, kind: number, into: Float64Array): void {
  const width = stageFeatures.length;
  let sum = 0;
  for (let stage = 0; stage < STAGES; stage++) {
    into[stage] = Math.exp(logit(model, rows, (kind * STAGES + stage) * width, width, STAGE_NAMES[kind]![stage]!));
    sum += into[stage]!;
  }
  for (let stage = 0; stage < STAGES; stage++) into[stage]! /= sum;
}

export function logOdds(share: number): number {
  const kept = Math.min(Math.max(share, 0.007), 0.993);
  return Math.log(kept / (1 - kept));
}

export function findDevelopments(scan: ArticleScan, decision: Decision, title: string, learned: Weights = weights): FoundDevelopment[] {
  developmentEvidence.read(scan, decision, title);
  const { kindRows, stageRows, open, sentence } = developmentEvidence;
  const { byName: contexts } = layOut(learned.context, scan.taxonomy);
  const found: FoundDevelopment[] = [];
  for (let kind = 0; kind < KINDS; kind++) {
    if (open[kind] === 0) continue;
    const kindName = developmentKinds[kind]!;
    const own = logit(learned.development, kindRows, kind * kindFeatures.length, kindFeatures.length, kindName);
    const context = contexts.get(kindName);
    const likely = 1 / (1 + Math.exp(-(context ? contextLogit(context, contextFeatures, own) : own)));
    if (likely < NEEDED) continue;
    stageShares(learned.stage, stageRows, kind, told);
    let sum = 0;
    for (let stage = 0; stage < STAGES; stage++) {
      const alone = logOdds(told[stage]!);
      const beside = contexts.get(STAGE_NAMES[kind]![stage]!);
      shares[stage] = 1 / (1 + Math.exp(-(beside ? contextLogit(beside, contextFeatures, alone) : alone - UNSEEN)));
      sum += shares[stage]!;
    }
    let best = 0;
    for (let stage = 1; stage < STAGES; stage++) if (shares[stage]! > shares[best]!) best = stage;
    for (let stage = 0; stage < STAGES; stage++) {
      const share = shares[stage]! / sum;
      if (stage !== best && share < SECOND_NEEDED) continue;
      found.push({ kind: kindName, stage: developmentStages[stage]!, score: likely * share, sentence: sentence[kind * STAGES + stage]! });
    }
  }
  const notice = decision.topics.has('trade-remedies') ? noticeStage(scan) : undefined;
  if (notice !== undefined) {
    const others = found.filter(({ kind }) => kind !== 'tariff');
    return notice === 'none' || others.length > 0 ? others : [{ kind: 'tariff', stage: notice, score: TOLD_BY_NOTICE, sentence: 0 }];
  }
  // A panel on a remedy is a step of the dispute; the duty stays what it was until the case is over.
  const panel = found.some(({ kind }) => kind === 'dispute') && decision.topics.has('trade-remedies') && decision.topics.has('dispute-settlement');
  return panel ? found.filter(({ kind }) => kind !== 'tariff') : found;
}
