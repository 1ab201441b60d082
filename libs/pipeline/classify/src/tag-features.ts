/**
 * What tells a subject from a mention, the same for every tag of a kind: where its phrases stand, how many there are, and how they
 * compare with the other tags of the kind. The weights of these features are learned (weights.json); the phrases are not.
 */
import type { CompiledTaxonomy } from '@tradewatch/taxonomy';
import type { ArticleScan } from './article-scan.ts';
import { damped } from './damped.ts';

export const tagKinds = ['sector', 'topic', 'authority', 'jurisdiction'] as const;
export type TagKind = (typeof tagKinds)[number];

export const tagFeatures = [
  'constant', 'title', 'title of a headline alone', 'lead', 'body', 'distinct phrases', 'strong phrase', 'strong phrase in title', 'share of the kind', 'first of the kind',
  'place of the first hit', 'length', 'rivals', 'only in lists', 'named once', 'rivals in the title',
] as const;

/** Tags of one kind that have evidence in the article at hand, with their feature rows. */
export interface TagCandidates {
  count: number;
  /** Entry index of each candidate. */
  readonly entries: Int32Array;
  /** Rows of `tagFeatures.length` numbers. */
  readonly rows: Float64Array;
}

const WIDTH = tagFeatures.length;

/** Entries by kind, found once per taxonomy. */
const byTaxonomy = new WeakMap<CompiledTaxonomy, Record<TagKind, Int32Array>>();

export function entriesOf(taxonomy: CompiledTaxonomy): Record<TagKind, Int32Array> {
  const known = byTaxonomy.get(taxonomy);
  if (known) return known;
  const of = (kind: TagKind): Int32Array => Int32Array.from(taxonomy.kinds.flatMap((each, index) => (each === kind ? [index] : [])));
  const made = { sector: of('sector'), topic: of('topic'), authority: of('authority'), jurisdiction: of('jurisdiction') };
  byTaxonomy.set(taxonomy, made);
  return made;
}

const pools: Record<TagKind, TagCandidates> = {
  sector: { count: 0, entries: new Int32Array(64), rows: new Float64Array(64 * WIDTH) },
  topic: { count: 0, entries: new Int32Array(64), rows: new Float64Array(64 * WIDTH) },
  authority: { count: 0, entries: new Int32Array(64), rows: new Float64Array(64 * WIDTH) },
  jurisdiction: { count: 0, entries: new Int32Array(320), rows: new Float64Array(320 * WIDTH) },
};

/** The candidates of a kind; the buffers are reused by the next call for the same kind. */
export function tagCandidates(scan: ArticleScan, kind: TagKind): TagCandidates {
  const pool = pools[kind];
  const { scores, titleScores, leadScores, distinct, strongHits, strongTitleHits, firstHit, listHits, hitCounts } = scan;
  const indexes = entriesOf(scan.taxonomy)[kind];
  let total = 0;
  let best = 0;
  let rivals = 0;
  let titled = 0;
  let count = 0;
  for (let at = 0; at < indexes.length; at++) {
    const entry = indexes[at]!;
    const score = scores[entry]!;
    if (score === 0) continue;
    pool.entries[count++] = entry;
    total += score;
    if (score > best) best = score;
    if (score >= 3) rivals++;
    if (titleScores[entry]! > 0) titled++;
  }
  pool.count = count;
  const words = scan.tokens.count;
  const bodyWords = Math.max(words - scan.titleWords, 1);
  const headlineAlone = words - scan.titleWords < 8 ? 1 : 0;
  const length = damped(bodyWords) / 5;
  for (let candidate = 0; candidate < count; candidate++) {
    const entry = pool.entries[candidate]!;
    const score = scores[entry]!;
    const title = titleScores[entry]!;
    const lead = leadScores[entry]!;
    const row = candidate * WIDTH;
    const { rows } = pool;
    rows[row] = 1;
    rows[row + 1] = damped(title) * (1 - headlineAlone);
    rows[row + 2] = damped(title) * headlineAlone;
    rows[row + 3] = damped(lead);
    rows[row + 4] = damped(Math.max(score - title - lead, 0));
    rows[row + 5] = damped(distinct[entry]!);
    rows[row + 6] = Math.min(strongHits[entry]!, 3) / 3;
    rows[row + 7] = strongTitleHits[entry]! > 0 ? 1 : 0;
    rows[row + 8] = score / total;
    rows[row + 9] = score === best ? 1 : 0;
    rows[row + 10] = title > 0 ? 0 : Math.min((firstHit[entry]! - scan.titleWords) / bodyWords, 1);
    rows[row + 11] = length;
    rows[row + 12] = Math.min(rivals, 8) / 4;
    rows[row + 13] = hitCounts[entry]! > 0 && listHits[entry]! >= hitCounts[entry]! ? 1 : 0;
    rows[row + 14] = hitCounts[entry]! > 1 ? 0 : 1;
    rows[row + 15] = title > 0 ? Math.max(titled - 1, 0) / 4 : 0;
  }
  return pool;
}
