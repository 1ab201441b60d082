import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { asInputError, InputError, readDocument } from '../input-file.ts';

/** The taxonomy files of a folder by name (`*.yaml`, `*.json`); others are let be. @throws InputError naming what cannot be read. */
export async function readTaxonomyFolder(folder: string): Promise<Record<string, string>> {
  try {
    const names = (await readdir(folder)).filter((name) => /\.(yaml|yml|json)$/.test(name)).sort();
    return Object.fromEntries(await Promise.all(names.map(async (name) => [name, (await readDocument(join(folder, name))).toString('utf8')] as const)));
  } catch (cause) {
    const error = asInputError(cause);
    if (!(error instanceof InputError)) throw error;
    throw new InputError(error.code, `${folder}: ${error.code === 'not-found' ? 'no such folder' : error.message}`, { cause });
  }
}
