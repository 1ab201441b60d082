import { Module, type DynamicModule } from '@nestjs/common';
import defaultCatalog from '../catalog.yaml?raw';
import { ArticleStore } from './article/article.store.ts';
import { StoreArticles } from './article/store-articles.ts';
import { Clock, systemClock } from './clock.ts';
import { crawlOptions, type CrawlOptions } from './crawl.options.ts';
import { PageLoop } from './full-text/page-loop.ts';
import { PageStore } from './full-text/page.store.ts';
import { ReadPage } from './full-text/read-page.ts';
import { HostGate } from './host/host-gate.ts';
import { HostStore } from './host/host.store.ts';
import { PollJobs } from './poll/poll-jobs.ts';
import { PollLoop } from './poll/poll-loop.ts';
import { PollSource } from './poll/poll-source.ts';
import { PollStore } from './poll/poll.store.ts';
import { ImportSources } from './source/import-sources.ts';
import { LoadCatalog, catalogEntries } from './source/load-catalog.ts';
import { SourceStore } from './source/source.store.ts';
import { parseSourceCatalog } from './source/source-catalog.ts';
import { OpmlBodies, SourceListsController } from './source/source-lists.controller.ts';
import { SourcesController } from './source/sources.controller.ts';

/** The first step of the pipeline: sources in, articles and `article-published` events out. */
@Module({})
export class CrawlModule {
  /** @throws SourceCatalogError, one line for whoever edits the file, where the sources YAML is at fault. */
  static forRoot(options: CrawlOptions): DynamicModule {
    const entries = parseSourceCatalog(options.sourcesYaml ?? defaultCatalog, options.sourcesOrigin);
    return {
      module: CrawlModule,
      controllers: [SourcesController, SourceListsController],
      providers: [
        { provide: crawlOptions, useValue: options },
        { provide: catalogEntries, useValue: entries },
        { provide: Clock, useValue: options.clock ?? systemClock },
        HostStore, HostGate, ArticleStore, StoreArticles, SourceStore, ImportSources, OpmlBodies, LoadCatalog, PageStore, ReadPage, PageLoop, PollStore, PollSource, PollLoop, PollJobs,
      ],
    };
  }
}
