import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { FeedProblem } from '@tradewatch/crawl/feed/feed-result.ts';
import { KnownSources } from '@tradewatch/crawl/source/known-sources.ts';
import { formatInterval } from '@tradewatch/crawl/source/poll-interval.ts';
import { parseSourceCatalog, SourceCatalogError } from '@tradewatch/crawl/source/source-catalog.ts';
import { importDefaultsSchema, sourcesFromOpml } from '@tradewatch/crawl/source/source-opml.ts';
import type { SourceDefinition } from '@tradewatch/crawl/source/source.ts';
import { isSeq, parseDocument, stringify, type Document } from 'yaml';
import { exitCodes } from '../exit-codes.ts';
import { InputError, readDocument } from '../input-file.ts';
import { say, writeJson } from '../output.ts';
import { readSources, unreadable } from './read-sources.ts';

export interface ImportOptions {
  /** The sources YAML to add to; nothing is written without it. */
  readonly into?: string | undefined;
  readonly jurisdiction: string;
  readonly language: string;
  readonly authority: string;
  readonly interval: string;
}

/**
 * `tradewatch sources import OPML`: one line a feed with what came of it; the sources YAML is written whole or not at all.
 * @returns the exit code: 1 when a feed is refused.
 */
export async function importSourcesInto(opml: string, { into, ...given }: ImportOptions): Promise<number> {
  const defaults = importDefaultsSchema.safeParse(given);
  if (!defaults.success) {
    for (const { path, message } of defaults.error.issues) say(`--${path.join('.')} ${message}`);
    return exitCodes.usage;
  }
  const before = into !== undefined && !existsSync(into) ? { sources: [] } : await readSources(into);
  if (before === unreadable) return exitCodes.failed;
  try {
    const { sources, refused } = sourcesFromOpml(await readDocument(opml), defaults.data);
    const known = new KnownSources(before.sources);
    const added: SourceDefinition[] = [];
    const lines: { line: number; outcome: string; [field: string]: unknown }[] = refused.map((each) => ({ ...each, outcome: 'refused' }));
    for (const { line, definition } of sources) {
      const { name, url } = definition;
      const same = known.withAddress(url);
      const id = same ?? known.freeId(definition.id);
      if (same === undefined) {
        added.push({ ...definition, id });
        known.add({ id, url });
      }
      lines.push({ line, outcome: same === undefined ? 'added' : 'duplicate', id, name, url });
    }
    if (into !== undefined && added.length > 0) await addTo(into, added);
    for (const line of lines.sort((a, b) => a.line - b.line)) await writeJson(line);
    for (const { line, message } of refused) say(`${opml}:${line}: ${message}`);
    return refused.length > 0 ? exitCodes.failed : exitCodes.ok;
  } catch (error) {
    if (error instanceof SourceCatalogError) say(error.message);
    else if (error instanceof InputError || error instanceof FeedProblem) say(`${opml}: ${error.message}`);
    else throw error;
    return exitCodes.failed;
  }
}

/** Appends entries, comments and order of the others kept. @throws SourceCatalogError where the file would not be one any more */
async function addTo(file: string, sources: readonly SourceDefinition[]): Promise<void> {
  const entries = sources.map(entryOf);
  const text = existsSync(file) ? await readFile(file, 'utf8') : '';
  const document: Document = parseDocument(text);
  let content = `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${stringify(entries, { lineWidth: 0 })}`;
  if (isSeq(document.contents)) {
    for (const entry of entries) document.contents.add(document.createNode(entry));
    document.contents.flow = false;
    content = document.toString({ lineWidth: 0 });
  }
  parseSourceCatalog(content, file);
  const scratch = `${file}.${process.pid}.new`;
  await writeFile(scratch, content);
  await rename(scratch, file);
}

/** What goes without saying in the YAML. */
const unsaid: Readonly<Record<string, unknown>> = { alertOnBackfill: false, enabled: true, fullText: 'auto' };

function entryOf({ intervalSeconds, ...fields }: SourceDefinition): Record<string, unknown> {
  const said = Object.entries({ ...fields, interval: formatInterval(intervalSeconds) }).filter(([field, value]) => value !== null && value !== unsaid[field] && !(Array.isArray(value) && value.length === 0));
  return Object.fromEntries(said);
}
