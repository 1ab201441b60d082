/** What the classifier thought of every tag it weighed, given or not: why a tag was missed. */
import { taxonomy as shippedTaxonomy } from '@tradewatch/taxonomy';
import { ArticleScan, type ArticleText } from './article-scan.ts';
import type { ClassifierParts } from './classify-article.ts';
import { relevance } from './relevance.ts';
import { tagCandidates, tagFeatures, tagKinds, type TagKind } from './tag-features.ts';
import { probability, weights as shippedWeights } from './weights.ts';

export interface CandidateScore {
  /** The probability by evidence alone, before the rules for close calls; 0 where no phrase of the tag stands in the article. */
  readonly score: number;
  /** From which the tag is given. */
  readonly threshold: number;
  /** The phrases of the tag that were found, as the taxonomy writes them. */
  readonly phrases: readonly string[];
}

const dimensions: Readonly<Record<TagKind, string>> = { sector: 'sectors', topic: 'topics', authority: 'authorities', jurisdiction: 'jurisdictions' };

/** Scores of one article by `relevant` and `DIMENSION TAG`, e.g. `sectors energy`. Slower than classifying; for evaluations. */
export function candidateScores(article: ArticleText, { taxonomy = shippedTaxonomy(), weights = shippedWeights }: ClassifierParts = {}): ReadonlyMap<string, CandidateScore> {
  const scan = new ArticleScan(taxonomy);
  scan.read(article);
  const { thresholds } = taxonomy.scoring;
  const scores = new Map<string, CandidateScore>([['relevant', { score: relevance(scan, weights), threshold: thresholds.relevance, phrases: [] }]]);
  const phrases = phrasesByEntry(scan);
  for (const kind of tagKinds) {
    const candidates = tagCandidates(scan, kind);
    for (let at = 0; at < candidates.count; at++) {
      const entry = candidates.entries[at]!;
      const { id, threshold = thresholds[kind] } = taxonomy.entries[entry]!;
      const score = probability(weights[kind], candidates.rows, at * tagFeatures.length, tagFeatures.length, id);
      scores.set(`${dimensions[kind]} ${id}`, { score, threshold, phrases: [...(phrases.get(entry) ?? [])] });
    }
  }
  return scores;
}

function phrasesByEntry({ count, hitPhrase, taxonomy }: ArticleScan): Map<number, Set<string>> {
  const found = new Map<number, Set<string>>();
  for (let hit = 0; hit < count; hit++) {
    const { entry, text } = taxonomy.phrases[hitPhrase[hit]!]!;
    found.set(entry, (found.get(entry) ?? new Set()).add(text));
  }
  return found;
}
