import { Injectable } from '@nestjs/common';
import { KnownSources } from './known-sources.ts';
import { sourcesFromOpml, type ImportDefaults, type RefusedOutline } from './source-opml.ts';
import { SourceStore } from './source.store.ts';

/** What came of each feed of a list. */
export interface ImportedSources {
  readonly added: readonly { readonly id: string; readonly name: string; readonly url: string; readonly line: number }[];
  /** Feeds that are sources already, or stand twice in the list: `id` is the source they are. */
  readonly duplicates: readonly { readonly id: string; readonly name: string; readonly url: string; readonly line: number }[];
  readonly refused: readonly RefusedOutline[];
}

/** Use case: adds the feeds of an OPML file as sources. What is there already stays as it is and is reported. */
@Injectable()
export class ImportSources {
  constructor(private readonly sources: SourceStore) {}

  /** @throws FeedProblem where the file cannot be read; the message names the line */
  async import(opml: Uint8Array, defaults: ImportDefaults, at: Date): Promise<ImportedSources> {
    const { sources, refused } = sourcesFromOpml(opml, defaults);
    const known = new KnownSources(await this.sources.list());
    const added: ImportedSources['added'][number][] = [];
    const duplicates: ImportedSources['duplicates'][number][] = [];
    for (const { line, definition } of sources) {
      const { name, url } = definition;
      const same = known.withAddress(url);
      if (same !== undefined) {
        duplicates.push({ id: same, name, url, line });
        continue;
      }
      const id = await this.#create(definition.id, known, (free) => this.sources.create({ ...definition, id: free }, at));
      known.add({ id, url });
      added.push({ id, name, url, line });
    }
    return { added, duplicates, refused };
  }

  /** The id that was asked for, or the next one of its kind that is free. */
  async #create(wanted: string, known: KnownSources, create: (id: string) => Promise<boolean>): Promise<string> {
    for (;;) {
      const id = known.freeId(wanted);
      if (await create(id)) return id;
      // Made by somebody else meanwhile.
      known.add({ id, url: `taken:${id}` });
    }
  }
}
