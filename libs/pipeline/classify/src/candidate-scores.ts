/** What the classifier thought of every tag it weighed, given or not: why a tag was missed. */
import { taxonomy as shippedTaxonomy, type CompiledTaxonomy } from '@tradewatch/taxonomy';
import { ArticleScan, type ArticleText } from './article-scan.ts';
import type { ClassifierParts } from './classify-article.ts';
import { relevance } from './relevance.ts';
import { decideTags } from './tag-decision.ts';
import { weights as shippedWeights } from './weights.ts';

export interface CandidateScore {
  /** The probability before the rules for close calls. */
  readonly score: number;
  /** From which the tag is given. */
  readonly threshold: number;
  /** The phrases of the tag that were found, as the taxonomy writes them. */
  readonly phrases: readonly string[];
}

const kindOf = { sectors: 'sector', topics: 'topic', authorities: 'authority', jurisdictions: 'jurisdiction' } as const;
const dimensions = Object.keys(kindOf) as (keyof typeof kindOf)[];

/** Scores of one article by `relevant` and `DIMENSION TAG`, e.g. `sectors energy`. Slower than classifying; for evaluations. */
export function candidateScores(article: ArticleText, { taxonomy = shippedTaxonomy(), weights = shippedWeights }: ClassifierParts = {}): ReadonlyMap<string, CandidateScore> {
  const scan = scanOf(taxonomy);
  scan.read(article);
  const { thresholds } = taxonomy.scoring;
  const scores = new Map<string, CandidateScore>([['relevant', { score: relevance(scan, weights), threshold: thresholds.relevance, phrases: [] }]]);
  const phrases = phrasesByEntry(scan);
  const decision = decideTags(scan, weights);
  for (const dimension of dimensions) {
    for (const [id, score] of decision[dimension]) {
      const entry = taxonomy.indexOf.get(id)!;
      scores.set(`${dimension} ${id}`, { score, threshold: taxonomy.entries[entry]!.threshold ?? thresholds[kindOf[dimension]], phrases: [...(phrases.get(entry) ?? [])] });
    }
  }
  return scores;
}

const scans = new WeakMap<CompiledTaxonomy, ArticleScan>();

/** A scan under a taxonomy that gives every tag it weighs, however unlikely and whatever it needs. */
function scanOf(taxonomy: CompiledTaxonomy): ArticleScan {
  let scan = scans.get(taxonomy);
  if (!scan) {
    const entries = taxonomy.entries.map(({ needs: _, ...entry }) => ({ ...entry, threshold: 0 }));
    const thresholds = { ...taxonomy.scoring.thresholds, sector: 0, topic: 0, authority: 0, jurisdiction: 0 };
    scans.set(taxonomy, (scan = new ArticleScan({ ...taxonomy, entries, scoring: { ...taxonomy.scoring, thresholds } })));
  }
  return scan;
}

function phrasesByEntry({ count, hitPhrase, taxonomy }: ArticleScan): Map<number, Set<string>> {
  const found = new Map<number, Set<string>>();
  for (let hit = 0; hit < count; hit++) {
    const { entry, text } = taxonomy.phrases[hitPhrase[hit]!]!;
    found.set(entry, (found.get(entry) ?? new Set()).add(text));
  }
  return found;
}
