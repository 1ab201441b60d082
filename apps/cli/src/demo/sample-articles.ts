import { parse } from 'yaml';
import { z } from 'zod';
import english from './articles.en.yaml?raw';
import spanish from './articles.es.yaml?raw';
import french from './articles.fr.yaml?raw';

const stages = ['proposed', 'announced', 'in-effect', 'paused', 'ended', 'ruled'] as const;

/** One article of the sample site, with what a reader would say of it. */
const sampleArticleSchema = z.strictObject({
  slug: z.string().regex(/^[a-z0-9-]+$/),
  feed: z.enum(['gazette', 'wire', 'diario', 'depeche']),
  /** Age when the demo starts; absent for what comes while it runs. */
  ageMinutes: z.int().positive().optional(),
  live: z.literal(true).optional(),
  relevant: z.boolean(),
  /** Stages of its tariff development; empty where it reports none. */
  tariff: z.array(z.enum(stages)),
  title: z.string(),
  author: z.string().optional(),
  /** Paragraphs separated by a blank line. */
  text: z.string().transform((text) => text.trim()),
}).refine(({ live, ageMinutes }) => (live === true) === (ageMinutes === undefined), 'is either live or of an age');
export type SampleArticle = z.infer<typeof sampleArticleSchema>;
export type FeedId = SampleArticle['feed'];

/** All articles, the live ones last. */
export const sampleArticles: readonly SampleArticle[] = [english, spanish, french]
  .flatMap((file) => z.array(sampleArticleSchema).parse(parse(file)))
  .sort((a, b) => Number(a.live ?? false) - Number(b.live ?? false));
