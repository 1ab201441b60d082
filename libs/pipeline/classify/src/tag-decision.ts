/** Which tags an article gets before the rules for close calls: each candidate's own evidence, then what the rest of the article says. */
import type { ArticleScan } from './article-scan.ts';
import { ContextFeatures, contextLogit } from './tag-context.ts';
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
/** Jurisdictions that need a word of their own or a rule: which partners an article on the agreement is about hangs on who is named. */
const neverImplied = new Set(['MX', 'CA', 'CN', 'EU']);

export const contextFeatures = new ContextFeatures();

function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

export function decideTags(scan: ArticleScan, learned: Weights = weights): Decision {
  const decision: Decision = { sectors: new Map(), topics: new Map(), authorities: new Map(), jurisdictions: new Map() };
  const { taxonomy } = scan;
  contextFeatures.read(scan);
  for (const kind of tagKinds) {
    const candidates = tagCandidates(scan, kind);
    const model = learned[kind];
    const decided = decision[dimensions[kind]];
    for (let at = 0; at < candidates.count; at++) {
      const entry = taxonomy.entries[candidates.entries[at]!]!;
      if (entry.needs && !entry.needs.some((id) => scan.score(id) > 0)) continue;
      const own = logit(model, candidates.rows, at * tagFeatures.length, tagFeatures.length, entry.id);
      const context = learned.context[entry.id];
      const likely = sigmoid(context ? contextLogit(context, contextFeatures, taxonomy, own) : own);
      if (likely >= (entry.threshold ?? taxonomy.scoring.thresholds[kind])) decided.set(entry.id, likely);
    }
    if (!impliedKinds[kind]) continue;
    for (const id of impliedIds(learned, taxonomy.indexOf, taxonomy.kinds, kind)) {
      if (scan.score(id) > 0 || neverImplied.has(id)) continue;
      const likely = sigmoid(contextLogit(learned.context[id]!, contextFeatures, taxonomy, undefined));
      if (likely >= taxonomy.scoring.thresholds[kind]) decided.set(id, likely);
    }
  }
  return decision;
}

const implied = new WeakMap<Weights, Partial<Record<TagKind, readonly string[]>>>();

/** The tags of a kind with a context of their own. */
function impliedIds(learned: Weights, indexOf: ReadonlyMap<string, number>, kinds: readonly string[], kind: TagKind): readonly string[] {
  let byKind = implied.get(learned);
  if (!byKind) implied.set(learned, (byKind = {}));
  return (byKind[kind] ??= Object.keys(learned.context).filter((id) => kinds[indexOf.get(id) ?? -1] === kind));
}
