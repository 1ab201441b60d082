// What a new taxonomy changes, counted tag by tag while the archive is read again.
import type { Classification } from '@tradewatch/events';
import { z } from 'zod';

export const changedDimensions = ['relevant', 'sector', 'topic', 'authority', 'jurisdiction', 'development'] as const;
export type ChangedDimension = (typeof changedDimensions)[number];

/** The tags of an article as the archive lists them; developments are `kind:stage`. */
export type TagSet = Readonly<Record<ChangedDimension, readonly string[]>>;

const sampleSchema = z.object({ id: z.string(), title: z.string() });
const changeSchema = z.object({
  dimension: z.enum(changedDimensions), tag: z.string(), added: z.int(), removed: z.int(),
  /** The first articles of each kind of change. */
  samples: z.object({ added: z.array(sampleSchema), removed: z.array(sampleSchema) }),
});

/** Counts over all articles done so far; stored with the run, so that it survives being killed. */
export const changesSchema = z.object({
  articles: z.int(),
  /** Articles whose tags are others now. */
  changed: z.int(),
  /** How many articles had which taxonomy version before. */
  before: z.record(z.string(), z.int()),
  tags: z.array(changeSchema),
});
export type Changes = z.infer<typeof changesSchema>;
export type TagChange = z.infer<typeof changeSchema>;

/** Articles named for each tag and direction. */
const samplesOfTag = 3;
const longestSampleTitle = 160;

/** Adds articles up, one by one. */
export class ChangeCounter {
  private articles: number;
  private changed: number;
  private readonly before: Map<string, number>;
  private readonly tags: Map<string, TagChange>;

  constructor(start?: Changes) {
    this.articles = start?.articles ?? 0;
    this.changed = start?.changed ?? 0;
    this.before = new Map(Object.entries(start?.before ?? {}));
    this.tags = new Map((start?.tags ?? []).map((change) => [`${change.dimension} ${change.tag}`, structuredClone(change)]));
  }

  add(article: { readonly id: string; readonly title: string; readonly taxonomyVersion: string }, was: TagSet, is: TagSet): void {
    this.articles++;
    this.before.set(article.taxonomyVersion, (this.before.get(article.taxonomyVersion) ?? 0) + 1);
    let differs = false;
    for (const dimension of changedDimensions) {
      for (const tag of is[dimension]) if (!was[dimension].includes(tag)) differs = this.count(dimension, tag, 'added', article);
      for (const tag of was[dimension]) if (!is[dimension].includes(tag)) differs = this.count(dimension, tag, 'removed', article);
    }
    if (differs) this.changed++;
  }

  /** What has been counted, the tag that changed most first. */
  get changes(): Changes {
    const tags = [...this.tags.values()].sort((a, b) => b.added + b.removed - a.added - a.removed || a.dimension.localeCompare(b.dimension) || a.tag.localeCompare(b.tag));
    return { articles: this.articles, changed: this.changed, before: Object.fromEntries(this.before), tags };
  }

  private count(dimension: ChangedDimension, tag: string, direction: 'added' | 'removed', { id, title }: { readonly id: string; readonly title: string }): true {
    const key = `${dimension} ${tag}`;
    let change = this.tags.get(key);
    if (!change) this.tags.set(key, (change = { dimension, tag, added: 0, removed: 0, samples: { added: [], removed: [] } }));
    change[direction]++;
    const samples = change.samples[direction];
    if (samples.length < samplesOfTag) samples.push({ id, title: title.slice(0, longestSampleTitle).toWellFormed() });
    return true;
  }
}

/** The tags a classification gives, as the archive lists them. */
export function tagSetOf({ relevant, sectors, topics, authorities, jurisdictions, developments }: Classification): TagSet {
  const ids = (tags: readonly { readonly id: string }[]): string[] => [...new Set(tags.map(({ id }) => id))];
  return {
    relevant: relevant ? ['relevant'] : [], sector: ids(sectors), topic: ids(topics), authority: ids(authorities), jurisdiction: ids(jurisdictions),
    development: [...new Set(developments.map(({ kind, stage }) => `${kind}:${stage}`))],
  };
}
