// Reads the YAML file that says which sources exist. A file with a fault is refused whole, with one line that names it.
import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { z } from 'zod';
import type { SourceDefinition } from './source.ts';
import { checkSource, sourceFields, sourceIdSchema } from './source-fields.ts';

/** A catalog is polled by every installation there is, so its sources are asked no oftener than this. */
const shortestIntervalSeconds = 15 * 60;

const entrySchema = z.strictObject({ id: sourceIdSchema, ...sourceFields(shortestIntervalSeconds) }).superRefine(checkSource);

/** A source as the catalog has it; `hash` changes when anything about the entry does. */
export interface CatalogEntry extends SourceDefinition {
  readonly hash: string;
}

/** The catalog cannot be used; the message is one line for whoever edits the file. */
export class SourceCatalogError extends Error {
  override readonly name = 'SourceCatalogError';
}

/**
 * @param yaml content of the file: a list of sources, which may be empty.
 * @param origin what to call the file in messages.
 * @throws SourceCatalogError naming the entry and the field at fault.
 */
export function parseSourceCatalog(yaml: string, origin: string): CatalogEntry[] {
  const list = readYaml(yaml, origin);
  const entries = new Map<string, CatalogEntry>();
  for (const [index, item] of list.entries()) {
    const result = entrySchema.safeParse(item);
    if (!result.success) throw new SourceCatalogError(`${origin}: ${entryName(item, index)}: ${fault(result.error)}`);
    const { interval, ...fields } = result.data;
    if (entries.has(fields.id)) throw new SourceCatalogError(`${origin}: ${entryName(item, index)}: id: is used by an entry before it`);
    const definition: SourceDefinition = { ...fields, intervalSeconds: interval };
    entries.set(fields.id, { ...definition, hash: hashOf(definition) });
  }
  return [...entries.values()];
}

function readYaml(yaml: string, origin: string): unknown[] {
  let content: unknown;
  try {
    content = parse(yaml, { maxAliasCount: 100 });
  } catch (error) {
    throw new SourceCatalogError(`${origin}: is not valid YAML: ${firstLine(error instanceof Error ? error.message : String(error))}`, { cause: error });
  }
  // A file of comments alone is an empty list.
  if (content === null || content === undefined) return [];
  if (!Array.isArray(content)) throw new SourceCatalogError(`${origin}: must be a list of sources, each beginning with "- id: …"`);
  return content as unknown[];
}

function entryName(item: unknown, index: number): string {
  const id = typeof item === 'object' && item !== null ? (item as { id?: unknown }).id : undefined;
  return typeof id === 'string' && id !== '' ? `source ${JSON.stringify(id.slice(0, 80))} (entry ${index + 1})` : `entry ${index + 1}`;
}

function fault(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return 'is not valid';
  if (issue.code === 'unrecognized_keys' && issue.path.length === 0) return `${issue.keys[0]}: is not a field of a source`;
  const path = issue.path.map(String).join('.');
  if (issue.code === 'invalid_type' && issue.path.length === 0) return 'must be a source with id, name, kind, url, …';
  return path === '' ? issue.message : `${path}: ${issue.message}`;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/** Fields that came later count where they are given, so that entries without them keep the hash they had. */
function hashOf({ selectors, folder, fullText, pageSelectors, ...definition }: SourceDefinition): string {
  const later = [...(selectors === null ? [] : [selectors]), ...(folder === null ? [] : [folder]), ...(fullText === 'auto' ? [] : [{ fullText }]), ...(pageSelectors === null ? [] : [{ pageSelectors }])];
  return createHash('sha256').update(JSON.stringify(definition, Object.keys(definition).sort()) + later.map((field) => JSON.stringify(field)).join()).digest('hex');
}
