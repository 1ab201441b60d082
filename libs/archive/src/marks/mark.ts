// What an analyst says of one tag on one revision of an article.
import { developmentKinds, developmentStages } from '@tradewatch/events';
import { authorities, sectors, topics } from '@tradewatch/taxonomy';
import { z } from 'zod';

export const markDimensions = ['relevant', 'sector', 'topic', 'authority', 'jurisdiction', 'development'] as const;
export type MarkDimension = (typeof markDimensions)[number];
export const markDimensionSchema = z.enum(markDimensions, { error: `must be one of ${markDimensions.join(', ')}` });

/** `right`: the tag stands and should. `wrong`: it stands and should not. `missing`: it does not stand and should. */
export const verdicts = ['right', 'wrong', 'missing'] as const;
export type Verdict = (typeof verdicts)[number];

const developments: readonly string[] = developmentKinds.flatMap((kind) => developmentStages.map((stage) => `${kind}:${stage}`));
const tagsOf: Readonly<Record<MarkDimension, (tag: string) => boolean>> = {
  relevant: (tag) => tag === 'relevant',
  sector: isIn(sectors), topic: isIn(topics), authority: isIn(authorities), development: isIn(developments),
  jurisdiction: (tag) => /^[A-Z]{2}$/.test(tag),
};

function isIn(tags: readonly string[]): (tag: string) => boolean {
  return (tag) => tags.includes(tag);
}

/** Whether there is such a tag; developments are `kind:stage`, relevance has the one tag `relevant`. */
export function isTag(dimension: MarkDimension, tag: string): boolean {
  return tagsOf[dimension](tag);
}

export const newMarkSchema = z.strictObject({
  revision: z.int('must be the revision that was read').positive(),
  dimension: markDimensionSchema,
  tag: z.string().max(60),
  verdict: z.enum(verdicts, { error: `must be one of ${verdicts.join(', ')}` }),
}).refine(({ dimension, tag }) => isTag(dimension, tag), { error: ({ input }) => `is no ${(input as { dimension: string }).dimension}`, path: ['tag'] });
export type NewMark = z.infer<typeof newMarkSchema>;

/** A mark as it is shown. Times are ISO 8601 in UTC. */
export interface Mark {
  readonly articleId: string;
  readonly revision: number;
  readonly dimension: MarkDimension;
  readonly tag: string;
  readonly verdict: Verdict;
  readonly markedAt: string;
  /** Who says so, by e-mail address; null for a user who is gone. */
  readonly by: string | null;
  /** Whether the reader said so. */
  readonly mine: boolean;
}
