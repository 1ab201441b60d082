import { z } from 'zod';

/** Where in an article a piece of evidence stands: UTF-16 offsets into the named field, end exclusive. */
export const evidenceSchema = z.object({
  field: z.enum(['title', 'text']),
  start: z.int().nonnegative(),
  end: z.int().nonnegative(),
  text: z.string(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** One tag of the taxonomy on one article; `score` is in 0..1. */
export const tagSchema = z.object({ id: z.string(), score: z.number().min(0).max(1), evidence: z.array(evidenceSchema) });
export type Tag = z.infer<typeof tagSchema>;

export const developmentKinds = ['tariff', 'review', 'dispute'] as const;
export const developmentStages = ['proposed', 'announced', 'in-effect', 'paused', 'ended', 'ruled'] as const;
export const developmentKindSchema = z.enum(developmentKinds);
export const developmentStageSchema = z.enum(developmentStages);
export type DevelopmentKind = z.infer<typeof developmentKindSchema>;
export type DevelopmentStage = z.infer<typeof developmentStageSchema>;

/** Something an article reports as happening, decided, proposed or formally announced; the evidence is its sentence. */
export const developmentSchema = z.object({
  kind: developmentKindSchema,
  stage: developmentStageSchema,
  score: z.number().min(0).max(1),
  evidence: z.array(evidenceSchema),
});
export type Development = z.infer<typeof developmentSchema>;

/** A fact read from the text: `value` is its normal form (a rate "25%", a date "2026-07-01", a code "8703.23"). */
export const factSchema = z.object({
  type: z.enum([
    'tariff-rate', 'amount', 'date', 'hts-code', 'federal-register-number', 'docket', 'csms', 'dof', 'sor', 'case-number',
    'proclamation', 'executive-order', 'agency', 'country', 'company',
  ]),
  value: z.string(),
  /** What the fact is about where the text says it: a date's role (effective, comment-deadline, hearing, sunset), a unit. */
  role: z.string().optional(),
  evidence: evidenceSchema,
});
export type Fact = z.infer<typeof factSchema>;

/** What the classifier says of one article. Tags and their meaning: taxonomy.md; ids are stable. */
export const classificationSchema = z.object({
  relevant: z.boolean(),
  /** ISO 639-1 code of the language of the text, `und` where it cannot be told. */
  language: z.string(),
  sectors: z.array(tagSchema),
  topics: z.array(tagSchema),
  authorities: z.array(tagSchema),
  jurisdictions: z.array(tagSchema),
  developments: z.array(developmentSchema),
  facts: z.array(factSchema),
  taxonomyVersion: z.string(),
});
export type Classification = z.infer<typeof classificationSchema>;
