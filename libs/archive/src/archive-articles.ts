import { Injectable } from '@nestjs/common';
import type { ArticleClassifiedV1 } from '@tradewatch/events';
import { ArchiveStore, type ArticleRecord, type ArchivedRevision } from './archive.store.ts';

/** A classified article and the time of the event that brought it. */
export interface ClassifiedArticle extends ArticleClassifiedV1 {
  readonly occurredAt: Date;
}

/** Stores classified articles, each once: a newer revision or a newer classification replaces what is there. */
@Injectable()
export class ArchiveArticles {
  constructor(private readonly store: ArchiveStore) {}

  /** @returns how many rows were written; repeating a call writes none. */
  async archive(articles: readonly ClassifiedArticle[]): Promise<number> {
    return this.store.save(newestOfEach(articles));
  }
}

/** One record an article, for one statement cannot write a row twice; the revisions it replaces stay in its history. */
export function newestOfEach(articles: readonly ClassifiedArticle[]): ArticleRecord[] {
  const records = new Map<string, ArticleRecord>();
  for (const each of articles) {
    const known = records.get(each.article.id);
    records.set(each.article.id, known ? merged(known, recordOf(each)) : recordOf(each));
  }
  // Rows are written in one order everywhere, so that two writers never wait for each other in a circle.
  return [...records.values()].sort((a, b) => (a.article_id < b.article_id ? -1 : 1));
}

function merged(a: ArticleRecord, b: ArticleRecord): ArticleRecord {
  const newer = b.revision > a.revision || (b.revision === a.revision && b.taxonomy_version !== a.taxonomy_version && b.classified_at >= a.classified_at) ? b : a;
  const revisions = new Map<number, ArchivedRevision>([...b.revisions, ...a.revisions].map((each) => [each.revision, each]));
  return { ...newer, revisions: [...revisions.values()].sort((x, y) => x.revision - y.revision) };
}

function recordOf({ article, classification, occurredAt }: ClassifiedArticle): ArticleRecord {
  const ids = (tags: readonly { id: string }[]): string[] => [...new Set(tags.map((tag) => tag.id))];
  return {
    article_id: article.id,
    revision: article.revision,
    story_id: article.storyId,
    source_id: article.source.id,
    source_name: article.source.name,
    source_authority: article.source.authority,
    url: article.url,
    title: article.title,
    text: article.text,
    author: article.author,
    language: classification.language,
    published_at: article.publishedAt,
    published_confidence: article.publishedConfidence,
    first_seen_at: article.firstSeenAt,
    classified_at: occurredAt.toISOString(),
    relevant: classification.relevant,
    sectors: ids(classification.sectors),
    topics: ids(classification.topics),
    authorities: ids(classification.authorities),
    jurisdictions: ids(classification.jurisdictions),
    developments: [...new Set(classification.developments.map(({ kind, stage }) => `${kind}:${stage}`))],
    classification,
    taxonomy_version: classification.taxonomyVersion,
    revisions: [{
      revision: article.revision, title: article.title, fetchedAt: article.fetchedAt,
      ...(article.change ? { change: article.change } : {}), ...(article.correction ? { corrects: article.correction.articleId } : {}),
    }],
  };
}
