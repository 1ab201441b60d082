/** The tag ids of the taxonomy. Stable: they appear in events, URLs, exports and the API. */
export const sectors = [
  'automotive', 'steel-aluminum', 'critical-minerals', 'semiconductors', 'electronics', 'aerospace', 'machinery', 'agriculture-food',
  'energy', 'pharma-medical', 'textiles-apparel', 'lumber-wood', 'chemicals-plastics', 'logistics', 'consumer-retail', 'digital-services',
] as const;
export const topics = [
  'joint-review', 'rules-of-origin', 'labor', 'tariff-measures', 'usmca-preference', 'retaliation', 'trade-remedies', 'dispute-settlement',
  'china-content', 'agri-market-access', 'energy-policy', 'digital-trade', 'forced-labor', 'environment', 'intellectual-property',
  'investment-nearshoring', 'customs-border', 'security-migration', 'trade-flows',
] as const;
export const authorities = ['s232', 's301', 'ieepa', 's122', 's338', 's201', 'adcvd', 'usmca', 'wto', 'mx-law', 'ca-law'] as const;

export type Sector = (typeof sectors)[number];
export type Topic = (typeof topics)[number];
export type Authority = (typeof authorities)[number];
