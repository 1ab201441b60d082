/**
 * What each sentence tells of a step: the measure, the verb and its tense, who acts, whether it is recalled or denied; summed by where
 * the sentence stands. The weights of these features are learned, the words are data.
 */
import { developmentKinds, developmentStages, type DevelopmentKind, type DevelopmentStage } from '@tradewatch/events';
import type { CompiledTaxonomy } from '@tradewatch/taxonomy';
import type { ArticleScan } from './article-scan.ts';
import { damped } from './damped.ts';
import type { Decision } from './tag-decision.ts';

export const KINDS = developmentKinds.length;
export const STAGES = developmentStages.length;
const MOST_SENTENCES = 40;
/** Columns of a sentence's row: kinds × stages told whole, stages told by a verb, objects by kind, then how it is told. */
const VERBS = KINDS * STAGES;
const OBJECTS = VERBS + STAGES;
const RECALLED = OBJECTS + KINDS;
const DENIED = RECALLED + 1;
const OFFICIAL = DENIED + 1;
const COMMENTARY = OFFICIAL + 1;
const ROW = COMMENTARY + 1;

/** Places an article is read by: the title, the first sentence, the next two, the rest. */
const PLACES = 4;

export const kindFeatures = [
  'constant', 'told in title', 'verb in title', 'measure in title', 'told first', 'verb first', 'measure first', 'told early', 'verb early', 'told later', 'verb later',
  'commentary in title', 'commentary early', 'question', 'official in title', 'official first', 'topic', 'headline alone', 'verb in headline alone', 'denied in title', 'recalled early', 'official verb in title', 'stages in title', 'commentary in headline alone', 'told in headline alone',
] as const;

export const stageFeatures = [
  'told in title', 'verb in title', 'told first', 'verb first', 'told early', 'verb early', 'told later', 'verb later', 'strongest in title', 'strongest', 'alone in title',
] as const;

const objectEntries: Readonly<Record<string, DevelopmentKind>> = {
  'tariff-measures': 'tariff', 'trade-remedies': 'tariff', retaliation: 'tariff', s232: 'tariff', s301: 'tariff', ieepa: 'tariff', s122: 'tariff', s338: 'tariff', adcvd: 'tariff', s201: 'tariff',
  'digital-trade': 'tariff', 'usmca-preference': 'tariff', 'joint-review': 'review', 'is/agreement': 'review', 'dispute-settlement': 'dispute', labor: 'dispute',
};

const topicsOfKind: readonly (readonly string[])[] = [['tariff-measures', 'trade-remedies', 'retaliation'], ['joint-review'], ['dispute-settlement', 'labor']];

const columnsByTaxonomy = new WeakMap<CompiledTaxonomy, Int32Array>();

/** Column of each entry in a sentence's row, -1 for entries that tell nothing of a development. */
function columnsOf(taxonomy: CompiledTaxonomy): Int32Array {
  const known = columnsByTaxonomy.get(taxonomy);
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
  columnsByTaxonomy.set(taxonomy, made);
  return made;
}

const rows = new Float64Array(MOST_SENTENCES * ROW);
const bestOfKind = new Float64Array(PLACES * 2);
/** Verbs by sentence, kind and stage, weighed by how near the measure stands. */
const NEAR = KINDS * STAGES;
const near = new Float64Array(MOST_SENTENCES * NEAR);
const closest = new Int32Array(KINDS);
const FAR = 1000;
/** A verb this many words from the measure counts least. */
const REACH = 14;
const LEAST_NEAR = 0.2;

/** Everything the development models ask of one article; buffers are reused by the next article. */
export class DevelopmentEvidence {
  readonly kindRows = new Float64Array(KINDS * kindFeatures.length);
  readonly stageRows = new Float64Array(KINDS * STAGES * stageFeatures.length);
  /** Whether the kind's subject is among the article's topics. */
  readonly open = new Uint8Array(KINDS);
  /** The sentence that says most for a kind and stage. */
  readonly sentence = new Int32Array(KINDS * STAGES);
  /** Sums of [told, verb] by kind, stage and place. */
  private readonly sums = new Float64Array(KINDS * STAGES * PLACES * 2);
  private readonly gains = new Float64Array(KINDS * STAGES);

  read(scan: ArticleScan, decision: Decision, title: string): void {
    const { taxonomy } = scan;
    const column = columnsOf(taxonomy);
    const sentences = Math.min(scan.sentences, MOST_SENTENCES);
    const { sums, gains } = this;
    rows.fill(0, 0, sentences * ROW);
    sums.fill(0);
    gains.fill(0);
    this.sentence.fill(0);
    near.fill(0, 0, sentences * NEAR);
    for (let hit = 0; hit < scan.count; hit++) {
      const sentence = scan.hitSentence[hit]!;
      if (sentence >= sentences) break;
      const phrase = scan.hitPhrase[hit]!;
      const at = column[taxonomy.phraseEntry[phrase]!]!;
      if (at < 0) continue;
      const weight = taxonomy.phraseWeight[phrase]!;
      rows[sentence * ROW + at]! += weight;
      if (at >= VERBS && at < OBJECTS) this.nearMeasures(scan, hit, sentence, column, at - VERBS, weight);
    }
    for (let sentence = 0; sentence < sentences; sentence++) {
      const row = sentence * ROW;
      const place = sentence === 0 ? 0 : sentence === 1 ? 1 : sentence < 4 ? 2 : 3;
      let trust = 1;
      if (rows[row + RECALLED]! > 0 && sentence > 0) trust *= 0.35;
      if (rows[row + DENIED]! > 0) trust *= 0.25;
      for (let kind = 0; kind < KINDS; kind++) {
        const object = rows[row + OBJECTS + kind]!;
        for (let stage = 0; stage < STAGES; stage++) {
          const cell = kind * STAGES + stage;
          const told = Math.min(rows[row + cell]!, 4) * trust;
          const verb = object >= 2 ? Math.min(near[sentence * NEAR + cell]!, 4) * trust : 0;
          if (told === 0 && verb === 0) continue;
          sums[(cell * PLACES + place) * 2]! += told;
          sums[(cell * PLACES + place) * 2 + 1]! += verb;
          const gain = (told * 2 + verb) * (place === 0 ? 2.5 : place === 1 ? 2 : place === 2 ? 1.2 : 0.8);
          if (gain > gains[cell]!) {
            gains[cell] = gain;
            this.sentence[cell] = sentence;
          }
        }
      }
    }
    this.fillRows(scan, decision, title, sentences);
  }

  /** Adds a verb to each kind whose measure stands nearby in the sentence, the more the closer. */
  private nearMeasures(scan: ArticleScan, hit: number, sentence: number, column: Int32Array, stage: number, weight: number): void {
    const { taxonomy } = scan;
    const first = scan.hitFirst[hit]!;
    const last = scan.hitLast[hit]!;
    closest.fill(FAR);
    for (let step = -1; step <= 1; step += 2) {
      for (let other = hit + step, looked = 0; other >= 0 && other < scan.count && looked < 24; other += step, looked++) {
        if (scan.hitSentence[other]! !== sentence) break;
        const at = column[taxonomy.phraseEntry[scan.hitPhrase[other]!]!]!;
        if (at < OBJECTS || at >= RECALLED) continue;
        const gap = Math.max(scan.hitFirst[other]! - last, first - scan.hitLast[other]!, 0);
        if (gap < closest[at - OBJECTS]!) closest[at - OBJECTS] = gap;
      }
    }
    for (let kind = 0; kind < KINDS; kind++) {
      const gap = closest[kind]!;
      if (gap < FAR) near[sentence * NEAR + kind * STAGES + stage]! += weight * Math.max(LEAST_NEAR, 1 - gap / REACH);
    }
  }

  private fillRows(scan: ArticleScan, decision: Decision, title: string, sentences: number): void {
    const { sums, kindRows, stageRows } = this;
    const alone = scan.tokens.count - scan.titleWords < 8 ? 1 : 0;
    const first = sentences > 1 ? ROW : -1;
    const question = title.includes('?') || title.includes('¿') ? 1 : 0;
    let recalledEarly = 0;
    let commentaryEarly = 0;
    for (let sentence = 1; sentence < Math.min(sentences, 4); sentence++) {
      if (rows[sentence * ROW + RECALLED]! > 0) recalledEarly++;
      if (rows[sentence * ROW + COMMENTARY]! > 0) commentaryEarly++;
    }
    const titleCommentary = Math.min(rows[COMMENTARY]!, 3) / 3;
    const titleOfficial = Math.min(rows[OFFICIAL]!, 3) / 3;
    for (let kind = 0; kind < KINDS; kind++) {
      const best = bestOfKind.fill(0);
      let strongestTitle = 0;
      let strongest = 0;
      let stagesInTitle = 0;
      for (let stage = 0; stage < STAGES; stage++) {
        const cell = kind * STAGES + stage;
        let all = 0;
        for (let column = 0; column < PLACES * 2; column++) {
          const value = sums[cell * PLACES * 2 + column]!;
          if (value > best[column]!) best[column] = value;
          all += column % 2 === 0 ? value * 1.5 : value;
        }
        const inTitle = sums[cell * PLACES * 2]! * 1.5 + sums[cell * PLACES * 2 + 1]!;
        if (inTitle > 0) stagesInTitle++;
        if (inTitle > strongestTitle) strongestTitle = inTitle;
        if (all > strongest) strongest = all;
      }
      for (let stage = 0; stage < STAGES; stage++) {
        const cell = kind * STAGES + stage;
        const row = cell * stageFeatures.length;
        let all = 0;
        for (let column = 0; column < PLACES * 2; column++) {
          const value = sums[cell * PLACES * 2 + column]!;
          stageRows[row + column] = damped(value);
          all += column % 2 === 0 ? value * 1.5 : value;
        }
        const inTitle = sums[cell * PLACES * 2]! * 1.5 + sums[cell * PLACES * 2 + 1]!;
        stageRows[row + 8] = inTitle > 0 && inTitle === strongestTitle ? 1 : 0;
        stageRows[row + 9] = all > 0 && all === strongest ? 1 : 0;
        stageRows[row + 10] = inTitle > 0 && stagesInTitle === 1 ? 1 : 0;
      }
      let topic = 0;
      for (const id of topicsOfKind[kind]!) topic = Math.max(topic, decision.topics.get(id) ?? 0);
      this.open[kind] = topic > 0 ? 1 : 0;
      const row = kind * kindFeatures.length;
      const values = [
        1, damped(best[0]!), damped(best[1]!), Math.min(rows[OBJECTS + kind]!, 6) / 6, damped(best[2]!), damped(best[3]!),
        first < 0 ? 0 : Math.min(rows[first + OBJECTS + kind]!, 6) / 6, damped(best[4]!), damped(best[5]!), damped(best[6]!), damped(best[7]!),
        titleCommentary, commentaryEarly / 3, question, titleOfficial, first < 0 ? 0 : Math.min(rows[first + OFFICIAL]!, 3) / 3, topic, alone, alone * damped(best[1]!),
        rows[DENIED]! > 0 ? 1 : 0, recalledEarly / 3, titleOfficial * damped(best[1]!), stagesInTitle / 3, titleCommentary * alone, alone * damped(best[0]!),
      ];
      for (let index = 0; index < values.length; index++) kindRows[row + index] = values[index]!;
    }
  }
}
