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
import { MarksController } from './marks/marks.controller.ts';
import { MarksStore } from './marks/marks.store.ts';
import { ReadArticle } from './read-article.ts';
import { SearchArticles } from './search-articles.ts';
import { ListTagHits } from './tags/list-tag-hits.ts';
import { TagHitsStore } from './tags/tag-hits.store.ts';
import { TagsController } from './tags/tags.controller.ts';
import { TaxonomyController } from './taxonomy.controller.ts';

/** Stores classified articles and makes them searchable. */
@Module({
  controllers: [ArchiveConsumer, ArticlesController, ExportsController, MarksController, TagsController, TaxonomyController],
  providers: [ArchiveArticles, ArchiveReader, ArchiveStore, ArticleCountsStore, ArticlesStore, ExportArticles, ListTagHits, MarksStore, ReadArticle, SearchArticles, TagHitsStore],
  exports: [ArchiveArticles, SearchArticles],
})
export class ArchiveModule {}
