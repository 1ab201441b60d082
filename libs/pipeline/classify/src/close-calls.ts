/** The taxonomy's "rules for close calls", each as a step over the tags decided by score; the comments quote the rule. */
import type { ArticleScan } from './article-scan.ts';
import type { Decision } from './tag-decision.ts';

/** How sure a tag is that only a rule gives. */
const IMPLIED = 0.6;

function raise(tags: Map<string, number>, ...ids: readonly string[]): void {
  for (const id of ids) if (!tags.has(id)) tags.set(id, IMPLIED);
}

type Rule = (decision: Decision, scan: ArticleScan) => void;

const usAuthorities = ['s232', 's301', 'ieepa', 's122', 's338'];

/** "Antidumping and countervailing duties and safeguards are `trade-remedies`, not also `tariff-measures`." */
const remediesAreNoTariffMeasures: Rule = ({ topics, authorities }, scan) => {
  if (!topics.has('trade-remedies') || !topics.has('tariff-measures')) return;
  const others = usAuthorities.some((id) => authorities.has(id)) || topics.has('retaliation');
  if (!others || scan.score('trade-remedies') > scan.score('tariff-measures') * 1.5) topics.delete('tariff-measures');
};

/** "Quota volumes are `agri-market-access`, not also `tariff-measures`." */
const quotasAreMarketAccess: Rule = ({ topics }, scan) => {
  if (topics.has('agri-market-access') && topics.has('tariff-measures') && scan.score('tariff-measures') < scan.score('agri-market-access') * 0.6) topics.delete('tariff-measures');
};

/** "`retaliation` by import duties is `tariff-measures` too." */
const retaliationIsTariff: Rule = ({ topics }) => {
  if (topics.has('retaliation')) raise(topics, 'tariff-measures');
};

/** "Chinese goods in an ordinary remedy, forced-labor or 301 case give jurisdiction `CN`, not `china-content`." */
const ordinaryCasesAreNotChinaContent: Rule = ({ topics, authorities }) => {
  if (topics.has('china-content') && (topics.has('trade-remedies') || topics.has('forced-labor') || authorities.has('adcvd') || authorities.has('s301'))) topics.delete('china-content');
};

/** "NAFTA-era panels are `dispute-settlement` with `adcvd`, without `usmca`." */
const naftaPanels: Rule = ({ topics, authorities }, scan) => {
  const nafta = scan.score('is/nafta');
  if (nafta > 0 && topics.has('dispute-settlement') && topics.has('trade-remedies')) {
    raise(authorities, 'adcvd');
    if (nafta > scan.score('is/agreement')) authorities.delete('usmca');
  }
};

/** A remedy rests on remedy law, the joint review on the agreement. */
const impliedAuthorities: Rule = ({ topics, authorities }) => {
  if (topics.has('trade-remedies') && !authorities.has('s201') && !authorities.has('ca-law') && !authorities.has('mx-law')) raise(authorities, 'adcvd');
};

/** The three when the agreement is named without any of them; the partner named and the United States otherwise. */
const partnersOfTheAgreement: Rule = ({ jurisdictions, topics, authorities }, scan) => {
  const agreement = authorities.has('usmca') || topics.has('joint-review') || (scan.score('is/agreement') > 0 && jurisdictions.size === 0);
  const implied = usAuthorities.some((id) => authorities.has(id));
  if (implied) raise(jurisdictions, 'US');
  if (!agreement) return;
  const canada = jurisdictions.has('CA');
  const mexico = jurisdictions.has('MX');
  if (!canada && !mexico) {
    raise(jurisdictions, 'CA', 'MX', 'US');
  } else raise(jurisdictions, 'US');
};

/** A remedy case of the United States names only the country of the goods. */
const remediesOfTheUnitedStates: Rule = ({ jurisdictions, authorities }, scan) => {
  if (!authorities.has('adcvd')) return;
  if (scan.score('agency/CITT') === 0 && scan.score('agency/CBSA') === 0 && scan.score('agency/SE') === 0 && scan.score('agency/UPCI') === 0 && scan.language === 'en') raise(jurisdictions, 'US');
};

const closeCalls: readonly Rule[] = [
  retaliationIsTariff, remediesAreNoTariffMeasures, quotasAreMarketAccess, ordinaryCasesAreNotChinaContent, impliedAuthorities, naftaPanels,
  partnersOfTheAgreement, remediesOfTheUnitedStates,
];

/** Applies the rules in their order. */
export function applyCloseCalls(decision: Decision, scan: ArticleScan): void {
  for (const rule of closeCalls) rule(decision, scan);
}
