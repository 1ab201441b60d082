import type { Told } from './alert.ts';

/** One earlier alert of a subscription and story. */
export interface ToldAlert {
  readonly subscriptionId: string;
  readonly storyId: string;
  readonly articleId: string;
  readonly developments: readonly string[];
  readonly correctionId: string | null;
}

interface Memory {
  readonly developments: Set<string>;
  readonly corrections: Set<string>;
  readonly articles: Set<string>;
}

/** What each subscription was told of each story so far. */
export class ToldStories {
  readonly #byStory = new Map<string, Map<string, Memory>>();

  constructor(alerts: readonly ToldAlert[]) {
    for (const alert of alerts) this.add(alert);
  }

  add({ subscriptionId, storyId, articleId, developments, correctionId }: ToldAlert): void {
    const story = this.#byStory.get(storyId) ?? new Map<string, Memory>();
    this.#byStory.set(storyId, story);
    const told = story.get(subscriptionId) ?? { developments: new Set(), corrections: new Set(), articles: new Set() };
    story.set(subscriptionId, told);
    told.articles.add(articleId);
    for (const pair of developments) told.developments.add(pair);
    if (correctionId !== null) told.corrections.add(correctionId);
  }

  /** Null where the subscription was told nothing of the story. */
  of(subscriptionId: string, storyId: string): Told | null {
    return this.#byStory.get(storyId)?.get(subscriptionId) ?? null;
  }

  /** Whether the subscription was told of this very article. */
  ofArticle(subscriptionId: string, storyId: string, articleId: string): boolean {
    return this.#byStory.get(storyId)?.get(subscriptionId)?.articles.has(articleId) ?? false;
  }

  /** The subscriptions that were told of a story. */
  readers(storyId: string): string[] {
    return [...(this.#byStory.get(storyId)?.keys() ?? [])];
  }
}
