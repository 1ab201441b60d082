/** The taxonomy's "rules for close calls", each as a step over the tags decided by evidence; the comments quote the rule. */
import type { ArticleScan } from './article-scan.ts';
import { publisherCountry } from './headline.ts';
import type { Decision } from './tag-decision.ts';

/** How sure a tag is that only a rule gives. */
const IMPLIED = 0.6;

type Rule = (decision: Decision, scan: ArticleScan, title: string) => void;

function raise(tags: Map<string, number>, ...ids: readonly string[]): void {
  for (const id of ids) if (!tags.has(id)) tags.set(id, IMPLIED);
}

const usTariffLaws = ['s232', 's301', 'ieepa', 's122', 's338'] as const;
/** Industries that pay duties under Section 232. */
const securitySectors = ['steel-aluminum', 'automotive', 'semiconductors', 'pharma-medical', 'lumber-wood'] as const;

function hasAny(tags: ReadonlyMap<string, number>, ids: readonly string[]): boolean {
  return ids.some((id) => tags.has(id));
}

/** "Antidumping and countervailing duties and safeguards are `trade-remedies`, not also `tariff-measures`." A remedy named in passing beside a tariff is none. */
const remediesAreNoTariffMeasures: Rule = ({ topics, authorities }, scan) => {
  if (!topics.has('trade-remedies') || !topics.has('tariff-measures')) return;
  const remedies = scan.score('trade-remedies');
  const tariffs = scan.score('tariff-measures');
  const others = hasAny(authorities, ['s301', 'ieepa', 's122', 's338']) || (authorities.has('s232') && scan.score('is/s232-named') > 0) || topics.has('retaliation');
  if (tariffs > remedies * 2.5 && scan.score('is/us-notice') === 0) topics.delete('trade-remedies');
  else if (!others || remedies > tariffs * 1.5) topics.delete('tariff-measures');
};

/** "Quota volumes are `agri-market-access`, not also `tariff-measures`." */
const quotasAreMarketAccess: Rule = ({ topics }, scan) => {
  if (topics.has('agri-market-access') && topics.has('tariff-measures') && scan.score('tariff-measures') < scan.score('agri-market-access') * 0.6) topics.delete('tariff-measures');
};

/** "`retaliation` by import duties is `tariff-measures` too." */
const retaliationIsTariff: Rule = ({ topics }, scan) => {
  if (topics.has('retaliation') && scan.score('tariff-measures') > 0) raise(topics, 'tariff-measures');
};

/** "Chinese goods in an ordinary remedy, forced-labor or 301 case give jurisdiction `CN`, not `china-content`." */
const ordinaryCasesAreNotChinaContent: Rule = ({ topics, authorities }) => {
  if (topics.has('china-content') && (topics.has('trade-remedies') || topics.has('forced-labor') || authorities.has('adcvd') || authorities.has('s301'))) topics.delete('china-content');
};

/** "Section 337 and import bans are relevant (`intellectual-property`, `forced-labor`)": a case on rights is not a review of the agreement. */
const importBansAreNoMeasures: Rule = ({ topics, authorities }, scan) => {
  if (topics.has('intellectual-property') && !hasAny(authorities, usTariffLaws) && scan.titleScores[scan.taxonomy.indexOf.get('tariff-measures')!] === 0) topics.delete('tariff-measures');
  if (topics.has('intellectual-property') && scan.score('is/agreement') === 0) topics.delete('joint-review');
  if (topics.has('trade-remedies') && scan.score('is/agreement') === 0 && scan.score('joint-review') < scan.score('trade-remedies')) topics.delete('joint-review');
  if (topics.has('dispute-settlement') && topics.has('trade-remedies') && scan.language === 'en' && scan.score('is/nafta') + scan.score('is/us-notice') > 0) topics.delete('joint-review');
  if (topics.has('intellectual-property') && authorities.has('s301') && scan.score('tariff-measures') < 8) authorities.delete('s301');
};

/** "NAFTA-era panels are `dispute-settlement` with `adcvd`, without `usmca`." */
const naftaPanels: Rule = ({ topics, authorities }, scan) => {
  const nafta = scan.score('is/nafta');
  if (nafta > 0 && topics.has('dispute-settlement') && nafta > scan.score('is/agreement') && scan.score('is/us-notice') > 0) {
    raise(topics, 'trade-remedies');
    raise(authorities, 'adcvd');
    authorities.delete('usmca');
  }
};

/** A remedy rests on remedy law. */
const impliedRemedyLaw: Rule = ({ topics, authorities }) => {
  if (topics.has('trade-remedies') && !authorities.has('s201') && !authorities.has('ca-law')) raise(authorities, 'adcvd');
};

/** Score of a law's own phrases from which it is taken to be the law at hand. */
const LAW_TOLD = 3;

/** A law goes with its subject: remedies with remedy law, tariff statutes with tariffs, the WTO with disputes or the headline. */
const lawsGoWithSubjects: Rule = ({ topics, authorities }, scan) => {
  const titled = (id: string): boolean => scan.titleScores[scan.taxonomy.indexOf.get(id)!]! > 0;
  if (!topics.has('trade-remedies')) authorities.delete('adcvd');
  if (!topics.has('dispute-settlement') && !titled('wto')) authorities.delete('wto');
  for (const law of ['s232', 'ieepa', 's122'] as const) {
    if (!authorities.has(law) || topics.has('tariff-measures')) continue;
    if (titled(law) && !topics.has('trade-remedies')) raise(topics, 'tariff-measures');
    else authorities.delete(law);
  }
};

/** The law behind a tariff that is not named: by who acts and on what. */
const impliedTariffLaw: Rule = ({ topics, authorities, jurisdictions, sectors }, scan) => {
  if (topics.has('trade-remedies') && !topics.has('tariff-measures')) authorities.delete('s232');
  if (!topics.has('tariff-measures') || topics.has('trade-remedies')) return;
  const usActs = scan.score('is/us-acts') > 0 || hasAny(authorities, ['ieepa', 's301', 's122']);
  const mexicoActs = scan.score('mx-law') >= LAW_TOLD;
  const canadaActs = scan.score('ca-law') >= LAW_TOLD || (jurisdictions.has('CA') && jurisdictions.has('CN') && !sectors.has('agriculture-food'));
  const secured = hasAny(sectors, securitySectors) && scan.score('s232') > 0;
  if (usActs) raise(jurisdictions, 'US');
  const us = jurisdictions.has('US');
  if (!us && jurisdictions.has('MX') && mexicoActs) raise(authorities, 'mx-law');
  if (!us && jurisdictions.has('CA') && canadaActs) raise(authorities, 'ca-law');
  if (authorities.has('mx-law') && !usActs && mexicoActs) authorities.delete('s232');
  if (authorities.has('mx-law') && !mexicoActs) authorities.delete('mx-law');
  const named = scan.score('is/s232-named') > 0;
  if (authorities.has('ca-law') && (topics.has('retaliation') || (!usActs && (!us || !named)))) authorities.delete('s232');
  if (usActs && !topics.has('retaliation') && scan.score('ca-law') < scan.score('tariff-measures') * 0.5) authorities.delete('ca-law');
  if (authorities.has('ca-law') && sectors.has('agriculture-food') && jurisdictions.has('CN') && !us) authorities.delete('ca-law');
  if (hasAny(authorities, [...usTariffLaws, 'mx-law', 'ca-law', 'adcvd']) || topics.has('retaliation') || topics.has('china-content')) return;
  if (topics.has('security-migration')) raise(authorities, 'ieepa');
  else if (secured) raise(authorities, 's232');
};

/** Counter-tariffs of Canada rest on Canadian law. */
const retaliationLaw: Rule = ({ topics, authorities, jurisdictions }, scan) => {
  if (!topics.has('retaliation')) return;
  if (jurisdictions.has('CA') && jurisdictions.has('US') && scan.score('ca-law') > 0) raise(authorities, 'ca-law');
  for (const law of ['s232', 'ieepa'] as const) if (authorities.has('ca-law') || scan.titleScores[scan.taxonomy.indexOf.get(law)!] === 0) authorities.delete(law);
};

/** Subjects that are the agreement's own business when it is named beside them. */
const agreementTopics = ['joint-review', 'dispute-settlement', 'rules-of-origin', 'labor', 'environment', 'energy-policy'] as const;
/** Subjects that are so when the title names the agreement. */
const titledAgreementTopics = ['agri-market-access', 'intellectual-property', 'digital-trade', 'customs-border'] as const;
const NAMED_THROUGHOUT = 7;

/** "Authority `usmca`: the agreement, its text, bodies, mechanisms or review are the subject." */
const agreementAsSubject: Rule = ({ topics, authorities, jurisdictions }, scan) => {
  const agreement = scan.taxonomy.indexOf.get('is/agreement')!;
  const titled = scan.titleScores[agreement]! > 0;
  const named = scan.scores[agreement]!;
  if (topics.has('joint-review') && (titled || named >= NAMED_THROUGHOUT || (named > 0 && scan.titleScores[scan.taxonomy.indexOf.get('joint-review')!]! > 0))) raise(authorities, 'usmca');
  if (topics.has('joint-review') && !topics.has('tariff-measures') && (jurisdictions.has('MX') || scan.score('is/three') > 0)) raise(authorities, 'usmca');
  if (topics.has('labor') && scan.score('is/rapid-response') > 0) raise(authorities, 'usmca');
  if (titled && topics.size === 0) raise(authorities, 'usmca');
  if (!authorities.has('usmca') || scan.score('is/nafta') > named) return;
  if (topics.size > 0 && !hasAny(topics, agreementTopics) && !(titled && hasAny(topics, titledAgreementTopics))) authorities.delete('usmca');
};

/** The three when the agreement is named without any of them; the partner named and the United States otherwise. */
const partnersOfTheAgreement: Rule = ({ jurisdictions, topics, authorities }, scan, title) => {
  if (hasAny(authorities, usTariffLaws)) raise(jurisdictions, 'US');
  const agreement = authorities.has('usmca') || topics.has('joint-review') || (scan.score('is/agreement') > 0 && jurisdictions.size === 0);
  const titled = scan.titleScores[scan.taxonomy.indexOf.get('is/agreement')!]! > 0;
  if (!agreement) {
    if (!titled || jurisdictions.has('CA') || jurisdictions.has('MX')) return;
    if (scan.score('is/canadian-name') > 0) raise(jurisdictions, 'CA', 'US');
    else raise(jurisdictions, 'CA', 'MX', 'US');
    return;
  }
  const bilateral = scan.titleScores[scan.taxonomy.indexOf.get('US')!]! > 0;
  if (scan.language === 'es' && topics.has('joint-review') && jurisdictions.has('MX') && !bilateral) raise(jurisdictions, 'CA');
  const publisher = publisherCountry(title, scan.headlineEnd);
  if (publisher === 'CA' && topics.has('agri-market-access')) raise(jurisdictions, 'CA');
  if (scan.score('is/three') > 0) raise(jurisdictions, 'CA', 'MX', 'US');
  if (!jurisdictions.has('CA') && !jurisdictions.has('MX')) raise(jurisdictions, 'CA', 'MX', 'US');
  else raise(jurisdictions, 'US');
};

/** A remedy case of the United States names only the country of the goods. */
const remediesOfTheUnitedStates: Rule = ({ jurisdictions, authorities, topics }, scan) => {
  if (scan.score('is/us-notice') > 0) raise(jurisdictions, 'US');
  if (!authorities.has('adcvd')) return;
  const elsewhere = scan.score('is/other-remedy-authority') > 0;
  if (!elsewhere && scan.language === 'en') raise(jurisdictions, 'US');
  if (topics.has('trade-remedies') && scan.score('is/softwood') > 0) raise(jurisdictions, 'CA', 'US');
};

/** Live cattle and produce stopped at "the border" are Mexico's exports to the United States. */
const borderClosures: Rule = ({ jurisdictions, topics, authorities }, scan) => {
  if (topics.has('agri-market-access') && scan.score('is/screwworm') > 0) raise(jurisdictions, 'MX', 'US');
  if (topics.size > 0 && scan.score('is/mexican-authority') >= 3 && (authorities.has('adcvd') || authorities.has('mx-law'))) raise(jurisdictions, 'MX');
  if (topics.size > 0 && scan.score('is/canadian-authority') > 0 && (authorities.has('adcvd') || authorities.has('ca-law'))) raise(jurisdictions, 'CA');
  if (topics.size > 0 && jurisdictions.size === 0) raise(jurisdictions, 'US');
  if ((topics.has('labor') || topics.has('security-migration')) && jurisdictions.has('MX') && scan.score('is/rapid-response') > 0) raise(jurisdictions, 'US');
};


/** A law of a country goes with the country. */
const lawsGoWithCountries: Rule = ({ authorities, jurisdictions }) => {
  if (!jurisdictions.has('CA')) authorities.delete('ca-law');
  if (!jurisdictions.has('MX')) authorities.delete('mx-law');
};

const rules: readonly Rule[] = [
  retaliationIsTariff, remediesAreNoTariffMeasures, quotasAreMarketAccess, ordinaryCasesAreNotChinaContent, importBansAreNoMeasures, impliedRemedyLaw, naftaPanels, lawsGoWithSubjects,
  impliedTariffLaw, retaliationLaw, agreementAsSubject, partnersOfTheAgreement, remediesOfTheUnitedStates, borderClosures, lawsGoWithCountries,
];

/** Applies the rules in their order. */
export function applyCloseCalls(decision: Decision, scan: ArticleScan, title: string): void {
  for (const rule of rules) rule(decision, scan, title);
}
