/** Whether an article is about trade policy or conditions touching the United States, Mexico or Canada. */
import type { CompiledTaxonomy } from '@tradewatch/taxonomy';
import type { ArticleScan } from './article-scan.ts';
import { damped } from './damped.ts';
import { entriesOf } from './tag-features.ts';
import { contextFeatures, contextLogit, layOut } from './tag-context.ts';
import { logit, weights, type Weights } from './weights.ts';

export const relevanceFeatures = [
  'constant', 'trade in title', 'trade in title of a headline alone', 'trade in lead', 'trade in body', 'distinct trade phrases', 'strong trade phrase', 'strong trade phrase in title',
  'off topic in title', 'off topic in text', 'law named', 'law named in title', 'agreement named', 'North America in title', 'North America', 'elsewhere only', 'topic in title', 'topics', 'best topic', 'length', 'no North America', 'trade topic in title',
] as const;

/** The name under which the weights of relevance over the rest of the article are kept. */
export const RELEVANT = 'relevant';
const WIDTH = relevanceFeatures.length;
/** Column of "elsewhere only": other countries are named and none of the three, nor a law of theirs. */
const NOWHERE_NEAR = 15;
const row = new Float64Array(WIDTH);
const lawIds = ['s232', 's301', 'ieepa', 's122', 's338', 's201', 'adcvd', 'wto', 'mx-law', 'ca-law'];
const northAmericanLawIds = ['s232', 's301', 'ieepa', 's122', 's338', 's201', 'adcvd', 'mx-law', 'ca-law', 'usmca', 'is/agreement', 'is/nafta'];
/** Topics that are trade policy by themselves; the others are about trade only beside trade words. */
const tradeTopicIds = ['joint-review', 'rules-of-origin', 'tariff-measures', 'usmca-preference', 'retaliation', 'trade-remedies', 'agri-market-access', 'customs-border', 'forced-labor', 'labor', 'investment-nearshoring', 'trade-flows', 'china-content', 'digital-trade', 'environment', 'intellectual-property', 'dispute-settlement'];

/** Topics whose own terms of art make an article one about trade without a further word of it. */
const tellingTopicIds = ['joint-review', 'rules-of-origin', 'tariff-measures', 'usmca-preference', 'retaliation', 'trade-remedies', 'agri-market-access', 'customs-border', 'forced-labor', 'labor', 'investment-nearshoring', 'trade-flows', 'china-content', 'dispute-settlement'];
/** A score of trade words below this is a passing "plant" or "panel". */
const PASSING = 1.6;

/** Entry indexes of the groups above, found once per taxonomy. */
interface Groups {
  readonly trade: number;
  readonly off: number;
  readonly agreement: number;
  readonly near: readonly [number, number, number];
  readonly laws: readonly number[];
  readonly northAmericanLaws: readonly number[];
  readonly topics: readonly number[];
  /** Telling topics, each with the entries of which it needs one. */
  readonly telling: readonly { readonly entry: number; readonly needs: readonly number[] | undefined }[];
}
const groupsByTaxonomy = new WeakMap<CompiledTaxonomy, Groups>();

function groupsOf(taxonomy: CompiledTaxonomy): Groups {
  const known = groupsByTaxonomy.get(taxonomy);
  if (known) return known;
  const index = (id: string): number => taxonomy.indexOf.get(id) ?? 0;
  const made: Groups = {
    trade: index('is/trade'), off: index('is/off-topic'), agreement: index('is/agreement'), near: [index('US'), index('MX'), index('CA')],
    laws: lawIds.map(index), northAmericanLaws: northAmericanLawIds.map(index), topics: tradeTopicIds.map(index),
    telling: tellingTopicIds.map(index).map((entry) => ({ entry, needs: taxonomy.entries[entry]?.needs?.map(index) })),
  };
  groupsByTaxonomy.set(taxonomy, made);
  return made;
}

/** Whether anything at all speaks of trade: its words, a law, the agreement, or a topic's term of art. */
function speaksOfTrade({ scores, strongHits, taxonomy }: ArticleScan, law: number): boolean {
  const { trade, agreement, telling } = groupsOf(taxonomy);
  if (law > 0 || scores[trade]! >= PASSING || scores[agreement]! > 0) return true;
  for (const { entry, needs } of telling) {
    if (strongHits[entry] && (!needs || needs.some((each) => scores[each]! > 0))) return true;
  }
  return false;
}

/** The features of an article, in a buffer that the next call reuses. */
export function relevanceRow(scan: ArticleScan): Float64Array {
  const { scores, titleScores, leadScores, distinct, strongHits, strongTitleHits, taxonomy, tokens, titleWords } = scan;
  const { trade, off, agreement, near, laws, northAmericanLaws, topics: tradeTopics } = groupsOf(taxonomy);
  const alone = tokens.count - titleWords < 8 ? 1 : 0;
  let law = 0;
  let lawTitle = 0;
  for (const entry of laws) {
    law += scores[entry]!;
    lawTitle += titleScores[entry]!;
  }
  let implied = 0;
  for (const entry of northAmericanLaws) implied += scores[entry]!;
  let topicTitle = 0;
  let topics = 0;
  let best = 0;
  for (const entry of tradeTopics) {
    topics += scores[entry]!;
    topicTitle += titleScores[entry]!;
    if (scores[entry]! > best) best = scores[entry]!;
  }
  const [us, mx, ca] = near;
  const north = scores[us]! + scores[mx]! + scores[ca]!;
  const northTitle = titleScores[us]! + titleScores[mx]! + titleScores[ca]!;
  let elsewhere = 0;
  const countries = entriesOf(taxonomy).jurisdiction;
  for (let at = 0; at < countries.length; at++) elsewhere += scores[countries[at]!]!;
  elsewhere -= scores[us]! + scores[mx]! + scores[ca]!;
  const words = Math.max(tokens.count, 1);
  row[0] = 1;
  row[1] = damped(titleScores[trade]!);
  row[2] = damped(titleScores[trade]!) * alone;
  row[3] = damped(leadScores[trade]!);
  row[4] = damped(Math.max(scores[trade]! - titleScores[trade]! - leadScores[trade]!, 0));
  row[5] = damped(distinct[trade]!);
  row[6] = Math.min(strongHits[trade]!, 4) / 4;
  row[7] = strongTitleHits[trade]! > 0 ? 1 : 0;
  row[8] = damped(titleScores[off]!);
  row[9] = damped(scores[off]! - titleScores[off]!);
  row[10] = damped(law);
  row[11] = damped(lawTitle);
  row[12] = damped(scores[agreement]!);
  row[13] = damped(northTitle);
  row[14] = damped(north + implied);
  row[NOWHERE_NEAR] = elsewhere > 0.01 && north + implied < 1.5 ? 1 : 0;
  row[16] = damped(topicTitle);
  row[17] = damped(topics);
  row[18] = damped(best);
  row[19] = damped(words) / 5;
  row[20] = north + implied < 1 ? 1 : 0;
  row[21] = topicTitle > 0 && strongTitleHits[trade]! > 0 ? 1 : 0;
  return row;
}

/** The probability that the article is relevant; articles without a word of trade are not, whatever else they say. */
export function relevance(scan: ArticleScan, learned: Weights = weights): number {
  const features = relevanceRow(scan);
  if (features[NOWHERE_NEAR]! > 0) return 0;
  if (!speaksOfTrade(scan, features[10]!)) return 0;
  const own = logit(learned.relevance, features, 0, WIDTH, '');
  const context = layOut(learned.context, scan.taxonomy).byName.get(RELEVANT);
  if (!context) return 1 / (1 + Math.exp(-own));
  contextFeatures.read(scan);
  return 1 / (1 + Math.exp(-contextLogit(context, contextFeatures, own)));
}
