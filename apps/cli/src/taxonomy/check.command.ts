import { join } from 'node:path';
import { checkTaxonomy, type TaxonomyFinding } from '@tradewatch/taxonomy';
import { exitCodes } from '../exit-codes.ts';
import { InputError } from '../input-file.ts';
import { say, writeJson } from '../output.ts';
import { readTaxonomyFolder } from './taxonomy-folder.ts';

/**
 * `tradewatch taxonomy check [DIR]`: every fault of the taxonomy's files as {level: "error", file, line, message}, what is only odd as
 * "notice", at the end {level: "summary", …}; the same for people on stderr as `FILE:LINE: message`. Without a folder: the shipped files.
 * @returns 0 where the taxonomy can be used, 1 otherwise.
 */
export async function checkTaxonomyFiles(folder: string | undefined): Promise<number> {
  let sources: Record<string, string> | undefined;
  try {
    sources = folder === undefined ? undefined : await readTaxonomyFolder(folder);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    say(error.message);
    return exitCodes.failed;
  }
  const { faults, notices, ...facts } = checkTaxonomy(sources);
  const tell = async (level: 'error' | 'notice', findings: readonly TaxonomyFinding[]): Promise<void> => {
    for (const { file: name, line, message } of findings) {
      const file = folder === undefined ? name : join(folder, name);
      await writeJson({ level, file, line, message });
      say(`${file}:${line}: ${level === 'notice' ? 'notice: ' : ''}${message}`);
    }
  };
  await tell('error', faults);
  await tell('notice', notices);
  await writeJson({ level: 'summary', errors: faults.length, notices: notices.length, ...facts });
  say(faults.length > 0 ? `${counted(faults.length, 'error')}: this taxonomy cannot be used`
    : `taxonomy ${facts.version}: ${facts.tags} tags, ${facts.phrases} phrases, no errors, ${counted(notices.length, 'notice')}; compiled in ${facts.compiledIn} ms`);
  return faults.length === 0 ? exitCodes.ok : exitCodes.failed;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
