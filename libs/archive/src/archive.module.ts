import { Module } from '@nestjs/common';
import { ArchiveArticles } from './archive-articles.ts';
import { ArchiveReader } from './archive-reader.store.ts';
import { ArchiveConsumer } from './archive.consumer.ts';
import { ArchiveStore } from './archive.store.ts';
import { ArticleCountsStore } from './article-counts.store.ts';
import { ArticlesController } from './articles.controller.ts';
import { ArticlesStore } from './articles.store.ts';
import { ExportArticles } from './export/export-articles.ts';
import { ExportsController } from './export/exports.controller.ts';
import { ReadArticle } from './read-article.ts';
import { SearchArticles } from './search-articles.ts';
import { TaxonomyController } from './taxonomy.controller.ts';

/** Stores classified articles and makes them searchable. */
@Module({
  controllers: [ArchiveConsumer, ArticlesController, ExportsController, TaxonomyController],
  providers: [ArchiveArticles, ArchiveReader, ArchiveStore, ArticleCountsStore, ArticlesStore, ExportArticles, ReadArticle, SearchArticles],
  exports: [ArchiveArticles, SearchArticles],
})
export class ArchiveModule {}
