// Which story an article belongs to. Alerts are sent once a story, so a wrong join hides news: when in doubt, no join.
import { isOwnPage, siteOf } from '../feed/normalize-url.ts';
import { nameDifferentDocuments, nameOneDocument } from './document-numbers.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { Report } from './report.ts';
import { likeness } from './same-report.ts';

/** How far apart the articles of a story may be published. */
export const storyWindowMs = 7 * 86_400_000;

/** How far apart two articles may correct the same thing. */
const correctionWindowMs = 3 * 86_400_000;

/** An article as its story is looked for. */
export interface StoryCandidate {
  readonly articleId: string;
  readonly sourceId: string;
  readonly canonicalUrl: string;
  readonly publishedAt: Date;
  readonly report: Report;
}

export interface StoryMember extends StoryCandidate {
  readonly storyId: string;
  /** When the first article of the story was published. */
  readonly storyBegan: Date;
  /** The article it corrects, and which correction it is; null for anything else. */
  readonly correctsId: string | null;
  readonly correctionId: string | null;
}

/** More different stories under one key, and the key is a phrase of the trade, not a report. */
const mostStoriesOfKey = 6;
/** How many of the likeliest articles are compared word by word. */
const mostCompared = 12;

/** The stories that articles may belong to, found by page and by fingerprint; articles given a story in this batch included. */
export class StoryIndex {
  readonly #byUrl = new Map<string, StoryMember[]>();
  readonly #byKey = new Map<number, StoryMember[]>();
  readonly #officialsByStory = new Map<string, StoryMember[]>();
  readonly #correctionsByStory = new Map<string, StoryMember[]>();

  constructor(members: readonly StoryMember[]) {
    for (const member of members) this.add(member);
  }

  add(member: StoryMember, keys: readonly number[] = fingerprintOf(member.report)): void {
    pushTo(this.#byUrl, member.canonicalUrl, member);
    for (const key of keys) pushTo(this.#byKey, key, member);
    if (member.report.official) pushTo(this.#officialsByStory, member.storyId, member);
    if (member.correctionId !== null) pushTo(this.#correctionsByStory, member.storyId, member);
  }

  /**
   * The article whose story this one tells too: that of the same page, else its likeliest copy within seven days; undefined for a
   * report of its own. Two official documents are one story only if they are one document.
   */
  find(article: StoryCandidate, keys: readonly number[] = fingerprintOf(article.report)): StoryMember | undefined {
    return this.#samePage(article) ?? this.#likeliest(article, keys);
  }

  /** The correction in a story that this article, a correction too, is a copy of: told once, it need not be told again. */
  earlierCorrection(article: StoryCandidate, storyId: string): StoryMember | undefined {
    return this.#correctionsByStory.get(storyId)?.find((member) => {
      const apart = Math.abs(member.publishedAt.getTime() - article.publishedAt.getTime());
      if (member.articleId === article.articleId || apart > correctionWindowMs) return false;
      if (member.report.official && article.report.official) return member.canonicalUrl === article.canonicalUrl || nameOneDocument(member.report.documents, article.report.documents);
      return likeness(member.report, article.report, { sameOrigin: false, hoursApart: apart / 3_600_000 }) > 0;
    });
  }

  #samePage(article: StoryCandidate): StoryMember | undefined {
    if (!isOwnPage(article.canonicalUrl)) return undefined;
    // Entries of one source that all link to one page are told apart by what they say.
    return this.#byUrl.get(article.canonicalUrl)?.find((member) =>
      (member.sourceId !== article.sourceId || (member.report.headlineKey !== '' && member.report.headlineKey === article.report.headlineKey))
      && !nameDifferentDocuments(member.report.documents, article.report.documents));
  }

  #likeliest(article: StoryCandidate, keys: readonly number[]): StoryMember | undefined {
    let best: StoryMember | undefined;
    let bestLikeness = 0;
    for (const member of this.#sharingKeys(keys)) {
      const alike = this.#likenessTo(member, article);
      if (alike > bestLikeness) {
        best = member;
        bestLikeness = alike;
      }
    }
    return best;
  }

  /** Those that share most keys first. */
  #sharingKeys(keys: readonly number[]): StoryMember[] {
    const shared = new Map<StoryMember, number>();
    for (const key of keys) {
      const members = this.#byKey.get(key) ?? [];
      if (members.length > mostStoriesOfKey && new Set(members.map(({ storyId }) => storyId)).size > mostStoriesOfKey) continue;
      for (const member of members) shared.set(member, (shared.get(member) ?? 0) + 1);
    }
    return [...shared].sort(([, a], [, b]) => b - a).slice(0, mostCompared).map(([member]) => member);
  }

  #likenessTo(member: StoryMember, article: StoryCandidate): number {
    const apart = Math.abs(member.publishedAt.getTime() - article.publishedAt.getTime());
    if (Math.max(apart, Math.abs(member.storyBegan.getTime() - article.publishedAt.getTime())) > storyWindowMs) return 0;
    if (this.#holdsAnotherDocument(member.storyId, article)) return 0;
    if (nameOneDocument(member.report.documents, article.report.documents)) return 3;
    if (member.report.official && article.report.official && member.report.headlineKey !== article.report.headlineKey) return 0;
    const sameOrigin = member.sourceId === article.sourceId && member.report.headline.publisher === article.report.headline.publisher;
    return likeness(member.report, article.report, { sameOrigin, hoursApart: apart / 3_600_000 });
  }

  /** Whether a story is about an official document that this article is not, or not about. */
  #holdsAnotherDocument(storyId: string, article: StoryCandidate): boolean {
    const officials = this.#officialsByStory.get(storyId) ?? [];
    return officials.some((member) => {
      if (nameDifferentDocuments(member.report.documents, article.report.documents)) return true;
      if (!article.report.official || nameOneDocument(member.report.documents, article.report.documents)) return false;
      return (member.sourceId === article.sourceId || siteOf(member.canonicalUrl) === siteOf(article.canonicalUrl)) && member.canonicalUrl !== article.canonicalUrl;
    });
  }
}

function pushTo<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
