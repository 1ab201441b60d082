/** Whether an article is about trade policy or conditions touching the United States, Mexico or Canada. */
import type { ArticleScan } from './article-scan.ts';

/** Topics whose evidence is trade policy in itself, with what share of it counts towards relevance. */
const tradeTopics: readonly (readonly [string, number])[] = [
  ['joint-review', 0.4], ['rules-of-origin', 0.4], ['tariff-measures', 0.3], ['usmca-preference', 0.5], ['retaliation', 0.2], ['trade-remedies', 0.5],
  ['dispute-settlement', 0.2], ['agri-market-access', 0.3], ['customs-border', 0.25], ['forced-labor', 0.3], ['labor', 0.15], ['investment-nearshoring', 0.15],
];
const authorities = ['s232', 's301', 'ieepa', 's122', 's338', 's201', 'adcvd', 'wto', 'mx-law', 'ca-law', 'usmca'];
const NEEDED_IN_NORTH_AMERICA = 2;

/** The evidence for relevance and what it is held against; relevant when `score >= threshold` and North America is touched. */
export interface Relevance {
  readonly relevant: boolean;
  readonly score: number;
  readonly northAmerica: number;
}

export function weighRelevance(scan: ArticleScan): Relevance {
  let score = scan.score('is/trade');
  for (const [topic, share] of tradeTopics) score += scan.score(topic) * share;
  for (const authority of authorities) score += scan.score(authority) * 0.3;
  score -= scan.score('is/off-topic') * 0.9;
  const agreement = scan.score('usmca');
  const northAmerica = scan.score('US') + scan.score('MX') + scan.score('CA') + agreement + scan.score('s232') + scan.score('ieepa') + scan.score('adcvd') + scan.score('s301');
  const words = scan.tokens.count;
  const needed = scan.taxonomy.scoring.thresholds.relevance + Math.min(4, Math.max(0, (words - 60) / 60));
  return { relevant: score >= needed && northAmerica >= NEEDED_IN_NORTH_AMERICA, score, northAmerica };
}
