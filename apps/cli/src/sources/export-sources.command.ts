import { sourcesToOpml } from '@tradewatch/crawl/source/source-opml.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeText } from '../output.ts';
import { readSources, unreadable } from './read-sources.ts';

/** `tradewatch sources export [FILE]`: an OPML document on stdout, the one thing there that is not JSON. @returns the exit code. */
export async function exportSources(file: string | undefined): Promise<number> {
  const list = await readSources(file);
  if (list === unreadable) return exitCodes.failed;
  await writeText(sourcesToOpml(list.sources));
  return list.refused > 0 ? exitCodes.failed : exitCodes.ok;
}
