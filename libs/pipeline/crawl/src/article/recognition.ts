// Which entries of a feed were found before: by their guid, and where a source renews its guids, by page, headline, date and text.
import { createHash } from 'node:crypto';
import { isOwnPage } from '../feed/normalize-url.ts';
import type { ArticleDraft } from './article-draft.ts';

/** What recognition needs to know of an article found before. */
export interface Recognisable {
  readonly guid: string;
  readonly canonicalUrl: string;
  readonly titleKey: string;
  readonly contentHash: string;
  readonly publishedAt: Date;
  readonly publishedConfidence: string;
}

export interface Recognised<Known extends Recognisable> {
  readonly draft: ArticleDraft;
  /** The article this entry is, or undefined for one never seen. */
  readonly before: Known | undefined;
}

/**
 * Each entry of one feed once, under a guid of its own, the oldest first: the first report of a story is the one its alert shows.
 * A guid that a feed gives to entries with different pages and headlines names none of them.
 */
export function distinctEntries(drafts: readonly ArticleDraft[]): ArticleDraft[] {
  const firsts = new Map<string, ArticleDraft>();
  const shared = new Set<string>();
  for (const draft of drafts) {
    const first = firsts.get(draft.guid);
    if (first === undefined) firsts.set(draft.guid, draft);
    else if (draft.canonicalUrl !== first.canonicalUrl && draft.titleKey !== first.titleKey) shared.add(draft.guid);
  }
  const distinct = new Map<string, ArticleDraft>();
  for (const draft of drafts) {
    const isShared = shared.has(draft.guid);
    const guid = isShared ? `sha256:${createHash('sha256').update(`${draft.guid}\n${draft.canonicalUrl}\n${draft.titleKey}`).digest('hex')}` : draft.guid;
    if (!distinct.has(guid)) distinct.set(guid, isShared ? { ...draft, guid } : draft);
  }
  return [...distinct.values()].sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime());
}

/**
 * Matches the entries of one feed, each guid once, with the articles its source gave before. An unknown guid stands for a known
 * article only when that article's own guid is gone from the feed, one of the likenesses below holds, and nothing else fits as well.
 */
export function recognise<Known extends Recognisable>(drafts: readonly ArticleDraft[], known: readonly Known[]): Recognised<Known>[] {
  const byGuid = new Map(known.map((article) => [article.guid, article]));
  const present = new Set(drafts.map(({ guid }) => guid));
  const found = new Map<ArticleDraft, Known>();
  let gone = known.filter(({ guid }) => !present.has(guid));
  let strangers = drafts.filter(({ guid }) => !byGuid.has(guid));
  for (const likeness of likenesses) {
    if (gone.length === 0 || strangers.length === 0) break;
    const candidates = uniqueBy(gone, likeness);
    for (const [key, draft] of uniqueBy(strangers, likeness)) {
      const before = candidates.get(key);
      if (before) found.set(draft, before);
    }
    const taken = new Set(found.values());
    gone = gone.filter((article) => !taken.has(article));
    strangers = strangers.filter((draft) => !found.has(draft));
  }
  return drafts.map((draft) => ({ draft, before: byGuid.get(draft.guid) ?? found.get(draft) }));
}

type Likeness = (item: Recognisable & { readonly report?: ArticleDraft['report'] }) => string | undefined;

/** What two sightings of one article have in common, the surest first. */
const likenesses: readonly Likeness[] = [
  ({ canonicalUrl, titleKey }) => (titleKey !== '' && isOwnPage(canonicalUrl) ? `${canonicalUrl}\n${titleKey}` : undefined),
  // The address was renewed as well: the same words under the same headline, or the same headline of the same moment. Official documents
  // of one day are alike in both, so their page must say it.
  ({ contentHash, titleKey, report }) => (titleKey === '' || report?.official ? undefined : `${titleKey}\n${contentHash}`),
  ({ publishedAt, publishedConfidence, titleKey, report }) =>
    (publishedConfidence === 'absent' || titleKey.split(' ').length < 4 || report?.official ? undefined : `${titleKey}\n${publishedAt.getTime()}`),
];

/** What occurs once, by likeness. */
function uniqueBy<T extends Recognisable>(items: readonly T[], likeness: Likeness): Map<string, T> {
  const found = new Map<string, T>();
  const repeated = new Set<string>();
  for (const item of items) {
    const key = likeness(item);
    if (key === undefined) continue;
    if (found.has(key)) repeated.add(key);
    found.set(key, item);
  }
  for (const key of repeated) found.delete(key);
  return found;
}
