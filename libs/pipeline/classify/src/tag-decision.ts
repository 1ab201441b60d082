/** Which tags an article gets before the rules for close calls: each candidate's own evidence, then what the rest of the article says. */
import type { ArticleScan } from './article-scan.ts';
import { contextFeatures, contextLogit, layOut } from './tag-context.ts';
import { tagCandidates, tagFeatures, tagKinds, type TagKind } from './tag-features.ts';
import { logit, weights, type Weights } from './weights.ts';

/** The tags decided for one article, with the probability of each. */
export interface Decision {
  readonly sectors: Map<string, number>;
  readonly topics: Map<string, number>;
  readonly authorities: Map<string, number>;
  readonly jurisdictions: Map<string, number>;
}

const dimensions: Readonly<Record<TagKind, keyof Decision>> = { sector: 'sectors', topic: 'topics', authority: 'authorities', jurisdiction: 'jurisdictions' };
/** Kinds whose tags may follow from the rest of an article without a word of their own. */
export const impliedKinds: Readonly<Record<TagKind, boolean>> = { sector: false, topic: false, authority: true, jurisdiction: true };

/** The probability a tag without a word of its own needs. */
const impliedNeed: Readonly<Record<TagKind, number>> = { sector: 1, topic: 1, authority: 0.5, jurisdiction: 0.75 };

/** A logit of a tag's own phrases from which nothing else in an article brings it back. */
const HOPELESS = -3.5;

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

export function decideTags(scan: ArticleScan, learned: Weights = weights): Decision {
  const decision: Decision = { sectors: new Map(), topics: new Map(), authorities: new Map(), jurisdictions: new Map() };
  const { taxonomy, scores } = scan;
  const contexts = layOut(learned.context, taxonomy);
  contextFeatures.read(scan);
  for (const kind of tagKinds) {
    const candidates = tagCandidates(scan, kind);
    const model = learned[kind];
    const needed = taxonomy.scoring.thresholds[kind];
    const decided = decision[dimensions[kind]];
    for (let at = 0; at < candidates.count; at++) {
      const index = candidates.entries[at]!;
      const entry = taxonomy.entries[index]!;
      if (entry.needs && !entry.needs.some((id) => scan.score(id) > 0)) continue;
      const own = logit(model, candidates.rows, at * tagFeatures.length, tagFeatures.length, entry.id);
      if (own < HOPELESS) continue;
      const context = contexts.byEntry[index];
      const likely = sigmoid(context ? contextLogit(context, contextFeatures, own) : own);
      if (likely >= (entry.threshold ?? needed)) decided.set(entry.id, likely);
    }
    if (!impliedKinds[kind]) continue;
    for (const index of contexts.implied[kind] ?? []) {
      if (scores[index]! > 0) continue;
      const likely = sigmoid(contextLogit(contexts.byEntry[index]!, contextFeatures, undefined));
      if (likely >= impliedNeed[kind]) decided.set(taxonomy.entries[index]!.id, likely);
    }
  }
  return decision;
}
