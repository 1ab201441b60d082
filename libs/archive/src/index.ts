export { ArchiveArticles, type ClassifiedArticle } from './archive-articles.ts';
export { ArchiveModule } from './archive.module.ts';
export { articleQuerySchema, type ArticleFilter, type ArticleQuery } from './article-filter.ts';
export type { ArticleDetail, ArticleItem } from './article-item.ts';
export { searchOn } from './search-on.ts';
export { SearchArticles, type ArticlePage } from './search-articles.ts';
export { ReclassifyArchive, type Classify, type Reclassified, type ReclassifyOptions } from './reclassify/reclassify-archive.ts';
export type { Changes, TagChange } from './reclassify/tag-changes.ts';
