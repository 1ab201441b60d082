/** A labelled article, one line of a gold file: what a person says the classifier should say. */
import { developmentKindSchema, developmentStageSchema } from '@tradewatch/events';
import { z } from 'zod';

export const labelledArticleSchema = z.object({
  id: z.string(),
  language: z.string(),
  title: z.string(),
  text: z.string(),
  published: z.string().optional(),
  labels: z.object({
    relevant: z.boolean(),
    sectors: z.array(z.string()),
    topics: z.array(z.string()),
    authorities: z.array(z.string()),
    jurisdictions: z.array(z.string()),
    developments: z.array(z.object({ kind: developmentKindSchema, stage: developmentStageSchema })),
  }),
});
export type LabelledArticle = z.infer<typeof labelledArticleSchema>;

/** The articles of a gold file (JSON lines); throws an error that names the line at fault. */
export function parseLabelledArticles(source: string): LabelledArticle[] {
  return source.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [labelledArticleSchema.parse(JSON.parse(line))];
    } catch (error) {
      const problem = error instanceof z.ZodError ? error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ') : 'not JSON';
      throw new Error(`line ${index + 1}: ${problem}`, { cause: error });
    }
  });
}
