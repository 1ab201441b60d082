import type { Database } from '@tradewatch/database';
import { ArticleClassifiedV1, type Classification } from '@tradewatch/events';
import { effectId, EventLog } from '@tradewatch/messaging';
import { Pace } from './pace.ts';
import { ReclassificationsStore, type ArchivedForReading, type Run } from './reclassifications.store.ts';
import { ChangeCounter, tagSetOf, type Changes } from './tag-changes.ts';

/** The classifier, handed in: a step never imports another. */
export type Classify = (article: { readonly title: string; readonly text: string; readonly language?: string }) => Classification;

export interface ReclassifyOptions {
  readonly classify: Classify;
  /** The version `classify` works with. */
  readonly taxonomyVersion: string;
  /** Only counts what would change; publishes nothing and remembers nothing. */
  readonly dryRun?: boolean;
  /** Articles in one transaction. */
  readonly chunkSize?: number;
  /** Articles a second at most. */
  readonly rate?: number;
  readonly onStart?: (start: { readonly total: number; readonly resumed: Changes | null }) => void;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly changed: number }) => void;
  /** Told once of a reader of events that stands still. */
  readonly onStill?: (group: string) => void;
  /** How long a reader may stand still before it is no longer waited for; 0 where none can be running. */
  readonly stillAfterMs?: number;
  /** Stops between two chunks; what is left is for the next run. */
  readonly signal?: AbortSignal;
}

export interface Reclassified {
  readonly changes: Changes;
  /** False where it was stopped before the end. */
  readonly finished: boolean;
  /** Articles that came in meanwhile from a classifier with another version. */
  readonly arrivedMeanwhile: number;
}

const defaultChunk = 100;
const defaultRate = 200;

/**
 * Replays the archive through a new taxonomy. Each article that another version classified is published again as classified, never
 * alertable, by way of the event log: the archive takes it up as it takes up live news, on either substrate, and nobody is alerted. Events and
 * position commit together, so a run that is killed goes on where it was and publishes nothing twice.
 */
export class ReclassifyArchive {
  private readonly store: ReclassificationsStore;
  private readonly events = new EventLog();

  constructor(private readonly database: Database) {
    this.store = new ReclassificationsStore(database);
  }

  /** @throws Error while another run is under way on this database; a dry run disturbs nobody. */
  async run(options: ReclassifyOptions): Promise<Reclassified> {
    if (options.dryRun) return this.replay(options);
    const letGo = await this.store.hold();
    if (!letGo) throw new Error('another reclassify is under way on this database');
    try {
      return await this.replay(options);
    } finally {
      await letGo();
    }
  }

  private async replay(options: ReclassifyOptions): Promise<Reclassified> {
    const { taxonomyVersion, dryRun = false, chunkSize = defaultChunk, onStart, onProgress, signal } = options;
    const earlier = dryRun ? null : await this.store.unfinished(taxonomyVersion);
    const counter = new ChangeCounter(earlier?.changes);
    let run: Run | null = earlier;
    let position = earlier?.position ?? null;
    let done = earlier?.changes.articles ?? 0;
    const total = done + (await this.store.remaining(taxonomyVersion, position));
    onStart?.({ total, resumed: earlier?.changes ?? null });
    const startedAt = earlier?.startedAt ?? new Date();
    const pace = this.pace(options, chunkSize);
    for (;;) {
      if (signal?.aborted) return { changes: counter.changes, finished: false, arrivedMeanwhile: 0 };
      const chunk = await this.store.chunk(taxonomyVersion, position, chunkSize);
      if (chunk.length === 0) break;
      const classified = chunk.map((each) => this.read(each, options, counter));
      position = chunk.at(-1)!.article.id;
      if (!dryRun) {
        run ??= await this.store.begin(taxonomyVersion, new ChangeCounter().changes);
        await this.publish(run, position, classified, counter.changes);
      }
      done += chunk.length;
      onProgress?.({ done, total: Math.max(total, done), changed: counter.changes.changed });
      await pace.after(chunk.length);
    }
    if (run) await this.store.finish(run.id);
    if (done > 0) await pace.caughtUp(0);
    return { changes: counter.changes, finished: true, arrivedMeanwhile: dryRun ? 0 : await this.store.arrivedSince(taxonomyVersion, startedAt) };
  }

  private read({ article, taxonomyVersion, tags }: ArchivedForReading, { classify }: ReclassifyOptions, counter: ChangeCounter): ArticleClassifiedV1 {
    const { id, title, text, claimedLanguage } = article;
    const classification = classify({ title, text, ...(claimedLanguage ? { language: claimedLanguage } : {}) });
    counter.add({ id, title, taxonomyVersion }, tags, tagSetOf(classification));
    return { article, classification };
  }

  /** The run is part of an event's id: going back to a taxonomy that was in use before is a new effect, repeating a chunk is not. */
  private async publish({ id: runId }: Run, position: string, classified: readonly ArticleClassifiedV1[], changes: Changes): Promise<void> {
    const events = classified.map((data) => ({ id: effectId('article-reclassified', runId, data.article.id, data.article.revision), data }));
    await this.database.$transaction(async (tx) => {
      await this.store.advance(tx, runId, position, changes);
      await this.events.append(tx, ArticleClassifiedV1, events);
    });
  }

  private pace({ dryRun, rate, onStill, stillAfterMs, signal }: ReclassifyOptions, chunkSize: number): Pace {
    return new Pace({
      rate: rate ?? (dryRun ? Number.POSITIVE_INFINITY : defaultRate), ahead: chunkSize, signal,
      backlogs: () => (dryRun ? Promise.resolve([]) : this.store.backlogs()), onStill: onStill ?? (() => undefined),
      ...(stillAfterMs === undefined ? {} : { stillAfterMs }),
    });
  }
}
