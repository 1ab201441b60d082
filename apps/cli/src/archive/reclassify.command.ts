import { constants, setPriority } from 'node:os';
import { ReclassifyArchive, type Reclassified, type TagChange } from '@tradewatch/archive';
import { classify } from '@tradewatch/classify/classify-article.ts';
import { taxonomyVersion } from '@tradewatch/taxonomy';
import { exitCodes } from '../exit-codes.ts';
import { say, writeJson } from '../output.ts';
import { withDatabase } from '../with-database.ts';
import { ReplayProgress } from './replay-progress.ts';

export interface ReclassifyCommandOptions {
  readonly dryRun: boolean;
  /** Articles a second at most. */
  readonly rate?: number | undefined;
  /** Articles in one transaction. */
  readonly chunk: number;
}

/**
 * `tradewatch reclassify`: replays the archive through this build's taxonomy. Articles of another version are classified again and published
 * quietly; nobody is alerted. stdout has {type: "tag", …} for each tag that changed and {type: "summary", …}; stderr the progress. Ctrl-C
 * stops after the chunk in hand; however it ends, the next call goes on. @returns 1 where it was stopped.
 */
export async function reclassifyArchive({ dryRun, rate, chunk }: ReclassifyCommandOptions): Promise<number> {
  const stopping = new AbortController();
  const stop = (): void => stopping.abort();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  yieldToLiveNews();
  const version = taxonomyVersion();
  return withDatabase(async (database, { alone }) => {
    const progress = new ReplayProgress();
    const reclassified = await new ReclassifyArchive(database).run({
      classify, taxonomyVersion: version, dryRun, chunkSize: chunk, signal: stopping.signal, ...(rate === undefined ? {} : { rate }), ...(alone ? { stillAfterMs: 0 } : {}),
      onStart: ({ total, resumed }) => {
        say(resumed === null ? `${total} articles have tags of another taxonomy than ${version}` : `going on: ${resumed.articles} of ${total} articles are done`);
        progress.start(resumed?.articles ?? 0);
      },
      onProgress: (state) => progress.show(state),
      onStill: (group) => say(`"${group}" reads no events at the moment (is tradewatch running?); it takes them up when it does`),
    });
    progress.end();
    await report(reclassified, { taxonomyVersion: version, dryRun });
    return reclassified.finished ? exitCodes.ok : exitCodes.failed;
  });
}

/** Live news is classified on the same machine, and comes first. */
function yieldToLiveNews(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // A container may forbid it; the rate still holds.
  }
}

const namedChanges = 12;

async function report({ changes, finished, arrivedMeanwhile }: Reclassified, run: { readonly taxonomyVersion: string; readonly dryRun: boolean }): Promise<void> {
  const { tags, ...counts } = changes;
  for (const change of tags) await writeJson({ type: 'tag', ...change });
  await writeJson({ type: 'summary', ...run, finished, ...counts, arrivedMeanwhile });
  say(`${counts.articles} articles ${run.dryRun ? 'would be' : 'were'} classified anew, ${counts.changed} of them with other tags${tags.length === 0 ? '' : ':'}`);
  for (const change of tags.slice(0, namedChanges)) say(`  ${changeInWords(change)}`);
  if (tags.length > namedChanges) say(`  … and ${tags.length - namedChanges} more tags`);
  if (!finished) say('stopped before the end; run it again to go on');
  if (arrivedMeanwhile > 0) say(`${arrivedMeanwhile} articles came in meanwhile from a classifier with another taxonomy: update that, then run this again`);
}

function changeInWords({ dimension, tag, added, removed, samples }: TagChange): string {
  const sample = samples.added[0] ?? samples.removed[0];
  return `${`${dimension} ${tag}`.padEnd(34)} +${added} −${removed}${sample ? `   ${samples.added[0] ? 'now' : 'no longer'}: ${sample.title.slice(0, 80).toWellFormed()}` : ''}`;
}
