import { formatInterval } from '@tradewatch/crawl/source/poll-interval.ts';
import { exitCodes } from '../exit-codes.ts';
import { writeJson } from '../output.ts';
import { readSources, unreadable } from './read-sources.ts';

/** `tradewatch sources list [FILE]`: one line a source, as the catalog has it. @returns the exit code. */
export async function listSources(file: string | undefined): Promise<number> {
  const list = await readSources(file);
  if (list === unreadable) return exitCodes.failed;
  for (const { intervalSeconds, ...definition } of list.sources) await writeJson({ ...definition, interval: formatInterval(intervalSeconds) });
  return list.refused > 0 ? exitCodes.failed : exitCodes.ok;
}
