// The fields a source is described by, shared by the catalog file and the REST interface: same names, same refusals.
import { sourceAuthorities } from '@tradewatch/events';
import { z } from 'zod';
import { parsePage } from '../extract/page.ts';
import { dayPlaceholder } from './gazette-days.ts';
import { formatInterval, parseInterval } from './poll-interval.ts';
import { fullTextModes, sourceKinds, type SourceKind } from './source.ts';

const blankPage = parsePage('<html><body></body></html>');
const longestIntervalSeconds = 30 * 86_400;
const missingOr = (fault: string) => ({ error: (issue: { readonly input?: unknown }) => (issue.input === undefined ? 'is missing' : fault) });
const oneOf = (values: readonly string[]) => missingOr(`must be one of ${values.join(', ')}`);

export const sourceIdSchema = z
  .string(missingOr('must be a text'))
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$/, 'must be 1 to 64 lower-case letters, digits and hyphens');

const webAddressSchema = z
  .string(missingOr('must be a web address'))
  .max(2000, 'must be at most 2000 characters long')
  .refine(isWebAddress, 'must be a web address that starts with http:// or https:// and carries no password')
  .transform((text) => new URL(text).href.replaceAll(encodeURI(dayPlaceholder), dayPlaceholder));

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
const languageNames = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });

const jurisdictionSchema = z
  .string(missingOr('must be a country code'))
  .transform((code) => code.toUpperCase())
  .refine((code) => /^[A-Z]{2}$/.test(code) && regionNames.of(code) !== undefined, 'must be an ISO 3166-1 country code of two letters (US, MX, CA, …), or EU');

const languageSchema = z
  .string(missingOr('must be a language code'))
  .transform((code) => code.toLowerCase())
  .refine((code) => /^[a-z]{2}$/.test(code) && languageNames.of(code) !== undefined, 'must be an ISO 639-1 language code of two letters (en, es, fr, …)');

/** An interval of text (`15m`, `1h`, `1d`) turned into seconds. */
function intervalSchema(shortestSeconds: number) {
  return z.string(missingOr('must be a text like 15m, 1h or 1d')).transform((text, context) => {
    const seconds = parseInterval(text.trim());
    if (seconds === undefined) context.addIssue('must be a text like 15m, 1h or 1d');
    else if (seconds < shortestSeconds) context.addIssue(`must be ${formatInterval(shortestSeconds)} or longer`);
    else if (seconds > longestIntervalSeconds) context.addIssue(`must be ${formatInterval(longestIntervalSeconds)} or shorter`);
    return seconds ?? z.NEVER;
  });
}

/** What is taken of sources whose list does not say it. */
export const importDefaultFields = {
  kind: z.enum(sourceKinds, oneOf(sourceKinds)).default('rss'),
  jurisdiction: jurisdictionSchema.default('US'),
  language: languageSchema.default('en'),
  authority: z.enum(sourceAuthorities, oneOf(sourceAuthorities)).default('press'),
  interval: z.string('must be a text like 15m, 1h or 1d').default('1h'),
};

const selectorSchema = z
  .string(missingOr('must be a CSS selector'))
  .trim()
  .min(1, 'must not be empty')
  .max(300, 'must be at most 300 characters long')
  .refine(isSelector, 'must be a CSS selector');

/** Where an `html-list` has its articles; all but `item` are looked for inside an item, and may be left out. */
const selectorsSchema = z.strictObject(
  { item: selectorSchema, link: selectorSchema.optional(), title: selectorSchema.optional(), date: selectorSchema.optional(), summary: selectorSchema.optional() },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? 'has a field that is none of item, link, title, date, summary' : 'must be {item, link?, title?, date?, summary?}') },
);

/** Where the text of an article stands on its page, and what in it does not belong to it. */
const pageSelectorsSchema = z.strictObject(
  { content: selectorSchema, remove: selectorSchema.optional() },
  { error: (issue) => (issue.code === 'unrecognized_keys' ? 'has a field that is neither content nor remove' : 'must be {content, remove?}') },
);

const folderSchema = z
  .string(missingOr('must be a text'))
  .max(300, 'must be at most 300 characters long')
  .nullish()
  .transform((folder) => folder?.split('/').map((part) => part.trim()).filter((part) => part !== '').join('/') || null);

/** @param shortestSeconds the shortest interval allowed: what a person adds for themselves may be quicker than what everybody ships. */
export function sourceFields(shortestSeconds: number) {
  return {
    name: z.string(missingOr('must be a text')).trim().min(1, 'must not be empty').max(200, 'must be at most 200 characters long'),
    kind: z.enum(sourceKinds, oneOf(sourceKinds)),
    url: webAddressSchema,
    selectors: selectorsSchema.nullish().transform((selectors) => selectors ?? null),
    fallbacks: z.array(webAddressSchema, 'must be a list of web addresses').max(5, 'must be at most 5 addresses').default([]),
    jurisdiction: jurisdictionSchema,
    language: languageSchema,
    authority: z.enum(sourceAuthorities, oneOf(sourceAuthorities)),
    interval: intervalSchema(shortestSeconds),
    alertOnBackfill: z.boolean('must be true or false').default(false),
    enabled: z.boolean('must be true or false').default(true),
    fullText: z.enum(fullTextModes, oneOf(fullTextModes)).default('auto'),
    pageSelectors: pageSelectorsSchema.nullish().transform((selectors) => selectors ?? null),
    folder: folderSchema,
    notes: z.string(missingOr('must be a text')).trim().max(2000, 'must be at most 2000 characters long').nullish().transform((notes) => notes || null),
  };
}

/** What holds between the fields of a source. */
export function checkSource({ kind, selectors, url }: { readonly kind: SourceKind; readonly selectors: object | null; readonly url: string }, context: z.RefinementCtx): void {
  const fault = (field: string, message: string) => context.addIssue({ code: 'custom', path: [field], message });
  if (kind === 'html-list' && selectors === null) fault('selectors', 'are needed: {item: …} says where the articles of an html-list stand on the page');
  if (kind !== 'html-list' && selectors !== null) fault('selectors', 'are for sources of the kind html-list');
  if (kind !== 'dof' && url.includes(dayPlaceholder)) fault('url', `may have ${dayPlaceholder} in it where the kind is dof`);
}

function isSelector(text: string): boolean {
  try {
    blankPage.querySelector(text);
    return true;
  } catch {
    return false;
  }
}

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hostname } = new URL(text);
  return (protocol === 'http:' || protocol === 'https:') && username === '' && password === '' && hostname !== '';
}
