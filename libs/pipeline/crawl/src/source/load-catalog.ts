import { Inject, Injectable, Logger } from '@nestjs/common';
import { SourceStore } from './source.store.ts';
import type { CatalogEntry } from './source-catalog.ts';

/** Injection token of the parsed catalog. */
export const catalogEntries = Symbol('CatalogEntries');

/** Use case: brings the catalog into the database at start; from then on the database is the truth. */
@Injectable()
export class LoadCatalog {
  private readonly logger = new Logger('crawl');

  constructor(@Inject(catalogEntries) private readonly entries: readonly CatalogEntry[], private readonly sources: SourceStore) {}

  async load(): Promise<void> {
    const written = await this.sources.bringIn(this.entries, new Date());
    this.logger.log({ sources: this.entries.length, changed: written.length }, 'source catalog loaded');
  }
}
