import { authorities, sectors, topics } from '@tradewatch/taxonomy';
import { developmentKinds, developmentStages, type DevelopmentKind, type DevelopmentStage } from '@tradewatch/events';
import { z } from 'zod';
import { storableText } from '@tradewatch/database';

/** What articles are looked for by. Values inside a field are alternatives, fields combine with AND; an empty list asks nothing. */
export interface ArticleFilter {
  /** Words as a person types them: all of them, "a phrase", a OR b, -without. */
  readonly q?: string | undefined;
  readonly sector: readonly string[];
  readonly topic: readonly string[];
  readonly authority: readonly string[];
  /** ISO 3166-1 alpha-2, or EU. */
  readonly jurisdiction: readonly string[];
  readonly development: readonly DevelopmentKind[];
  readonly stage: readonly DevelopmentStage[];
  readonly source: readonly string[];
  readonly language: readonly string[];
  readonly relevant?: boolean | undefined;
  /** First moment of publication. */
  readonly from?: Date | undefined;
  /** First moment of publication that is too late. */
  readonly until?: Date | undefined;
}

/** How many hits, the newest, are ranked by relevance. */
export const rankedAtMost = 2_000;
/** Rows of an export at most. */
export const exportedAtMost = 10_000;

function anyOf<const Values extends readonly string[]>(what: string, values: Values) {
  return repeated(z.enum(values), `is no ${what}: use ${values.join(', ')}`);
}

/** A query parameter that may be repeated, as a list without duplicates. */
function repeated<Value extends z.ZodType<string>>(value: Value, error: string) {
  return z
    .union([value, z.array(value).max(100)], { error })
    .optional()
    .transform((given): z.infer<Value>[] => (given === undefined ? [] : [...new Set([given].flat())] as z.infer<Value>[]));
}

/** A date, or a date and time that is in UTC unless it says otherwise. */
const moment = z.union([z.iso.date(), z.iso.datetime({ offset: true, local: true })], {
  error: 'must be an ISO 8601 date (2026-07-01) or date and time (2026-07-01T12:00:00Z)',
});

const filterParameters = {
  q: z.string().max(500).optional().describe('Words, "a phrase", a OR b, -without; in English, Spanish or French, with or without accents.'),
  sector: anyOf('sector', sectors),
  topic: anyOf('topic', topics),
  authority: anyOf('authority', authorities),
  jurisdiction: repeated(z.string().regex(/^[A-Z]{2}$/), 'must be an ISO 3166-1 alpha-2 code in capitals, or EU'),
  development: anyOf('kind of development', developmentKinds),
  stage: anyOf('stage of a development', developmentStages),
  source: repeated(z.string().min(1).max(200).refine((id) => storableText(id) === id), 'must be the id of a source'),
  language: repeated(z.string().regex(/^([a-z]{2}|und)$/), 'must be an ISO 639-1 code, or und'),
  relevant: z.enum(['true', 'false']).optional(),
  from: moment.optional(),
  to: moment.optional().describe('A bare date includes that whole day.'),
};

type Parameters = z.output<z.ZodObject<typeof filterParameters>>;

const pageParameters = {
  sort: z.enum(['newest', 'relevance']).default('newest').describe(`Relevance ranks the newest ${rankedAtMost} hits; without q it is newest.`),
  limit: z.coerce.number({ error: 'must be a whole number from 1 to 100' }).int().min(1).max(100).default(25),
  cursor: z.string().max(1_000).optional(),
};

/** Query of GET /api/articles. A parameter that does not exist is refused: a misspelt filter must not widen a search. */
export const articleQuerySchema = refined({ ...filterParameters, ...pageParameters }).transform(({ sort, limit, cursor, ...filter }) => ({
  filter: filterOf(filter as Parameters), sort, limit, cursor,
}));
export type ArticleQuery = z.output<typeof articleQuerySchema>;

/** Query of the exports: the same filters, newest first; `sort` is taken so that a search's address can be kept, and changes nothing. */
export const exportQuerySchema = refined({
  ...filterParameters,
  sort: pageParameters.sort,
  limit: z.coerce.number({ error: `must be a whole number from 1 to ${exportedAtMost}` }).int().min(1).max(exportedAtMost).optional(),
}).transform(({ limit, sort: _, ...filter }) => ({ filter: filterOf(filter as Parameters), limit }));
export type ExportQuery = z.output<typeof exportQuerySchema>;

function refined<Shape extends z.ZodRawShape & typeof filterParameters>(shape: Shape) {
  return z.looseObject(shape).superRefine((query, context) => {
    for (const name of Object.keys(query)) {
      if (!(name in shape)) context.addIssue({ code: 'custom', path: [name], message: 'is no parameter of this list' });
    }
    const { from, to } = query as Parameters;
    if (from && to && startOf(from) >= endOf(to)) context.addIssue({ code: 'custom', path: ['from'], message: `must not be after to (${to})` });
  });
}

function filterOf({ q, relevant, from, to, ...lists }: Parameters): ArticleFilter {
  const words = storableText(q ?? '').trim();
  return {
    ...lists,
    q: words === '' ? undefined : words,
    relevant: relevant === undefined ? undefined : relevant === 'true',
    from: from === undefined ? undefined : startOf(from),
    until: to === undefined ? undefined : endOf(to),
  };
}

const isDate = (text: string): boolean => text.length === 10;

function startOf(text: string): Date {
  return new Date(isDate(text) || /(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`);
}

/** `to` is inclusive: a date to its end, a time to its millisecond. */
function endOf(text: string): Date {
  return new Date(startOf(text).getTime() + (isDate(text) ? 86_400_000 : 1));
}
