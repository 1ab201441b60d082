import type { Database } from '@tradewatch/database';
import { ArchiveReader } from './archive-reader.store.ts';
import { ArticleCountsStore } from './article-counts.store.ts';
import { ArticlesStore } from './articles.store.ts';
import { SearchArticles } from './search-articles.ts';

/** The search of an archive for who has its database and no Nest application: the command line. */
export function searchOn(database: Database): SearchArticles {
  const reader = new ArchiveReader(database);
  return new SearchArticles(new ArticlesStore(reader, database), new ArticleCountsStore(reader), reader);
}
