/** What an article reports as happening: which kinds of step, at what stage, and the sentence that tells it. */
import { developmentKinds, developmentStages, type DevelopmentKind, type DevelopmentStage } from '@tradewatch/events';
import type { ArticleScan } from './article-scan.ts';
import { DevelopmentEvidence, KINDS, STAGES, kindFeatures, stageFeatures } from './development-features.ts';
import type { Decision } from './tag-decision.ts';
import { logit, probability, weights, type Weights } from './weights.ts';

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
const logits = new Float64Array(STAGES);

export function findDevelopments(scan: ArticleScan, decision: Decision, title: string, learned: Weights = weights): FoundDevelopment[] {
  developmentEvidence.read(scan, decision, title);
  const { kindRows, stageRows, open, sentence } = developmentEvidence;
  const found: FoundDevelopment[] = [];
  for (let kind = 0; kind < KINDS; kind++) {
    if (open[kind] === 0) continue;
    const kindName = developmentKinds[kind]!;
    const likely = probability(learned.development, kindRows, kind * kindFeatures.length, kindFeatures.length, kindName);
    if (likely < NEEDED) continue;
    let sum = 0;
    for (let stage = 0; stage < STAGES; stage++) {
      const cell = kind * STAGES + stage;
      logits[stage] = Math.exp(logit(learned.stage, stageRows, cell * stageFeatures.length, stageFeatures.length, `${kindName}/${developmentStages[stage]!}`));
      sum += logits[stage]!;
    }
    let best = 0;
    for (let stage = 1; stage < STAGES; stage++) if (logits[stage]! > logits[best]!) best = stage;
    for (let stage = 0; stage < STAGES; stage++) {
      const share = logits[stage]! / sum;
      if (stage !== best && share < SECOND_NEEDED) continue;
      found.push({ kind: kindName, stage: developmentStages[stage]!, score: likely * share, sentence: sentence[kind * STAGES + stage]! });
    }
  }
  // A panel on a remedy is a step of the dispute; the duty stays what it was until the case is over.
  const panel = found.some(({ kind }) => kind === 'dispute') && decision.topics.has('trade-remedies') && decision.topics.has('dispute-settlement');
  return panel ? found.filter(({ kind }) => kind !== 'tariff') : found;
}
