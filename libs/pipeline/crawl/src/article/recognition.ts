// Which entries of a feed were found before: by their guid, and where a source renumbers its guids, by page and headline.
import type { ArticleDraft } from './article-draft.ts';
import { isOwnPage } from './canonical-url.ts';

/** What recognition needs to know of an article found before. */
export interface Recognisable {
  readonly guid: string;
  readonly canonicalUrl: string;
  readonly titleKey: string;
}

export interface Recognised<Known extends Recognisable> {
  readonly draft: ArticleDraft;
  /** The article this entry is, or undefined for one never seen. */
  readonly before: Known | undefined;
}

/**
 * Matches the entries of one feed, each guid once, with the articles its source gave before. An unknown guid stands for a known
 * article only when page and headline are the same, that article's own guid is gone from the feed, and nothing else fits as well.
 */
export function recognise<Known extends Recognisable>(drafts: readonly ArticleDraft[], known: readonly Known[]): Recognised<Known>[] {
  const byGuid = new Map(known.map((article) => [article.guid, article]));
  const present = new Set(drafts.map(({ guid }) => guid));
  const renumbered = uniqueBy(known.filter(({ guid }) => !present.has(guid)));
  const strangers = uniqueBy(drafts.filter(({ guid }) => !byGuid.has(guid)));
  return drafts.map((draft) => {
    const sameGuid = byGuid.get(draft.guid);
    if (sameGuid) return { draft, before: sameGuid };
    const key = pageAndHeadline(draft);
    return { draft, before: key !== undefined && strangers.get(key) === draft ? renumbered.get(key) : undefined };
  });
}

/** What occurs once, by page and headline. */
function uniqueBy<T extends Recognisable>(items: readonly T[]): Map<string, T> {
  const found = new Map<string, T>();
  const repeated = new Set<string>();
  for (const item of items) {
    const key = pageAndHeadline(item);
    if (key === undefined) continue;
    if (found.has(key)) repeated.add(key);
    found.set(key, item);
  }
  for (const key of repeated) found.delete(key);
  return found;
}

function pageAndHeadline({ canonicalUrl, titleKey }: Recognisable): string | undefined {
  return titleKey === '' || !isOwnPage(canonicalUrl) ? undefined : `${canonicalUrl}\n${titleKey}`;
}
