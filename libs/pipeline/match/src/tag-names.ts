/** English names of what a rule can match by, for the reasons and badges a reader sees. */

const special: Readonly<Record<string, string>> = {
  'steel-aluminum': 'Steel and aluminum', 'agriculture-food': 'Agriculture and food', 'pharma-medical': 'Pharma and medical',
  'textiles-apparel': 'Textiles and apparel', 'lumber-wood': 'Lumber and wood', 'chemicals-plastics': 'Chemicals and plastics',
  'consumer-retail': 'Consumer and retail', 'usmca-preference': 'USMCA preference', 'china-content': 'China content',
  'agri-market-access': 'Agricultural market access', 'forced-labor': 'Forced labor', 'investment-nearshoring': 'Investment and nearshoring',
  'customs-border': 'Customs and border', 'security-migration': 'Security and migration',
  s232: 'Section 232', s301: 'Section 301', ieepa: 'IEEPA', s122: 'Section 122', s338: 'Section 338', s201: 'Section 201',
  adcvd: 'Antidumping and countervailing duties', usmca: 'USMCA', wto: 'WTO', 'mx-law': 'Mexican law', 'ca-law': 'Canadian law',
};

const regions = new Intl.DisplayNames(['en'], { type: 'region' });
const languages = new Intl.DisplayNames(['en'], { type: 'language' });

/** A sector's, topic's or authority's name; an id that is new here is spelt out ("joint-review" is "Joint review"). */
export function tagName(id: string): string {
  return special[id] ?? sentenceCase(id);
}

export function jurisdictionName(code: string): string {
  return /^[A-Z]{2}$/.test(code) ? (regions.of(code) ?? code) : code;
}

export function languageName(code: string): string {
  return code === 'und' ? 'unknown' : (languages.of(code) ?? code);
}

/** "Tariff: in effect" for `{kind: 'tariff', stage: 'in-effect'}`. */
export function developmentName({ kind, stage }: { readonly kind: string; readonly stage: string }): string {
  return `${sentenceCase(kind)}: ${stage.replaceAll('-', ' ')}`;
}

function sentenceCase(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ');
}
