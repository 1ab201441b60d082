import { z } from 'zod';

export const sourceAuthorities = ['official', 'press', 'law-firm', 'think-tank'] as const;
export const sourceAuthoritySchema = z.enum(sourceAuthorities);
export type SourceAuthority = z.infer<typeof sourceAuthoritySchema>;

/** How far the published time can be trusted: stated by the feed, guessed from a broken date, or absent (first seen is used). */
export const dateConfidenceSchema = z.enum(['stated', 'guessed', 'absent']);
export type DateConfidence = z.infer<typeof dateConfidenceSchema>;

/**
 * What a revision changed against the one before it, for a reader: passages as they stood in the two texts, cut where they are long.
 * Where the texts have too little in common to be compared, `passages` is empty and `rewritten` true.
 */
export const revisionChangeSchema = z.object({
  /** Nothing but punctuation, spelling, bylines and times of day: no alert is raised for it. */
  cosmetic: z.boolean(),
  rewritten: z.boolean(),
  /** The headline before and after, where it changed. */
  title: z.object({ before: z.string(), after: z.string() }).optional(),
  wordsAdded: z.int().nonnegative(),
  wordsRemoved: z.int().nonnegative(),
  passages: z.array(z.object({ removed: z.string(), added: z.string() })),
});
export type RevisionChange = z.infer<typeof revisionChangeSchema>;

/** That this revision corrects something its readers were told. */
export const correctionSchema = z.object({
  /** Copies of one correction in several sources share it. */
  id: z.uuid(),
  /** The article corrected: another one, or this one where a revision corrects what an earlier one said. */
  articleId: z.uuid(),
});
export type Correction = z.infer<typeof correctionSchema>;

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
  /** False for a backfill entry or a cosmetic revision, which must stay quiet: archived and tagged, but it raises no alert. */
  alertable: z.boolean(),
  /** The text is that of the article's page, read after the summary of its feed was published: no news to whoever was told of this article. */
  completes: z.boolean().optional(),
  /** Absent in a first revision. */
  change: revisionChangeSchema.optional(),
  correction: correctionSchema.optional(),
});
export type Article = z.infer<typeof articleSchema>;
