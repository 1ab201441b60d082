import { z } from 'zod';

export const sourceAuthorities = ['official', 'press', 'law-firm', 'think-tank'] as const;
export const sourceAuthoritySchema = z.enum(sourceAuthorities);
export type SourceAuthority = z.infer<typeof sourceAuthoritySchema>;

/** How far the published time can be trusted: stated by the feed, guessed from a broken date, or absent (first seen is used). */
export const dateConfidenceSchema = z.enum(['stated', 'guessed', 'absent']);
export type DateConfidence = z.infer<typeof dateConfidenceSchema>;

/** One revision of one article as the crawler found it; times are ISO 8601 in UTC. */
export const articleSchema = z.object({
  id: z.uuid(),
  /** 1 for a new article; a changed entry is the same article with the next revision. */
  revision: z.int().positive(),
  storyId: z.uuid(),
  source: z.object({
    id: z.string(),
    name: z.string(),
    authority: sourceAuthoritySchema,
    jurisdiction: z.string(),
  }),
  url: z.string(),
  title: z.string(),
  /** Plain text of the article's summary or body, paragraphs separated by a blank line; may be empty. */
  text: z.string(),
  author: z.string().nullable(),
  /** What the source claims (ISO 639-1); the classifier decides. */
  claimedLanguage: z.string().nullable(),
  publishedAt: z.iso.datetime(),
  publishedConfidence: dateConfidenceSchema,
  firstSeenAt: z.iso.datetime(),
  fetchedAt: z.iso.datetime(),
  /** False for a backfill entry that must stay quiet: archived and tagged, but it raises no alert. */
  alertable: z.boolean(),
});
export type Article = z.infer<typeof articleSchema>;
