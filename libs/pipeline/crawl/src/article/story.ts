// Which articles report the same thing. Alerts are sent once a story, so a wrong join hides news: when in doubt, no join.
import { isOwnPage } from './canonical-url.ts';

/** How far apart two articles with the same headline may be published and still tell one story. */
export const storyWindowMs = 7 * 86_400_000;

export interface StoryMember {
  readonly storyId: string;
  readonly sourceId: string;
  readonly official: boolean;
  readonly canonicalUrl: string;
  /** '' where the title is too short to join by. */
  readonly titleKey: string;
  readonly publishedAt: Date;
}

/** The stories an article may belong to, looked up by address and by headline. */
export class StoryIndex {
  readonly #byUrl = new Map<string, StoryMember[]>();
  readonly #byTitle = new Map<string, StoryMember[]>();
  readonly #officialsByStory = new Map<string, StoryMember[]>();

  constructor(members: readonly StoryMember[]) {
    for (const member of members) this.add(member);
  }

  add(member: StoryMember): void {
    pushTo(this.#byUrl, member.canonicalUrl, member);
    if (member.titleKey !== '') pushTo(this.#byTitle, member.titleKey, member);
    if (member.official) pushTo(this.#officialsByStory, member.storyId, member);
  }

  /**
   * The story of the same page, else that of the same headline within seven days. Two documents of one official source or site are
   * told apart by their address however alike their titles are, and entries of one source that all link to one page by their titles.
   */
  find(article: Omit<StoryMember, 'storyId'>): string | undefined {
    const samePage = isOwnPage(article.canonicalUrl) ? this.#byUrl.get(article.canonicalUrl) : undefined;
    const twin = samePage?.find((member) => member.sourceId !== article.sourceId || (member.titleKey !== '' && member.titleKey === article.titleKey));
    if (twin) return twin.storyId;
    if (article.titleKey === '') return undefined;
    return this.#byTitle.get(article.titleKey)?.find((member) => isNear(member, article) && !this.#holdsAnotherDocument(member.storyId, article))?.storyId;
  }

  #holdsAnotherDocument(storyId: string, article: Omit<StoryMember, 'storyId'>): boolean {
    if (!article.official) return false;
    const officials = this.#officialsByStory.get(storyId) ?? [];
    return officials.some((member) => (member.sourceId === article.sourceId || siteOf(member) === siteOf(article)) && member.canonicalUrl !== article.canonicalUrl);
  }
}

function isNear(a: Pick<StoryMember, 'publishedAt'>, b: Pick<StoryMember, 'publishedAt'>): boolean {
  return Math.abs(a.publishedAt.getTime() - b.publishedAt.getTime()) <= storyWindowMs;
}

function siteOf({ canonicalUrl }: Pick<StoryMember, 'canonicalUrl'>): string {
  return canonicalUrl.split('/', 3).join('/');
}

function pushTo(map: Map<string, StoryMember[]>, key: string, member: StoryMember): void {
  const list = map.get(key);
  if (list) list.push(member);
  else map.set(key, [member]);
}
