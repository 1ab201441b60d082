/** Names and definitions of the tags in three languages, for people: the web app, Slack, the CLI. Light: needs no compiled phrases. */
import { z } from 'zod';
import source from '../data/names.json' with { type: 'json' };

const inThreeLanguages = z.strictObject({ en: z.string().min(1), es: z.string().min(1), fr: z.string().min(1) });
const tagNameSchema = z.strictObject({ name: inThreeLanguages, definition: inThreeLanguages });
export type TagName = z.infer<typeof tagNameSchema>;

export const tagNamesSchema = z.record(z.string(), tagNameSchema);

/** By tag id (sectors, topics, authorities), development kind (`tariff`) and stage (`in-effect`). */
export const tagNames: Readonly<Record<string, TagName>> = tagNamesSchema.parse(source);

/** A tag's name in a language; English for a language without one, the id for an unknown tag. */
export function tagName(id: string, language: string): string {
  const names = tagNames[id]?.name;
  return names?.[language as keyof TagName['name']] ?? names?.en ?? id;
}
