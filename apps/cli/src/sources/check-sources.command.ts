import { checkSources, type CheckedSource } from '@tradewatch/crawl/check/check-sources.ts';
import { outboundEnvironment, readEnvironment } from '@tradewatch/config';
import { createHttpClient, userAgent } from '@tradewatch/http';
import { z } from 'zod';
import { exitCodes } from '../exit-codes.ts';
import { say, writeJson } from '../output.ts';
import { quietTransport } from '../quiet-transport.ts';
import { readSources, unreadable } from './read-sources.ts';

/**
 * `tradewatch sources check [FILE]`: one line a source as soon as it is known, progress on stderr.
 * @returns the exit code: 1 when a source cannot be read by any of its addresses.
 */
export async function checkSourcesOf(file: string | undefined, { concurrency, all }: { readonly concurrency: number; readonly all: boolean }): Promise<number> {
  quietTransport();
  const { TRADEWATCH_ALLOW_PRIVATE_NETWORKS: allowPrivateNetworks, TRADEWATCH_CONTACT: contact } = readEnvironment(z.object(outboundEnvironment));
  const list = await readSources(file);
  if (list === unreadable) return exitCodes.failed;
  const sources = list.sources.filter(({ enabled }) => enabled || all);
  const httpClient = createHttpClient({ allowPrivateNetworks, userAgent: userAgent(contact) });
  const count: Record<string, number> = {};
  let done = 0;
  try {
    await checkSources(httpClient, sources, { concurrency }, async (checked) => {
      done += 1;
      count[checked.verdict] = (count[checked.verdict] ?? 0) + 1;
      say(`${done}/${sources.length} ${progress(checked)}`);
      await writeJson(checked);
    });
  } finally {
    await httpClient.close();
  }
  const off = list.sources.length - sources.length;
  say([...Object.entries(count).map(([verdict, number]) => `${number} ${verdict}`), ...(off > 0 ? [`${off} switched off and not asked`] : [])].join(', ') || 'no sources');
  return count['failed'] || list.refused > 0 ? exitCodes.failed : exitCodes.ok;
}

function progress({ id, verdict, entries, error }: CheckedSource): string {
  return `${id}: ${verdict}${error ? ` (${error.message})` : entries === null ? '' : `, ${entries} ${entries === 1 ? 'entry' : 'entries'}`}`;
}
