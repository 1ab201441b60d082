import { Injectable } from '@nestjs/common';
import { itemOf, type ArticleDetail } from './article-item.ts';
import { ArticlesStore } from './articles.store.ts';

/** Reads one article whole, with the others of its story. */
@Injectable()
export class ReadArticle {
  constructor(private readonly articles: ArticlesStore) {}

  /** @returns null when there is no such article. */
  async read(id: string): Promise<ArticleDetail | null> {
    const row = await this.articles.find(id);
    if (!row) return null;
    const { sectors, topics, authorities, jurisdictions, developments, facts } = row.classification;
    const corrects = row.revisions.findLast((each) => each.corrects !== undefined && each.corrects !== id)?.corrects;
    return {
      ...itemOf(row),
      text: row.text,
      author: row.author,
      tags: { sectors, topics, authorities, jurisdictions, developments },
      facts,
      taxonomyVersion: row.taxonomy_version,
      revisions: row.revisions,
      corrects: corrects === undefined ? null : await this.articles.titleOf(corrects),
      correctedBy: (await this.articles.correctionsOf(row.story_id, id)).map(itemOf),
      related: (await this.articles.ofStory(row.story_id, id)).map(itemOf),
    };
  }
}
