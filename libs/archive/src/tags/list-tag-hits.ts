import { Injectable } from '@nestjs/common';
import type { Classification, Evidence } from '@tradewatch/events';
import type { ArticleFilter } from '../article-filter.ts';
import type { ArticleItem } from '../article-item.ts';
import type { Mark, MarkDimension } from '../marks/mark.ts';
import { MarksStore } from '../marks/marks.store.ts';
import { SearchArticles } from '../search-articles.ts';
import { passagesOf, type Passage } from './passages.ts';
import { TagHitsStore } from './tag-hits.store.ts';

/** An article that has a tag: how sure the classifier was, the words that spoke for it, and what people said of it. */
export interface TagHit {
  readonly article: ArticleItem;
  /** 0 to 1 */
  readonly score: number;
  readonly passages: readonly Passage[];
  /** Of this tag on this revision, oldest first. */
  readonly marks: readonly Mark[];
}

export interface TagHitPage {
  readonly items: readonly TagHit[];
  readonly nextCursor: string | null;
}

const anything: ArticleFilter = { sector: [], topic: [], authority: [], jurisdiction: [], development: [], stage: [], source: [], language: [] };

/** Lists the newest articles that have a tag, with its evidence. */
@Injectable()
export class ListTagHits {
  constructor(private readonly articles: SearchArticles, private readonly store: TagHitsStore, private readonly marks: MarksStore) {}

  /** @throws Problem 400 when the cursor is not one of this list. */
  async list(dimension: MarkDimension, tag: string, readerId: string, limit: number, cursor?: string): Promise<TagHitPage> {
    const { items, nextCursor } = await this.articles.byDate(filterOf(dimension, tag), limit, cursor);
    const ids = items.map(({ id }) => id);
    const [known, marks] = await Promise.all([this.store.withEvidence(ids), this.marks.ofArticles(ids, readerId)]);
    const evidence = new Map(known.map((each) => [each.id, each]));
    return {
      nextCursor,
      items: items.map((article): TagHit => {
        const read = evidence.get(article.id);
        const found = read && tagOf(read.classification, dimension, tag);
        return {
          article, score: found?.score ?? 0, passages: read && found ? passagesOf(read, found.evidence) : [],
          marks: marks.filter((mark) => mark.articleId === article.id && mark.revision === article.revision && mark.dimension === dimension && mark.tag === tag),
        };
      }),
    };
  }
}

function filterOf(dimension: MarkDimension, tag: string): ArticleFilter {
  if (dimension === 'relevant') return { ...anything, relevant: true };
  if (dimension !== 'development') return { ...anything, [dimension]: [tag] };
  const [kind, stage] = tag.split(':');
  return { ...anything, development: [kind], stage: [stage] } as ArticleFilter;
}

function tagOf(classification: Classification, dimension: MarkDimension, tag: string): { score: number; evidence: readonly Evidence[] } | undefined {
  const lists = { sector: classification.sectors, topic: classification.topics, authority: classification.authorities, jurisdiction: classification.jurisdictions };
  if (dimension === 'relevant') return { score: 1, evidence: classification.topics.flatMap(({ evidence }) => evidence) };
  if (dimension === 'development') return classification.developments.find(({ kind, stage }) => `${kind}:${stage}` === tag);
  return lists[dimension].find(({ id }) => id === tag);
}
