/**
 * Facts an article states, with the place where it does: rates, amounts, dates and what they are, tariff codes, document and case
 * numbers, agencies, countries, companies. Only the surroundings of numbers are read, so the cost stays with the scan's.
 */
import type { Evidence, Fact } from '@tradewatch/events';
import { FLAG_DIGIT } from '@tradewatch/taxonomy';
import type { ArticleScan, ArticleText } from './article-scan.ts';
import { monthStart, readDate } from './fact-dates.ts';

/** More facts than this from one article are noise (a tariff schedule pasted whole). */
const MOST_FACTS = 200;
const BEFORE = 48;
const AFTER = 60;

/** What the surroundings of a number promise, and so which patterns are tried. */
type Promising = 'rate' | 'money' | 'document';

interface Pattern {
  readonly type: Fact['type'];
  readonly kind: Promising;
  /** Sticky; matched where a number begins or a little before it. */
  readonly expression: RegExp;
  /** How far before the number the fact may begin, in characters. */
  readonly back: number;
  value(match: RegExpExecArray): string | undefined;
  role?(match: RegExpExecArray, before: string): string | undefined;
}

function decimal(text: string): string {
  const plain = text.replace(/[\s\u00a0\u202f]/g, '');
  const comma = plain.lastIndexOf(',');
  const dot = plain.lastIndexOf('.');
  if (comma >= 0 && dot >= 0) return comma > dot ? plain.replace(/\./g, '').replace(',', '.') : plain.replace(/,/g, '');
  if (comma >= 0) return /,\d{3}(?:,|$)/.test(plain) ? plain.replace(/,/g, '') : plain.replace(',', '.');
  return plain;
}

const currencies: Readonly<Record<string, string>> = { $: 'USD', 'us$': 'USD', 'c$': 'CAD', 'ca$': 'CAD', 'mx$': 'MXN', '€': 'EUR', '£': 'GBP' };
const scales: readonly (readonly [RegExp, number])[] = [
  [/^(trillions?|billones)/i, 1e12], [/^(billions?|bn|milliards?|mil millones|mmdd)/i, 1e9], [/^(millions?|millones|mdd|m\b)/i, 1e6], [/^(thousands?|mil|mille)/i, 1e3],
];

function amount(figure: string, scale: string | undefined): string {
  const factor = scale === undefined ? 1 : (scales.find(([expression]) => expression.test(scale.trim()))?.[1] ?? 1);
  return String(Math.round(Number(decimal(figure)) * factor * 100) / 100);
}

const rateRole = (before: string): string | undefined => {
  if (/(dumping|margin|margen|subsid|cuota compensatoria|antidumping|compens)/i.test(before)) return 'remedy';
  if (/(tariff|dut(y|ies)|arancel|gravamen|tarif|droit|surtax|levy|tasa|surcharge)/i.test(before)) return 'duty';
  return undefined;
};

const patterns: readonly Pattern[] = [
  { type: 'tariff-rate', kind: 'rate', back: 0, expression: /(\d{1,3}(?:[.,]\d{1,3})?)[\s\u00a0\u202f]?(?:%|per ?cent\b|percent\b|por ciento|pour cent|percentage points)/iy, value: (match) => `${decimal(match[1]!)}%`, role: (_, before) => rateRole(before) },
  { type: 'tariff-rate', kind: 'rate', back: 3, expression: /((?:US|C)?\$|¢)?\s?(\d+(?:[.,]\d+)?)\s?(cents?|dollars?|¢|centavos)?(?: of a dollar)? (?:per|a|por|le|par) (kilogram|kilo|kg|kilogramo|kilogramme|ton|tonne|tonelada|pair|par|liter|litre|unit|unidad|pound|libra|thousand board feet)\b/iy, value: (match) => (match[1] ?? match[3] ? `${decimal(match[2]!)}${match[1] ? ' ' + match[1] : ''}${match[3] ? ' ' + match[3] : ''}/${match[4]!.toLowerCase()}` : undefined), role: () => 'specific' },
  { type: 'amount', kind: 'money', back: 4, expression: /((?:US|C|CA|MX)?\$|€|£)\s?(\d{1,3}(?:[, \u00a0.]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)(?:[\s\u00a0-](trillion|billion|bn|million|milliards?|millions?|mil millones|millones|thousand))?/iy, value: (match) => `${amount(match[2]!, match[3])} ${currencies[match[1]!.toLowerCase()] ?? 'USD'}` },
  { type: 'amount', kind: 'money', back: 0, expression: /(\d{1,3}(?:[, \u00a0.]\d{3})+|\d+(?:[.,]\d+)?)[\s\u00a0](mil millones|millones|billions?|millions?|milliards?)(?: (?:de|d['’]))?\s?(d[oó]lares canadienses|d[oó]lares|dollars canadiens|dollars am[ée]ricains|dollars|pesos|euros)/iy, value: (match) => `${amount(match[1]!, match[2])} ${/canad/i.test(match[3]!) ? 'CAD' : /peso/i.test(match[3]!) ? 'MXN' : /euro/i.test(match[3]!) ? 'EUR' : 'USD'}` },
  { type: 'hts-code', kind: 'document', back: 0, expression: /(\d{4}\.\d{2}(?:\.\d{2,4}){0,2}(?:\.\d{2})?)(?:\s?(?:-|–|to|through|a|à)\s?(\d{4}\.\d{2}(?:\.\d{2,4}){0,2}))?(?![\d.]*\d)/iy, value: (match) => (match[2] ? `${match[1]!}-${match[2]}` : match[1]!) },
  { type: 'hts-code', kind: 'document', back: 24, expression: /(?:HTS(?:US)?|HS|harmonized|heading|headings|subheading|partida|fracci[oó]n|chapter|chapitre|cap[ií]tulo|position)s?(?: (?:code|codes|arancelaria|tarifaire|SH))?[ :]+(\d{2,10}(?:\.\d{2,4})*)\b/iy, value: (match) => match[1]! },
  { type: 'federal-register-number', kind: 'document', back: 0, expression: /(\d{2,3}) (?:FR|Fed\. ?Reg\.) (\d{1,3}(?:,\d{3})|\d{3,6})/y, value: (match) => `${match[1]!} FR ${match[2]!.replace(',', '')}` },
  { type: 'federal-register-number', kind: 'document', back: 12, expression: /FR Doc\.? (\d{4}-\d{5}|\d{2}-\d{4,5})/iy, value: (match) => match[1]! },
  { type: 'docket', kind: 'document', back: 14, expression: /((?:USTR|BIS|USITC|ITA|APHIS|USDA|DHS|CBP|USCBP|DOT|OFAC|FDA|DOL|NOAA|EPA|FSIS)(?:-[A-Z]{2,6})?-\d{4}-\d{4,5})/y, value: (match) => match[1]! },
  { type: 'docket', kind: 'document', back: 6, expression: /([AC]-\d{3}-\d{3})(?!\d)/y, value: (match) => match[1]! },
  { type: 'csms', kind: 'document', back: 10, expression: /CSMS\s?(?:#|no\.?|message)?\s?(\d{8})/iy, value: (match) => match[1]! },
  { type: 'dof', kind: 'document', back: 6, expression: /DOF[\s:-]{1,3}(\d{1,2}[/-]\d{1,2}[/-]\d{4})/y, value: (match) => match[1]!.replaceAll('-', '/') },
  { type: 'sor', kind: 'document', back: 6, expression: /(SOR|DORS)\/(\d{2,4}-\d{1,4})/y, value: (match) => `SOR/${match[2]!}` },
  { type: 'case-number', kind: 'document', back: 10, expression: /((?:USA|MEX|CDA|CAN)-(?:USA|MEX|CDA|CAN)-\d{4}-(?:10\.12|1904|31|31A|31B)(?:-\d{1,2})?)/y, value: (match) => match[1]! },
  { type: 'case-number', kind: 'document', back: 4, expression: /(DS\d{1,3})(?!\d)/y, value: (match) => match[1]! },
  { type: 'case-number', kind: 'document', back: 8, expression: /(SEM-\d{2}-\d{3}|(?:731|701|337)-TA-\d{1,4})/y, value: (match) => match[1]! },
  { type: 'proclamation', kind: 'document', back: 14, expression: /(?:proclamation|proclama(?:ci[oó]n)?)(?: (?:no\.?|n[uú]m\.?))? (\d{4,5})(?!\d)/iy, value: (match) => match[1]! },
  { type: 'executive-order', kind: 'document', back: 24, expression: /(?:executive order|orden ejecutiva|d[ée]cret pr[ée]sidentiel|E\.?O\.?)(?: (?:no\.?|n[uú]m\.?))? (\d{5})(?!\d)/iy, value: (match) => match[1]! },
];

/** The facts of an article, in the order of the text; the title's first. */
export function findFacts(scan: ArticleScan, article: ArticleText): Fact[] {
  const facts: Fact[] = [];
  const { tokens, titleWords, taxonomy } = scan;
  const done = { title: 0, text: 0 };
  for (let at = 0; at < tokens.count && facts.length < MOST_FACTS; at++) {
    if ((tokens.flags[at]! & FLAG_DIGIT) === 0) continue;
    const field = at < titleWords ? 'title' : 'text';
    const start = tokens.starts[at]!;
    if (start < done[field]) continue;
    const fact = factAt(article, field, start, done[field]);
    if (!fact) continue;
    facts.push(fact);
    done[field] = fact.evidence.end;
  }
  const seen = new Set<string>();
  for (let hit = 0; hit < scan.count && facts.length < MOST_FACTS; hit++) {
    const entry = taxonomy.phraseEntry[scan.hitPhrase[hit]!]!;
    const kind = taxonomy.kinds[entry];
    if (kind !== 'fact' && kind !== 'jurisdiction') continue;
    const { id } = taxonomy.entries[entry]!;
    if (seen.has(id)) continue;
    const strong = taxonomy.phraseWeight[scan.hitPhrase[hit]!]! >= 3;
    if (kind === 'jurisdiction' && !strong) continue;
    seen.add(id);
    const first = scan.hitFirst[hit]!;
    const evidence = evidenceOf(article, first < titleWords ? 'title' : 'text', tokens.starts[first]!, tokens.ends[scan.hitLast[hit]!]!);
    const [head, name] = id.split(/\/(.*)/s) as [string, string | undefined];
    facts.push({ type: kind === 'jurisdiction' ? 'country' : head === 'agency' ? 'agency' : 'company', value: name ?? id, evidence });
  }
  return facts;
}

const documentWords = new Set(
  '# proclamation proclama proclamacion proclamación order ejecutiva décret decret présidentiel presidentiel eo e.o. csms message dof sor dors doc doc. heading headings subheading subheadings chapter chapters chapitre capitulo capítulo hts htsus hs harmonized code codes arancelaria tarifaire fraccion fracción partida position no no. núm núm. num'.split(' '),
);
const percentWords = /^(%|percent|per ?cent|por ciento|pour cent)/i;
const scaleWords = /^[-\s]?(mil\s|millon|million|milliard|billion)/i;
const unitWords = /^(cents?|centavos|dollars?|¢|per |a |por |le |par )/i;

/** Whether a unit is a digit. */
function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

/** Where a figure that begins at `start` ends, its thousands and decimals included. */
function figureEnd(text: string, start: number): number {
  let end = start;
  const limit = Math.min(text.length, start + 24);
  while (end < limit) {
    const unit = text.charCodeAt(end);
    if (isDigit(unit)) end++;
    else if ((unit === 44 || unit === 46) && isDigit(text.charCodeAt(end + 1))) end++;
    else if ((unit === 32 || unit === 0xa0 || unit === 0x202f) && isDigit(text.charCodeAt(end + 1)) && isDigit(text.charCodeAt(end + 2)) && isDigit(text.charCodeAt(end + 3)) && !isDigit(text.charCodeAt(end + 4))) end += 4;
    else break;
  }
  return end;
}

/** Which patterns are worth trying at a number, told by what touches it; most numbers (years, counts) are none. */
function worthTrying(text: string, start: number): Promising | 'date' | undefined {
  if (!isDigit(text.charCodeAt(start))) return 'document';
  const previous = start > 0 ? text.charCodeAt(start - 1) : 32;
  if (previous === 36 || previous === 0x20ac || previous === 0xa3) return /^[\s\d.,]*(?:cents?\s|centavos\s)?\s?(?:per|a|por|le|par)\s(?:k|t|p|l|u|th)/i.test(text.slice(start, start + 28)) ? 'rate' : 'money';
  if (previous === 35 || previous === 45 || previous === 47) return 'document';
  const end = figureEnd(text, start);
  const gap = /\s/.test(text.charAt(end)) ? 1 : 0;
  const after = text.slice(end + gap, end + gap + 14);
  if (after !== '') {
    const next = after.charCodeAt(0);
    if (next === 37) return 'rate';
    if (next > 64 || next === 45) {
      if (percentWords.test(after) || unitWords.test(after)) return 'rate';
      if (scaleWords.test(after)) return 'money';
      if (after.startsWith('FR ') || after.startsWith('Fed.')) return 'document';
    }
  }
  if (end - start >= 7 && text.charCodeAt(start + 4) === 46) return 'document';
  const space = text.lastIndexOf(' ', start - 2);
  const before = start > 1 ? text.slice(Math.max(space + 1, start - 16), start - 1).toLowerCase().replace(/^[(«“"[]+/, '') : '';
  if (before.endsWith('$') || before === '€' || before === '£') return 'money';
  if (documentWords.has(before)) return 'document';
  if (end - start <= 2 && (monthStart.test(before) || monthStart.test(after) || /^(de |er|º|°)/.test(text.slice(end, end + 3).trimStart() + ' '))) return 'date';
  return end - start === 4 && text.charCodeAt(end) === 45 && isDigit(text.charCodeAt(end + 1)) ? 'date' : undefined;
}

function factAt(article: ArticleText, field: 'title' | 'text', start: number, floor: number): Fact | undefined {
  const whole = article[field];
  const trying = worthTrying(whole, start);
  if (trying === undefined) return undefined;
  const from = Math.max(floor, start - BEFORE, 0);
  const around = whole.slice(from, start + AFTER);
  const number = start - from;
  if (trying !== 'date') {
    const before = around.slice(0, number);
    for (const { type, kind, expression, back, value, role } of patterns) {
      if (kind !== trying) continue;
      for (let index = Math.max(0, number - back); index <= number; index++) {
        if (around.charCodeAt(index) <= 32 || (index > 0 && index < number && /[\p{L}\p{N}]/u.test(around[index - 1]!))) continue;
        expression.lastIndex = index;
        const match = expression.exec(around);
        if (!match || match.index + match[0].length <= number) continue;
        const found = value(match);
        if (found === undefined) continue;
        const stated = role?.(match, before + around.slice(number, number + AFTER));
        return { type, value: found, ...(stated === undefined ? {} : { role: stated }), evidence: evidenceOf(article, field, from + match.index, from + match.index + match[0].length) };
      }
    }
  }
  const date = readDate(around, number);
  return date && { type: 'date', value: date.value, ...(date.role === undefined ? {} : { role: date.role }), evidence: evidenceOf(article, field, from + date.start, from + date.end) };
}

function evidenceOf(article: ArticleText, field: 'title' | 'text', start: number, end: number): Evidence {
  return { field, start, end, text: article[field].slice(start, end) };
}
