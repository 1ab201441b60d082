import { Injectable } from '@nestjs/common';
import type { ArticleFilter } from '../article-filter.ts';
import type { ArticleItem } from '../article-item.ts';
import { SearchArticles } from '../search-articles.ts';
import { csvRecord } from './csv.ts';
import { rssHead, rssItem, rssTail } from './rss.ts';

const batch = 500;

/** Writes what a filter finds in the formats other programs read, newest first, a batch at a time. */
@Injectable()
export class ExportArticles {
  constructor(private readonly articles: SearchArticles) {}

  async *csv(filter: ArticleFilter, limit: number): AsyncGenerator<string> {
    yield csvRecord(['id', 'publishedAt', 'firstSeenAt', 'source', 'language', 'relevant', 'title', 'url', 'sectors', 'topics', 'authorities', 'jurisdictions', 'developments', 'excerpt']);
    for await (const items of this.batches(filter, limit)) {
      yield items.map((item) => csvRecord([
        item.id, item.publishedAt, item.firstSeenAt, item.source.name, item.language, String(item.relevant), item.title, item.url,
        item.sectors.join(';'), item.topics.join(';'), item.authorities.join(';'), item.jurisdictions.join(';'),
        item.developments.map(({ kind, stage }) => `${kind}:${stage}`).join(';'), item.excerpt,
      ])).join('');
    }
  }

  async *ndjson(filter: ArticleFilter, limit: number): AsyncGenerator<string> {
    for await (const items of this.batches(filter, limit)) yield items.map((item) => `${JSON.stringify(item)}\n`).join('');
  }

  async *rss(filter: ArticleFilter, limit: number, selfUrl: string, siteUrl: string): AsyncGenerator<string> {
    yield rssHead(selfUrl, siteUrl);
    for await (const items of this.batches(filter, limit)) yield items.map(rssItem).join('');
    yield rssTail;
  }

  private async *batches(filter: ArticleFilter, limit: number): AsyncGenerator<readonly ArticleItem[]> {
    let cursor: string | null | undefined;
    for (let left = limit; left > 0 && cursor !== null; left -= batch) {
      const page = await this.articles.byDate(filter, Math.min(left, batch), cursor);
      cursor = page.nextCursor;
      if (page.items.length > 0) yield page.items;
    }
  }
}
