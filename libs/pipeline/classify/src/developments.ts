/** What an article reports as happening: each sentence's measure, verbs and tense, weighed by where it stands. */
import { developmentKinds, developmentStages, type DevelopmentKind, type DevelopmentStage } from '@tradewatch/events';
import type { CompiledTaxonomy } from '@tradewatch/taxonomy';
import type { ArticleScan } from './article-scan.ts';
import type { Decision } from './tag-decision.ts';

const KINDS = developmentKinds.length;
const STAGES = developmentStages.length;
const MOST_SENTENCES = 40;
/** Columns of a sentence's row: kinds × stages told whole, stages told by a verb, objects by kind, then how it is told. */
const VERBS = KINDS * STAGES;
const OBJECTS = VERBS + STAGES;
const RECALLED = OBJECTS + KINDS;
const DENIED = RECALLED + 1;
const OFFICIAL = DENIED + 1;
const COMMENTARY = OFFICIAL + 1;
const ROW = COMMENTARY + 1;

const objectEntries: Readonly<Record<string, DevelopmentKind>> = {
  'tariff-measures': 'tariff', 'trade-remedies': 'tariff', retaliation: 'tariff', s232: 'tariff', s301: 'tariff', ieepa: 'tariff', s122: 'tariff', s338: 'tariff', adcvd: 'tariff', s201: 'tariff',
  'usmca-preference': 'tariff', 'joint-review': 'review', 'dispute-settlement': 'dispute',
};

/** Column of each entry in a sentence's row, -1 for entries that tell nothing of a development. */
const columns = new WeakMap<CompiledTaxonomy, Int32Array>();

function columnsOf(taxonomy: CompiledTaxonomy): Int32Array {
  const known = columns.get(taxonomy);
  if (known) return known;
  const made = Int32Array.from(taxonomy.entries, ({ id }) => {
    const [head, tail] = id.split('/') as [string, string | undefined];
    const stage = developmentStages.indexOf(tail as DevelopmentStage);
    const kind = developmentKinds.indexOf(head as DevelopmentKind);
    if (kind >= 0 && stage >= 0) return kind * STAGES + stage;
    if (head === 'stage' && stage >= 0) return VERBS + stage;
    if (id === 'told/recalled') return RECALLED;
    if (id === 'told/denied') return DENIED;
    if (id === 'is/official') return OFFICIAL;
    if (id === 'is/commentary') return COMMENTARY;
    const object = objectEntries[id];
    return object ? OBJECTS + developmentKinds.indexOf(object) : -1;
  });
  columns.set(taxonomy, made);
  return made;
}

/** A development found, with the sentence that tells it (0 is the title). */
export interface FoundDevelopment {
  readonly kind: DevelopmentKind;
  readonly stage: DevelopmentStage;
  readonly score: number;
  readonly sentence: number;
}

const rows = new Float64Array(MOST_SENTENCES * ROW);
const totals = new Float64Array(VERBS);
const bestSentence = new Int32Array(VERBS);
const bestGain = new Float64Array(VERBS);

function placeWeight(sentence: number): number {
  if (sentence === 0) return 3;
  if (sentence === 1) return 2;
  if (sentence === 2) return 1.4;
  return sentence < 6 ? 0.8 : 0.5;
}

const NEEDED = 5;

export function findDevelopments(scan: ArticleScan, decision: Decision): FoundDevelopment[] {
  const { taxonomy } = scan;
  const column = columnsOf(taxonomy);
  const sentences = Math.min(scan.sentences, MOST_SENTENCES);
  rows.fill(0, 0, sentences * ROW);
  for (let hit = 0; hit < scan.count; hit++) {
    const sentence = scan.hitSentence[hit]!;
    if (sentence >= sentences) break;
    const phrase = scan.hitPhrase[hit]!;
    const at = column[taxonomy.phraseEntry[phrase]!]!;
    if (at >= 0) rows[sentence * ROW + at]! += taxonomy.phraseWeight[phrase]!;
  }
  const allowed = [
    decision.topics.has('tariff-measures') || decision.topics.has('trade-remedies') || decision.topics.has('retaliation'),
    decision.topics.has('joint-review'),
    decision.topics.has('dispute-settlement') || decision.topics.has('labor'),
  ];
  totals.fill(0);
  bestGain.fill(0);
  bestSentence.fill(0);
  for (let sentence = 0; sentence < sentences; sentence++) {
    const row = sentence * ROW;
    let weight = placeWeight(sentence);
    if (rows[row + RECALLED]! > 0 && sentence > 0) weight *= 0.35;
    if (rows[row + DENIED]! > 0) weight *= 0.2;
    for (let kind = 0; kind < KINDS; kind++) {
      if (!allowed[kind]) continue;
      const object = Math.min(rows[row + OBJECTS + kind]!, 3);
      for (let stage = 0; stage < STAGES; stage++) {
        const cell = kind * STAGES + stage;
        const verbs = Math.min(rows[row + VERBS + stage]!, 4);
        const gain = weight * (Math.min(rows[row + cell]!, 5) + (object >= 2 ? 0.5 * verbs : 0));
        if (gain === 0) continue;
        totals[cell]! += gain;
        if (gain > bestGain[cell]!) {
          bestGain[cell] = gain;
          bestSentence[cell] = sentence;
        }
      }
    }
  }
  const damping = rows[COMMENTARY]! > 0 ? 0.45 : 1;
  const found: FoundDevelopment[] = [];
  for (let kind = 0; kind < KINDS; kind++) {
    let best = -1;
    for (let stage = 0; stage < STAGES; stage++) {
      const cell = kind * STAGES + stage;
      if (best < 0 || totals[cell]! > totals[best]!) best = cell;
    }
    const total = totals[best]! * damping;
    if (total < NEEDED) continue;
    found.push({ kind: developmentKinds[kind]!, stage: developmentStages[best % STAGES]!, score: total, sentence: bestSentence[best]! });
  }
  return found;
}
