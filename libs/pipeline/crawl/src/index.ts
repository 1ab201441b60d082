export { draftArticle, type ArticleDraft } from './article/article-draft.ts';
export { ArticleStore } from './article/article.store.ts';
export { StoreArticles } from './article/store-articles.ts';
export { CrawlModule } from './crawl.module.ts';
export type { CrawlOptions } from './crawl.options.ts';
export type { FeedEntry, FeedInfo, FeedResult, ParsedFeed, UnreadableFeed } from './feed/feed-result.ts';
export { parseFeed } from './feed/parse-feed.ts';
export { parseSourceCatalog, SourceCatalogError, type CatalogEntry } from './source/source-catalog.ts';
