import { FeedProblem } from '@tradewatch/crawl/feed/feed-result.ts';
import { shippedCatalog } from '@tradewatch/crawl/source/shipped-catalog.ts';
import { parseSourceCatalog, SourceCatalogError } from '@tradewatch/crawl/source/source-catalog.ts';
import { importDefaultsSchema, sourcesFromOpml } from '@tradewatch/crawl/source/source-opml.ts';
import type { SourceDefinition } from '@tradewatch/crawl/source/source.ts';
import { InputError, readDocument } from '../input-file.ts';
import { say } from '../output.ts';

/** Reading was not possible; what is wrong has been said. */
export const unreadable = Symbol('unreadable');

export interface SourceList {
  readonly sources: readonly SourceDefinition[];
  /** Entries at fault, which have been said. */
  readonly refused: number;
}

/** The sources of a file (`-`: stdin), a sources YAML or OPML by its first character, or of the shipped catalog where none is named. */
export async function readSources(file: string | undefined): Promise<SourceList | typeof unreadable> {
  const name = file ?? 'the catalog';
  try {
    const bytes = file === undefined ? Buffer.from(shippedCatalog) : await readDocument(file);
    if (!isMarkup(bytes)) return { sources: parseSourceCatalog(bytes.toString('utf8'), name).map(({ hash: _hash, ...definition }) => definition), refused: 0 };
    const { sources, refused } = sourcesFromOpml(bytes, importDefaultsSchema.parse({}));
    for (const { line, message } of refused) say(`${name}:${line}: ${message}`);
    return { sources: sources.map(({ definition }) => definition), refused: refused.length };
  } catch (error) {
    if (error instanceof SourceCatalogError) say(error.message);
    else if (error instanceof InputError || error instanceof FeedProblem) say(`${name}: ${error.message}`);
    else throw error;
    return unreadable;
  }
}

function isMarkup(bytes: Buffer): boolean {
  return bytes.subarray(0, 200).toString('latin1').replaceAll('\0', '').replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*/, '').startsWith('<');
}
