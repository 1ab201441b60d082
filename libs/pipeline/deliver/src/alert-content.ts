import { z } from 'zod';

/** What this step reads of an alert's content; the match step may say more. */
export const alertContentSchema = z.object({
  article: z.object({
    id: z.string(),
    title: z.string(),
    url: z.string(),
    source: z.object({ name: z.string(), authority: z.string().optional() }),
    language: z.string(),
    publishedAt: z.string(),
    publishedConfidence: z.string().optional(),
  }),
  tags: z.array(z.object({ field: z.enum(['sector', 'topic', 'authority', 'jurisdiction']), id: z.string(), name: z.string() })),
  developments: z.array(z.object({ kind: z.string(), stage: z.string(), name: z.string() })),
  evidence: z.array(z.string()),
  why: z.array(z.string()),
});
export type AlertContent = z.infer<typeof alertContentSchema>;
