import type { Classification, DateConfidence, DevelopmentKind, DevelopmentStage, SourceAuthority } from '@tradewatch/events';
import type { ArchivedRevision } from './archive.store.ts';
import { excerptOf } from './excerpt.ts';
import { markedSpans, type Span } from './highlight.ts';

/** An article as lists show it. Times are ISO 8601 in UTC, tags are ids. */
export interface ArticleItem {
  readonly id: string;
  readonly storyId: string;
  readonly revision: number;
  readonly title: string;
  readonly url: string;
  readonly source: { readonly id: string; readonly name: string; readonly authority: SourceAuthority };
  readonly language: string;
  readonly publishedAt: string;
  readonly publishedConfidence: DateConfidence;
  readonly firstSeenAt: string;
  readonly relevant: boolean;
  readonly sectors: readonly string[];
  readonly topics: readonly string[];
  readonly authorities: readonly string[];
  readonly jurisdictions: readonly string[];
  readonly developments: readonly { readonly kind: DevelopmentKind; readonly stage: DevelopmentStage }[];
  /** At most 280 characters of plain text; around the first hit when words were searched. */
  readonly excerpt: string;
  /** Where the words searched for stand in title and excerpt; present when there were any. */
  readonly highlights?: { readonly title: readonly Span[]; readonly excerpt: readonly Span[] };
}

/** An article whole: its text, its tags with their evidence, and what else is known of its story. */
export interface ArticleDetail extends ArticleItem {
  readonly text: string;
  readonly author: string | null;
  readonly tags: Pick<Classification, 'sectors' | 'topics' | 'authorities' | 'jurisdictions' | 'developments'>;
  readonly facts: Classification['facts'];
  readonly taxonomyVersion: string;
  readonly revisions: readonly ArchivedRevision[];
  /** The other article that this one corrects. */
  readonly corrects: { readonly id: string; readonly title: string } | null;
  /** The other articles that correct this one, newest first. */
  readonly correctedBy: readonly ArticleItem[];
  readonly related: readonly ArticleItem[];
}

/** A row of archived_articles as the list reads it. */
export interface ItemRow {
  readonly article_id: string;
  readonly story_id: string;
  readonly revision: number;
  readonly title: string;
  readonly url: string;
  readonly source_id: string;
  readonly source_name: string;
  readonly source_authority: string;
  readonly language: string;
  readonly published_at: Date;
  readonly published_confidence: string;
  readonly first_seen_at: Date;
  readonly relevant: boolean;
  readonly sectors: string[];
  readonly topics: string[];
  readonly authorities: string[];
  readonly jurisdictions: string[];
  readonly developments: string[];
  /** The beginning of the text. */
  readonly opening: string;
  /** Title and opening with their hits marked; null when no words were searched. */
  readonly marked_title: string | null;
  readonly marked_opening: string | null;
  /** How well it fits the words, null in a list by date. */
  readonly rank: number | null;
}

export function itemOf(row: ItemRow): ArticleItem {
  const excerpt = excerptOf(row.opening, row.marked_opening === null ? [] : markedSpans(row.marked_opening, row.opening.length));
  return {
    id: row.article_id,
    storyId: row.story_id,
    revision: row.revision,
    title: row.title,
    url: row.url,
    source: { id: row.source_id, name: row.source_name, authority: row.source_authority as SourceAuthority },
    language: row.language,
    publishedAt: row.published_at.toISOString(),
    publishedConfidence: row.published_confidence as DateConfidence,
    firstSeenAt: row.first_seen_at.toISOString(),
    relevant: row.relevant,
    sectors: row.sectors,
    topics: row.topics,
    authorities: row.authorities,
    jurisdictions: row.jurisdictions,
    developments: row.developments.map((pair) => {
      const colon = pair.indexOf(':');
      return { kind: pair.slice(0, colon) as DevelopmentKind, stage: pair.slice(colon + 1) as DevelopmentStage };
    }),
    excerpt: excerpt.text,
    ...(row.marked_title === null ? {} : { highlights: { title: markedSpans(row.marked_title, row.title.length), excerpt: excerpt.highlights } }),
  };
}
