import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@tradewatch/database';
import { HttpError } from '@tradewatch/http';
import { isTransient } from '@tradewatch/messaging';
import { defaultAlertableWindowHours } from '../article/alertable.ts';
import { draftArticle } from '../article/article-draft.ts';
import { StoreArticles } from '../article/store-articles.ts';
import { crawlOptions, type CrawlOptions } from '../crawl.options.ts';
import type { Source } from '../source/source.ts';
import { SourceStore, type Lease, type PollRecord } from '../source/source.store.ts';
import { isOwnNetworkFailure, waitAfterFailure, waitAfterSuccess } from './next-poll.ts';
import { PollLog } from './poll-log.ts';
import { readSource, type Reading, type ReadingFault } from './read-source.ts';

/** What a poll came to. `busy`: being polled by somebody else, gone, or no longer due. `superseded`: the source was changed meanwhile. */
export type PollOutcome =
  | { readonly outcome: 'polled'; readonly newArticles: number; readonly revisions: number }
  | { readonly outcome: 'not-modified' }
  | { readonly outcome: 'failed'; readonly errorCode: string; readonly errorMessage: string }
  | { readonly outcome: 'busy' | 'superseded' | 'aborted' };

/** A lease outlives the longest time one address may take; it is renewed before each. */
const leaseMs = 90_000;
const longestErrorMessage = 500;

class LeaseLost extends Error {}

/**
 * Use case: asks one source and files what is new. The lease on its row keeps two polls of one source apart; should they meet
 * all the same, the row is locked while entries are stored, so that the second finds everything known.
 */
@Injectable()
export class PollSource implements OnModuleDestroy {
  private readonly logger = new Logger('crawl');
  private readonly pollLog = new PollLog(this.logger);
  private readonly stopping = new AbortController();

  constructor(
    @Inject(crawlOptions) private readonly options: CrawlOptions,
    private readonly database: Database,
    private readonly sources: SourceStore,
    private readonly articles: StoreArticles,
  ) {}

  /** Polls a source that is due. */
  async pollDue(sourceId: string): Promise<PollOutcome> {
    return this.poll(await this.sources.leaseDue(sourceId, ...leaseTimes()));
  }

  /** Polls a source because a person asked, whether it is due, or enabled, or not. */
  async pollNow(sourceId: string): Promise<PollOutcome> {
    return this.poll(await this.sources.leaseNow(sourceId, ...leaseTimes()));
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  private async poll(source: Source | undefined): Promise<PollOutcome> {
    if (!source?.leaseUntil) return { outcome: 'busy' };
    let lease: Lease = { sourceId: source.id, until: source.leaseUntil };
    const beforeRequest = async () => {
      lease = (await this.sources.renew(lease, leaseTimes()[1])) ?? fail(new LeaseLost());
    };
    try {
      const startedAt = new Date();
      const reading = await readSource(this.options.httpClient, source, { now: startedAt, signal: this.stopping.signal, beforeRequest });
      return await this.conclude(source, lease, reading);
    } catch (error) {
      if (error instanceof LeaseLost) return { outcome: 'superseded' };
      if (error instanceof HttpError && error.code === 'aborted') {
        await this.sources.release(lease);
        return { outcome: 'aborted' };
      }
      // The database is out: the row cannot be written either, and the lease ends by itself.
      if (isTransient(error)) throw error;
      this.logger.error({ sourceId: source.id, err: error }, 'poll failed on our side');
      return this.recordFailure(source, lease, { code: 'internal-error', message: 'The entries could not be stored: the log has the details' });
    }
  }

  private async conclude(source: Source, lease: Lease, reading: Reading): Promise<PollOutcome> {
    if (reading.outcome === 'unreadable') return this.recordFailure(source, lease, reading.fault);
    const at = new Date();
    const success: PollRecord = {
      lastPolledAt: at, lastSucceededAt: at, nextPollAt: new Date(at.getTime() + waitAfterSuccess(source.intervalSeconds)),
      consecutiveFailures: 0, errorCode: null, errorMessage: null,
    };
    if (reading.outcome === 'not-modified') {
      held(await this.sources.record(lease, { ...success, ...(reading.movedTo ? { url: reading.movedTo } : {}) }));
      this.pollLog.notModified(source);
      return { outcome: 'not-modified' };
    }
    return this.store(source, lease, reading, success);
  }

  private async store(source: Source, lease: Lease, reading: Extract<Reading, { outcome: 'read' }>, success: PollRecord): Promise<PollOutcome> {
    const at = success.lastPolledAt!;
    const drafts = reading.feed.entries.flatMap((entry) => draftArticle(entry, source, at) ?? []);
    const windowHours = this.options.alertableWindowHours ?? defaultAlertableWindowHours;
    const stored = await this.database.$transaction(async (tx) => {
      held(await this.sources.lock(tx, lease));
      const result = await this.articles.store(tx, source, drafts, at, windowHours);
      const { newArticles } = result;
      held(await this.sources.record(lease, {
        ...success, ...addressChanges(source, reading), ...mainAddressFault(reading, success), newArticles,
        backfilledAt: source.backfilledAt ?? at, lastNewEntryAt: newArticles > 0 ? at : source.lastNewEntryAt,
      }, tx));
      await this.articles.publish(tx, result);
      return result;
    });
    const { newArticles, revisions } = stored;
    this.pollLog.polled(source, { newArticles, revisions, mainFault: reading.mainFault });
    return { outcome: 'polled', newArticles, revisions };
  }

  private async recordFailure(source: Source, lease: Lease, fault: ReadingFault): Promise<PollOutcome> {
    const at = new Date();
    const consecutiveFailures = source.consecutiveFailures + 1;
    const isGone = fault.code === 'http-410';
    const wait = waitAfterFailure({ intervalSeconds: source.intervalSeconds, consecutiveFailures, errorCode: fault.code, retryAfterMs: fault.retryAfterMs });
    const errorMessage = `${fault.message}${isGone ? '. The source is switched off: give it another address to switch it on' : ''}`.slice(0, longestErrorMessage);
    const recorded = await this.sources.record(lease, {
      lastPolledAt: at, nextPollAt: new Date(at.getTime() + wait), consecutiveFailures, errorCode: fault.code, errorMessage, ...(isGone ? { enabled: false } : {}),
    });
    if (!recorded) return { outcome: 'superseded' };
    this.pollLog.failed(source, { errorCode: fault.code, errorMessage, isOwnNetwork: isOwnNetworkFailure(fault.code) });
    return { outcome: 'failed', errorCode: fault.code, errorMessage };
  }
}

/** Validators belong to the main address; an address that moved for good is asked at its new place from now on. */
function addressChanges(source: Source, { addressIndex, movedTo, etag, lastModified }: Extract<Reading, { outcome: 'read' }>): Partial<PollRecord> {
  if (addressIndex === 0) return { etag, lastModified, ...(movedTo ? { url: movedTo } : {}) };
  return movedTo ? { fallbacks: source.fallbacks.with(addressIndex - 1, movedTo) } : {};
}

/** A poll saved by a fallback is a success, but the sources page shows what is wrong with the main address. */
function mainAddressFault({ mainFault }: Extract<Reading, { outcome: 'read' }>, { nextPollAt, lastPolledAt }: PollRecord): Partial<PollRecord> {
  if (!mainFault) return {};
  const notBefore = lastPolledAt!.getTime() + Math.min(mainFault.retryAfterMs ?? 0, 24 * 3600_000);
  return {
    errorCode: mainFault.code,
    errorMessage: `${mainFault.message}; read from a fallback instead`.slice(0, longestErrorMessage),
    nextPollAt: new Date(Math.max(nextPollAt.getTime(), notBefore)),
  };
}

function leaseTimes(): [at: Date, until: Date] {
  const at = new Date();
  return [at, new Date(at.getTime() + leaseMs)];
}

function held(isHeld: boolean): void {
  if (!isHeld) throw new LeaseLost();
}

function fail(error: Error): never {
  throw error;
}
