import type { Told } from './alert.ts';

/** One earlier alert of a subscription and story. */
export interface ToldAlert {
  readonly subscriptionId: string;
  readonly storyId: string;
  readonly developments: readonly string[];
  readonly correctionId: string | null;
}

/** What each subscription was told of each story so far. */
export class ToldStories {
  readonly #byStory = new Map<string, Map<string, { developments: Set<string>; corrections: Set<string> }>>();

  constructor(alerts: readonly ToldAlert[]) {
    for (const alert of alerts) this.add(alert);
  }

  add({ subscriptionId, storyId, developments, correctionId }: ToldAlert): void {
    const story = this.#byStory.get(storyId) ?? new Map<string, { developments: Set<string>; corrections: Set<string> }>();
    this.#byStory.set(storyId, story);
    const told = story.get(subscriptionId) ?? { developments: new Set(), corrections: new Set() };
    story.set(subscriptionId, told);
    for (const pair of developments) told.developments.add(pair);
    if (correctionId !== null) told.corrections.add(correctionId);
  }

  /** Null where the subscription was told nothing of the story. */
  of(subscriptionId: string, storyId: string): Told | null {
    return this.#byStory.get(storyId)?.get(subscriptionId) ?? null;
  }

  /** The subscriptions that were told of a story. */
  readers(storyId: string): string[] {
    return [...(this.#byStory.get(storyId)?.keys() ?? [])];
  }
}
