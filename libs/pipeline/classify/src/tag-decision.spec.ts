import type { Classification } from '@tradewatch/events';
import { describe, expect, it } from 'vitest';
import { compileTaxonomy, taxonomySources } from '@tradewatch/taxonomy';
import { classify } from './classify-article.ts';

type Dimension = 'sectors' | 'topics' | 'authorities' | 'jurisdictions';

function tags(title: string, text: string, dimension: Dimension): string[] {
  const result: Classification = classify({ title, text });
  return result[dimension].map(({ id }) => id);
}

describe('a tag is given to an article about its subject', () => {
  it.each<[Dimension, string, string, string]>([
    ['sectors', 'automotive', 'Automakers brace for tariff on cars from Mexico', 'Assembly plants in Ohio buy car parts across the border.'],
    ['sectors', 'automotive', 'Armadoras piden frenar arancel a los autos', 'La industria automotriz exporta vehículos a Estados Unidos.'],
    ['sectors', 'automotive', "L'industrie automobile craint les droits de douane américains", 'Les constructeurs assemblent des voitures en Ontario.'],
    ['sectors', 'steel-aluminum', 'Steel mills in Ontario cut shifts after U.S. tariffs', 'The duty on steel and aluminum is 50 percent.'],
    ['sectors', 'steel-aluminum', "Droits de 50 % sur l'acier et l'aluminium canadiens", 'Les aciéries ferment des lignes.'],
    ['sectors', 'critical-minerals', 'U.S. and Mexico seek pact on lithium and rare earths trade', 'Critical minerals such as graphite are imported from China.'],
    ['sectors', 'semiconductors', 'Washington opens Section 232 probe into semiconductors', 'Imported chips and wafers may face duties.'],
    ['sectors', 'electronics', 'Laptops and smartphones spared from tariffs on China', 'Consumer electronics makers had warned of price rises in the United States.'],
    ['sectors', 'aerospace', 'Tariff on Canadian aircraft would hit Bombardier', 'Aerospace parts cross the border many times.'],
    ['sectors', 'machinery', 'Tractor makers face duties on machinery from Mexico', 'Farm equipment and excavators are made in Coahuila.'],
    ['sectors', 'agriculture-food', 'Mexico halts imports of U.S. corn and pork', 'Farmers in Iowa sell grain and meat there.'],
    ['sectors', 'agriculture-food', 'Aguacate y jitomate mexicanos, sin aranceles', 'Los agricultores exportan hortalizas a Estados Unidos.'],
    ['sectors', 'energy', 'Refiners warn against tariff on Canadian crude oil', 'Natural gas and electricity also flow south.'],
    ['sectors', 'pharma-medical', 'Drugmakers face 100% tariff on imported medicines', 'The United States wants pharmaceutical plants at home.'],
    ['sectors', 'textiles-apparel', 'Textile mills back yarn-forward rule in USMCA', 'Apparel and footwear importers differ.'],
    ['sectors', 'lumber-wood', 'Duties on softwood lumber from Canada rise', 'Sawmills in British Columbia close.'],
    ['sectors', 'chemicals-plastics', 'Mexico raises tariffs on plastics and chemicals', 'Resins from Asia pay up to 35 percent.'],
    ['sectors', 'logistics', 'Truckers and customs brokers face delays at Laredo', 'Freight carriers wait hours at the port of entry between Mexico and the United States.'],
    ['sectors', 'consumer-retail', 'U.S. retailers and toymakers warn of import tariffs before the holidays', 'Online shopping from China to the United States gets dearer.'],
    ['sectors', 'digital-services', 'Canada drops digital services tax on tech giants', 'Streaming platforms of the United States had protested.'],
    ['topics', 'joint-review', 'Greer says USMCA review will decide on extension', 'Talks with Canada and Mexico continue.'],
    ['topics', 'joint-review', 'La revisión del T-MEC empieza en julio', 'México y Estados Unidos negociarán la extensión del tratado.'],
    ['topics', 'joint-review', "Le réexamen de l'ACEUM divise les trois pays", "La prolongation de l'accord est en jeu."],
    ['topics', 'rules-of-origin', 'Automakers resist tighter USMCA rules of origin', 'Regional value content would rise to 80 percent.'],
    ['topics', 'labor', 'U.S. invokes rapid response labor mechanism at Mexican plant', 'Workers were denied freedom of association.'],
    ['topics', 'tariff-measures', 'Trump imposes 35% tariff on Canadian goods', 'The duty applies from Friday.'],
    ['topics', 'usmca-preference', 'USMCA-compliant goods stay exempt from tariffs', 'Mexican exporters claim preference to enter duty-free.'],
    ['topics', 'retaliation', 'Canada retaliates with counter-tariffs on U.S. goods', 'The countermeasures answer American duties.'],
    ['topics', 'retaliation', 'Ottawa annonce des contre-tarifs en représailles', 'Les contre-mesures visent les produits américains.'],
    ['topics', 'trade-remedies', 'Commerce opens antidumping case on Mexican rebar', 'Countervailing duties may follow.'],
    ['topics', 'dispute-settlement', 'Mexico requests USMCA panel over U.S. trucking rules', 'Consultations under chapter 31 failed.'],
    ['topics', 'china-content', 'Washington fears Chinese cars built in Mexico', 'Transshipment and Chinese parts are a concern for North American trade.'],
    ['topics', 'agri-market-access', 'U.S. dairy exporters fault Canada over tariff-rate quotas', 'Supply management keeps milk out.'],
    ['topics', 'energy-policy', "Mexico's energy policy faces USMCA consultations", 'The rules favor state-owned Pemex and CFE over private energy companies.'],
    ['topics', 'digital-trade', 'Online Streaming Act irks Washington in trade talks with Canada', 'Data localization and a digital services tax are on the list.'],
    ['topics', 'forced-labor', 'CBP detains goods from Xinjiang over forced labor', 'The UFLPA bars such imports into the United States.'],
    ['topics', 'environment', 'Vaquita case tests USMCA environment chapter', 'The Commission for Environmental Cooperation published a factual record on Mexico.'],
    ['topics', 'intellectual-property', 'Special 301 report puts Mexico on Priority Watch List', 'Patents and copyright lack protection, USTR says.'],
    ['topics', 'investment-nearshoring', 'Nearshoring brings new plants to Nuevo León', 'Foreign direct investment in Mexico grew with exports to the United States.'],
    ['topics', 'customs-border', 'CBP changes customs entry rules for low-value shipments', 'Importers must file in the Automated Commercial Environment.'],
    ['topics', 'security-migration', 'Fentanyl tariff on Mexico tied to border security', 'Washington wants action on cartels and migration.'],
    ['topics', 'trade-flows', "Mexico's exports to the U.S. rose 8% in March", 'The trade surplus widened, Census Bureau data show.'],
    ['authorities', 's232', 'Section 232 duties on timber begin', 'The United States cites national security.'],
    ['authorities', 's301', 'USTR opens Section 301 investigation of Brazil', 'Unfair practices may bring duties.'],
    ['authorities', 'ieepa', 'Supreme Court weighs IEEPA tariffs', 'The president used emergency powers against Canada and Mexico.'],
    ['authorities', 's122', 'Section 122 surcharge of 10% starts', 'The balance-of-payments law allows 150 days of import duties in the United States.'],
    ['authorities', 's338', 'Section 338 could replace the tariffs', 'The 1930 law allows duties against discrimination of American commerce.'],
    ['authorities', 's201', 'ITC begins global safeguard investigation under Section 201', 'Imports of fiber injure American mills, the petition says.'],
    ['authorities', 'adcvd', 'Final antidumping duty order on Mexican steel racks', 'Commerce found sales at less than fair value.'],
    ['authorities', 'usmca', 'USMCA joint review enters second round', 'The agreement is up for extension.'],
    ['authorities', 'wto', 'Canada takes U.S. steel duties to the WTO', 'A dispute panel may be formed in Geneva.'],
    ['authorities', 'mx-law', 'Senado aprueba reforma a la TIGIE', 'El decreto sube aranceles de México a países sin tratado.'],
    ['authorities', 'ca-law', 'Canada Gazette publishes remission order for U.S. surtax', 'The order under the Customs Tariff relieves importers of counter-tariffs.'],
    ['jurisdictions', 'EU', 'European Union and United States settle tariffs on cars', 'Brussels agreed to cut duties.'],
    ['jurisdictions', 'CN', 'Tariffs on China rise to 60%', 'The United States will charge Chinese goods more.'],
    ['jurisdictions', 'BR', 'Tariff of 50% on Brazil takes effect', 'The United States targets Brazilian goods.'],
  ])('%s: %s on "%s"', (dimension, tag, title, text) => {
    expect(tags(title, text, dimension)).toContain(tag);
  });
});

describe('words of trade with another meaning give no tag', () => {
  it.each([
    ['Mobile tariffs compared', 'Which phone tariff is cheapest for roaming in Canada? Our review of six plans.'],
    ['Toronto trade their goalkeeper', 'The club sent the player to Mexico in a trade before the deadline.'],
    ['Review: a panel of experts on wine', 'Ten bottles from California were tasted; the origin surprised the panel.'],
    ['Film review: Duty', 'The thriller, set in Mexico City, has a strong second act.'],
    ['Stocks end flat', 'Trading volume was thin in New York; chip shares gained and the S&P 500 slipped.'],
    ['Arancel de notarios en Jalisco', 'El Congreso local revisará los honorarios de los notarios públicos.'],
    ['Hausse des tarifs de stationnement', 'La ville augmente le tarif horaire au centre-ville de Montréal.'],
    ['Sunset law review of state boards', 'Legislators in Texas will decide on the withdrawal of funding for the agency.'],
  ])('"%s"', (title, text) => {
    const { relevant, sectors, topics } = classify({ title, text });
    expect({ relevant, tags: sectors.length + topics.length }).toEqual({ relevant: false, tags: 0 });
  });
});

describe('the data decide', () => {
  const article = { title: 'Steel tariffs on Mexico take effect', text: 'The United States collects 50 percent on steel.' };
  const withFile = (file: string, from: string, to: string): ReturnType<typeof classify> => classify(article, { taxonomy: compileTaxonomy({ ...taxonomySources, [file]: taxonomySources[file]!.replace(from, to) }) });

  it('how sure a kind of tag has to be', () => {
    expect(withFile('scoring.yaml', 'sector: 0.5', 'sector: 1').sectors).toEqual([]);
  });

  it('what must stand beside a tag, and what counts against it', () => {
    expect(withFile('sectors.yaml', '- id: steel-aluminum\n', '- id: steel-aluminum\n  needs: [is/off-topic]\n').sectors).toEqual([]);
    expect(withFile('sectors.yaml', '- id: steel-aluminum\n', '- id: steel-aluminum\n  against: {is/trade: 100}\n').sectors).toEqual([]);
  });

  it('the version that the classification carries', () => {
    expect(withFile('scoring.yaml', 'sector: 0.5', 'sector: 0.51').taxonomyVersion).not.toBe(classify(article).taxonomyVersion);
  });
});
