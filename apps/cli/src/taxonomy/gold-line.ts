import { labelledArticleSchema } from '@tradewatch/classify/labelled-article.ts';
import { authorities, sectors, topics } from '@tradewatch/taxonomy';
import { z } from 'zod';

const known: Readonly<Record<'sectors' | 'topics' | 'authorities', readonly string[]>> = { sectors, topics, authorities };
const names = { sectors: 'sector', topics: 'topic', authorities: 'authority' } as const;

/** A labelled article whose tags exist: a misspelt label would count as a miss for ever. */
export const goldLineSchema = labelledArticleSchema.extend({
  /** Of a marked article: what a person said, `dimension tag`; the other labels are the classifier's. */
  judged: z.array(z.string()).optional(),
}).superRefine(({ labels }, context) => {
  for (const field of ['sectors', 'topics', 'authorities'] as const) {
    labels[field].forEach((id, index) => {
      if (!known[field].includes(id)) context.addIssue({ code: 'custom', path: ['labels', field, index], message: `is no ${names[field]}: ${JSON.stringify(id)}` });
    });
  }
  labels.jurisdictions.forEach((id, index) => {
    if (!/^[A-Z]{2}$/.test(id)) context.addIssue({ code: 'custom', path: ['labels', 'jurisdictions', index], message: `is no country code: ${JSON.stringify(id)}` });
  });
});
