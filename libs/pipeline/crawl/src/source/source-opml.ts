// Sources as a list of feeds that other readers take, and such lists as sources. What OPML has no word for stands in attributes of our own.
import { z } from 'zod';
import { readOpml, writeOpml, type OpmlSource } from '../feed/opml.ts';
import { formatInterval } from './poll-interval.ts';
import { definitionOf, idFromName, newSourceSchema } from './source-body.ts';
import { importDefaultFields } from './source-fields.ts';
import type { SourceDefinition } from './source.ts';

/** What a list of other origin does not say of its feeds. */
export const importDefaultsSchema = z.object(importDefaultFields);
export type ImportDefaults = z.infer<typeof importDefaultsSchema>;

export interface RefusedOutline {
  /** In the OPML file, from 1. */
  readonly line: number;
  readonly name: string;
  readonly url: string;
  readonly message: string;
}

export interface ReadSources {
  readonly sources: readonly { readonly line: number; readonly definition: SourceDefinition }[];
  readonly refused: readonly RefusedOutline[];
}

/** An OPML document that `sourcesFromOpml` makes the same sources of. */
export function sourcesToOpml(sources: readonly SourceDefinition[]): string {
  return writeOpml('tradewatch sources', sources.map(outlineOf));
}

function outlineOf({ id, name, url, kind, selectors, fallbacks, folder, jurisdiction, language, authority, intervalSeconds, alertOnBackfill, enabled, fullText, pageSelectors, notes }: SourceDefinition): Omit<OpmlSource, 'line'> {
  return {
    name, url, language, description: notes ?? undefined, folders: folder?.split('/') ?? [],
    extra: {
      id, kind, jurisdiction, authority, interval: formatInterval(intervalSeconds),
      ...(fallbacks.length > 0 ? { fallbacks: fallbacks.join(' ') } : {}), ...(selectors ? { selectors: JSON.stringify(selectors) } : {}),
      ...(alertOnBackfill ? { alertonbackfill: 'true' } : {}), ...(enabled ? {} : { enabled: 'false' }),
      ...(fullText === 'auto' ? {} : { fulltext: fullText }), ...(pageSelectors ? { pageselectors: JSON.stringify(pageSelectors) } : {}),
    },
  };
}

/**
 * The sources of an OPML file. An outline at fault is refused with its line and costs the others nothing.
 * @throws FeedProblem where the file as a whole cannot be read; the message names the line
 */
export function sourcesFromOpml(bytes: Uint8Array, defaults: ImportDefaults): ReadSources {
  const sources: { line: number; definition: SourceDefinition }[] = [];
  const refused: RefusedOutline[] = [];
  for (const outline of readOpml(bytes)) {
    const result = newSourceSchema.safeParse(bodyOf(outline, defaults));
    const id = result.data === undefined ? '' : (result.data.id ?? (idFromName(result.data.name) || idFromName(new URL(result.data.url).host)));
    if (result.data !== undefined && id !== '') sources.push({ line: outline.line, definition: definitionOf(id, result.data) });
    else refused.push({ line: outline.line, name: outline.name.slice(0, 200), url: outline.url.slice(0, 500), message: result.error ? wordsOf(result.error) : 'name: has no letters or digits to make an id of' });
  }
  return { sources, refused };
}

function bodyOf({ name, url, description, language, folders, extra }: OpmlSource, defaults: ImportDefaults): Record<string, unknown> {
  return {
    ...defaults, ...(language === undefined ? {} : { language: language.slice(0, 2) }),
    ...Object.fromEntries(['id', 'kind', 'jurisdiction', 'authority', 'interval'].flatMap((field) => (extra[field] === undefined ? [] : [[field, extra[field]]]))),
    name: name.slice(0, 200), url, notes: description?.slice(0, 2000), folder: folders.join('/').slice(0, 300),
    fallbacks: extra['fallbacks']?.split(/\s+/).filter((address) => address !== '') ?? [],
    ...(extra['selectors'] === undefined ? {} : { selectors: parsed(extra['selectors']) }),
    ...(extra['pageselectors'] === undefined ? {} : { pageSelectors: parsed(extra['pageselectors']) }),
    ...(extra['fulltext'] === undefined ? {} : { fullText: extra['fulltext'] }),
    alertOnBackfill: extra['alertonbackfill'] === 'true', enabled: extra['enabled'] !== 'false',
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

function wordsOf({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}
