/** Classifies an article: what it is about, under which law, for whom, and what it reports as happening. */
import type { Classification, Development, Evidence, Tag } from '@tradewatch/events';
import { taxonomy as shippedTaxonomy, type CompiledTaxonomy } from '@tradewatch/taxonomy';
import { ArticleScan, type ArticleText } from './article-scan.ts';
import { applyCloseCalls } from './close-calls.ts';
import { findDevelopments } from './developments.ts';
import { findFacts } from './facts.ts';
import { relevance } from './relevance.ts';
import { decideTags, type Decision } from './tag-decision.ts';
import { weights as shippedWeights, type Weights } from './weights.ts';

const MOST_SPANS = 4;
const LONGEST_EVIDENCE = 600;

/** What the classifier is made of, where it is not what this build ships: another taxonomy to try, weights of another training. */
export interface ClassifierParts {
  readonly taxonomy?: CompiledTaxonomy;
  readonly weights?: Weights;
}

const scans = new WeakMap<CompiledTaxonomy, ArticleScan>();

/**
 * What the classifier says of an article. Pure: no clock, no network, no state that shows. Cost is linear in the text, of which the first
 * 200,000 UTF-16 units count; nothing in a text makes it throw. Offsets in evidence are UTF-16 units of the given title and text.
 */
export function classify(article: ArticleText, { taxonomy = shippedTaxonomy(), weights = shippedWeights }: ClassifierParts = {}): Classification {
  let scan = scans.get(taxonomy);
  if (!scan) scans.set(taxonomy, (scan = new ArticleScan(taxonomy)));
  scan.read(article);
  const relevant = relevance(scan, weights) >= taxonomy.scoring.thresholds.relevance;
  const facts = findFacts(scan, article);
  if (!relevant) {
    return { relevant, language: scan.language, sectors: [], topics: [], authorities: [], jurisdictions: [], developments: [], facts, taxonomyVersion: taxonomy.version };
  }
  const decision = decideTags(scan, weights);
  applyCloseCalls(decision, scan, article.title);
  const developments = findDevelopments(scan, decision, article.title, weights).map(({ kind, stage, score, sentence }): Development => ({
    kind, stage, score: rounded(score), evidence: sentenceEvidence(scan, article, sentence),
  }));
  const spans = spansByEntry(scan, article, decision);
  const implying = spansOfSubject(spans, decision.topics);
  const tags = (ids: ReadonlyMap<string, number>): Tag[] =>
    [...ids].map(([id, score]) => ({ id, score: rounded(score), evidence: spans.get(id) ?? implying })).sort((a, b) => b.score - a.score);
  return {
    relevant,
    language: scan.language,
    sectors: tags(decision.sectors),
    topics: tags(decision.topics),
    authorities: tags(decision.authorities),
    jurisdictions: tags(decision.jurisdictions),
    developments,
    facts,
    taxonomyVersion: taxonomy.version,
  };
}

function rounded(score: number): number {
  return Math.round(score * 1000) / 1000;
}

/** Where the evidence of each decided tag stands, the first few places. */
function spansByEntry(scan: ArticleScan, article: ArticleText, { sectors, topics, authorities, jurisdictions }: Decision): Map<string, Evidence[]> {
  const spans = new Map<string, Evidence[]>();
  const { taxonomy, tokens } = scan;
  for (let hit = 0; hit < scan.count; hit++) {
    const index = taxonomy.phraseEntry[scan.hitPhrase[hit]!]!;
    const kind = taxonomy.kinds[index];
    if (kind === 'concept' || kind === 'development' || kind === 'fact') continue;
    const { id } = taxonomy.entries[index]!;
    const decided = kind === 'sector' ? sectors : kind === 'topic' ? topics : kind === 'authority' ? authorities : jurisdictions;
    if (!decided.has(id)) continue;
    let list = spans.get(id);
    if (!list) spans.set(id, (list = []));
    if (list.length >= MOST_SPANS) continue;
    const first = scan.hitFirst[hit]!;
    list.push(span(article, first < scan.titleWords ? 'title' : 'text', tokens.starts[first]!, tokens.ends[scan.hitLast[hit]!]!));
  }
  return spans;
}

/** The words of the likeliest topic: what a tag that no words name follows from. */
function spansOfSubject(spans: ReadonlyMap<string, Evidence[]>, topics: ReadonlyMap<string, number>): Evidence[] {
  let best: Evidence[] = [];
  let likeliest = 0;
  for (const [id, likely] of topics) {
    const own = spans.get(id);
    if (own === undefined || likely <= likeliest) continue;
    best = own;
    likeliest = likely;
  }
  return best;
}

export function span(article: ArticleText, field: 'title' | 'text', start: number, end: number): Evidence {
  return { field, start, end, text: article[field].slice(start, end) };
}

function sentenceEvidence(scan: ArticleScan, article: ArticleText, sentence: number): Evidence[] {
  const first = scan.sentenceFirst[sentence]!;
  const last = scan.sentenceFirst[sentence + 1]! - 1;
  if (last < first) return [];
  const { tokens } = scan;
  const field = sentence === 0 ? 'title' : 'text';
  const start = tokens.starts[first]!;
  let end = tokens.ends[last]!;
  while (end < article[field].length && /[.!?”"»)]/.test(article[field][end]!)) end++;
  return [span(article, field, start, Math.min(end, start + LONGEST_EVIDENCE))];
}
