import { developmentKinds, developmentStages } from '@tradewatch/events';
import { authorities, sectors, topics } from '@tradewatch/taxonomy';
import { z } from 'zod';
import { longestQuery, parseTextQuery } from './text-query.ts';

const regionNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** Text that PostgreSQL can keep: no NUL, no half of a surrogate pair. */
export const cleanText = (most: number): z.ZodString =>
  z.string().trim().min(1, 'must not be empty').max(most, `must have at most ${most} characters`)
    .refine((text) => text.isWellFormed() && !text.includes('\0'), 'contains characters that are no text') as z.ZodString;

function oneOf<const Ids extends readonly [string, ...string[]]>(ids: Ids, what: string) {
  return z.enum(ids, { error: ({ input }) => `there is no ${what} ${JSON.stringify(input)}; known are ${ids.join(', ')}` });
}

function tagList<const Ids extends readonly [string, ...string[]]>(ids: Ids, what: string) {
  return z.array(oneOf(ids, what)).max(100).transform(unique).optional();
}

const jurisdictionSchema = z.string().toUpperCase()
  .refine(isJurisdiction, { error: ({ input }) => `there is no jurisdiction ${JSON.stringify(input)}; use an ISO 3166-1 alpha-2 code or EU` });

const developmentFilterSchema = z.strictObject({
  kind: oneOf(developmentKinds, 'development'),
  stages: z.array(oneOf(developmentStages, 'stage')).max(20).transform(unique).optional(),
});

/** What a subscription asks for: the fields given must all match, each by any of its values. */
export const filterSchema = z.strictObject({
  sectors: tagList(sectors, 'sector'),
  topics: tagList(topics, 'topic'),
  authorities: tagList(authorities, 'authority'),
  jurisdictions: z.array(jurisdictionSchema).max(100).transform(unique).optional(),
  developments: z.array(developmentFilterSchema).max(50).optional(),
  sources: z.array(cleanText(200)).max(200).transform(unique).optional(),
  languages: z.array(z.string().toLowerCase().regex(/^([a-z]{2}|und)$/, 'must be an ISO 639-1 code such as "en"')).max(50).transform(unique).optional(),
  query: cleanText(longestQuery).refine((query) => parseTextQuery(query) !== null, 'names no word to look for').optional(),
  htsPrefixes: z.array(z.string().transform((code) => code.replaceAll(/[.\s]/g, '')).pipe(z.string().regex(/^\d{2,10}$/, 'must be 2 to 10 digits of an HTS code, dots allowed')))
    .max(100).transform(unique).optional(),
})
  .transform(withoutEmptyFields)
  .refine((filter) => Object.keys(filter).length > 0, 'must name at least one condition');

export type Filter = z.infer<typeof filterSchema>;

function isJurisdiction(code: string): boolean {
  if (!/^[A-Z]{2}$/.test(code)) return false;
  const name = regionNames.of(code);
  return name !== undefined && name !== 'Unknown Region';
}

function withoutEmptyFields<T extends object>(filter: T): Partial<T> {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && (value as { length: number }).length > 0)) as Partial<T>;
}

function unique<T>(values: T[]): T[] {
  return [...new Set(values)];
}
