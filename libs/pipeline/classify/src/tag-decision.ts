/** Which tags an article gets before the rules for close calls: each candidate's features, weighed. */
import type { ArticleScan } from './article-scan.ts';
import { tagCandidates, tagFeatures, tagKinds, type TagKind } from './tag-features.ts';
import { probability, weights, type Weights } from './weights.ts';

/** The tags decided for one article, with the probability of each. */
export interface Decision {
  readonly sectors: Map<string, number>;
  readonly topics: Map<string, number>;
  readonly authorities: Map<string, number>;
  readonly jurisdictions: Map<string, number>;
}

const dimensions: Readonly<Record<TagKind, keyof Decision>> = { sector: 'sectors', topic: 'topics', authority: 'authorities', jurisdiction: 'jurisdictions' };

export function decideTags(scan: ArticleScan, learned: Weights = weights): Decision {
  const decision: Decision = { sectors: new Map(), topics: new Map(), authorities: new Map(), jurisdictions: new Map() };
  const { taxonomy } = scan;
  for (const kind of tagKinds) {
    const candidates = tagCandidates(scan, kind);
    const model = learned[kind];
    for (let at = 0; at < candidates.count; at++) {
      const entry = taxonomy.entries[candidates.entries[at]!]!;
      if (entry.needs && !entry.needs.some((id) => scan.score(id) > 0)) continue;
      const likely = probability(model, candidates.rows, at * tagFeatures.length, tagFeatures.length, entry.id);
      if (likely >= (entry.threshold ?? taxonomy.scoring.thresholds[kind])) decision[dimensions[kind]].set(entry.id, likely);
    }
  }
  return decision;
}
