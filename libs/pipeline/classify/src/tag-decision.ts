/** Which tags an article gets: scores against thresholds, then the taxonomy's rules for close calls. */
import type { CompiledTaxonomy, EntryKind } from '@tradewatch/taxonomy';
import type { ArticleScan } from './article-scan.ts';

/** The ids decided for one article, by dimension. */
export interface Decision {
  readonly sectors: Set<string>;
  readonly topics: Set<string>;
  readonly authorities: Set<string>;
  readonly jurisdictions: Set<string>;
}

const tagKinds = ['sector', 'topic', 'authority', 'jurisdiction'] as const;
type TagKind = (typeof tagKinds)[number];

/** Entries by kind, found once per taxonomy. */
const entriesByKind = new WeakMap<CompiledTaxonomy, Record<TagKind, Int32Array>>();

function entriesOf(taxonomy: CompiledTaxonomy): Record<TagKind, Int32Array> {
  const known = entriesByKind.get(taxonomy);
  if (known) return known;
  const of = (kind: EntryKind): Int32Array => Int32Array.from(taxonomy.kinds.flatMap((each, index) => (each === kind ? [index] : [])));
  const made = { sector: of('sector'), topic: of('topic'), authority: of('authority'), jurisdiction: of('jurisdiction') };
  entriesByKind.set(taxonomy, made);
  return made;
}

/** Tags whose own score passes; nothing yet of how tags bear on each other. */
export function decideByScore(scan: ArticleScan): Decision {
  const { taxonomy, scores } = scan;
  const { thresholds } = taxonomy.scoring;
  const byKind = entriesOf(taxonomy);
  const chosen = (kind: TagKind): Set<string> => {
    const ids = new Set<string>();
    const indexes = byKind[kind];
    for (let at = 0; at < indexes.length; at++) {
      const index = indexes[at]!;
      if (scores[index] === 0) continue;
      const entry = taxonomy.entries[index]!;
      let score = scores[index]!;
      if (entry.against) for (const [id, weight] of Object.entries(entry.against)) score -= scan.score(id) * weight;
      if (entry.needs && !entry.needs.some((id) => scan.score(id) > 0)) continue;
      if (score >= (entry.threshold ?? thresholds[kind])) ids.add(entry.id);
    }
    return ids;
  };
  return { sectors: chosen('sector'), topics: chosen('topic'), authorities: chosen('authority'), jurisdictions: chosen('jurisdiction') };
}
