import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@tradewatch/database';
import { HttpError } from '@tradewatch/http';
import { faultPoint, isTransient } from '@tradewatch/messaging';
import { defaultAlertableWindowHours } from '../article/alertable.ts';
import { draftArticle } from '../article/article-draft.ts';
import { StoreArticles } from '../article/store-articles.ts';
import { crawlOptions, type CrawlOptions } from '../crawl.options.ts';
import type { Source } from '../source/source.ts';
import { SourceStore, type Lease, type PollRecord } from '../source/source.store.ts';
import { HeldLease, leaseTimes } from './held-lease.ts';
import { waitAfterFailure, waitAfterSuccess } from './next-poll.ts';
import { PollLog } from './poll-log.ts';
import { pollMetrics } from './poll-metrics.ts';
import { readSource, type Reading, type ReadingFault } from './read-source.ts';

/** What a poll came to. `busy`: being polled by somebody else, gone, or no longer due. `superseded`: the source was changed meanwhile. */
export type PollOutcome =
  | { readonly outcome: 'polled'; readonly newArticles: number; readonly revisions: number }
  | { readonly outcome: 'not-modified' }
  | { readonly outcome: 'failed'; readonly errorCode: string; readonly errorMessage: string; readonly newArticles?: number; readonly revisions?: number }
  | { readonly outcome: 'busy' | 'superseded' | 'aborted' };

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
    return this.measured(await this.sources.leaseDue(sourceId, ...leaseTimes()));
  }

  /** Polls a source because a person asked, whether it is due, or enabled, or not. */
  async pollNow(sourceId: string): Promise<PollOutcome> {
    return this.measured(await this.sources.leaseNow(sourceId, ...leaseTimes()));
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  private async measured(source: Source | undefined): Promise<PollOutcome> {
    if (!source?.leaseUntil) return { outcome: 'busy' };
    const endTimer = pollMetrics.duration.startTimer();
    const result = await this.poll(source, { sourceId: source.id, until: source.leaseUntil });
    endTimer();
    pollMetrics.polls.inc({ outcome: result.outcome });
    if (result.outcome === 'failed') pollMetrics.failures.inc({ code: result.errorCode });
    if ('newArticles' in result) pollMetrics.articles.inc({ type: 'article' }, result.newArticles);
    if ('revisions' in result) pollMetrics.articles.inc({ type: 'revision' }, result.revisions);
    return result;
  }

  private async poll(source: Source, lease: Lease): Promise<PollOutcome> {
    const held = new HeldLease(this.sources, lease);
    try {
      const reading = await readSource(this.options.httpClient, source, { now: new Date(), signal: this.stopping.signal });
      faultPoint('crawl.after-fetch');
      return await this.conclude(source, await held.settle(), reading);
    } catch (error) {
      if (error instanceof LeaseLost) return { outcome: 'superseded' };
      if (error instanceof HttpError && error.code === 'aborted') {
        await this.sources.release(await held.settle());
        return { outcome: 'aborted' };
      }
      // The database is out: the row cannot be written either, and the lease ends by itself.
      if (isTransient(error)) throw error;
      this.logger.error({ sourceId: source.id, err: error }, 'poll failed on our side');
      return this.recordFailure(source, await held.settle(), { code: 'internal-error', message: 'The entries could not be stored: the log has the details' });
    } finally {
      await held.settle();
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
      mustHold(await this.sources.record(lease, { ...success, ...(reading.movedTo ? { url: reading.movedTo } : {}) }));
      this.pollLog.notModified(source);
      return { outcome: 'not-modified' };
    }
    return this.store(source, lease, reading, success);
  }

  private async store(source: Source, lease: Lease, reading: Extract<Reading, { outcome: 'read' }>, success: PollRecord): Promise<PollOutcome> {
    const at = success.lastPolledAt!;
    const drafts = reading.feed.entries.flatMap((entry) => draftArticle(entry, source, at) ?? []);
    const windowHours = this.options.alertableWindowHours ?? defaultAlertableWindowHours;
    // A feed that breaks off is worth what came before the break; but it is a failure, and must come whole before 304 may stand for it.
    const partFault = reading.partFault ?? (reading.feed.warnings.includes('truncated') ? { code: 'truncated', message: 'The feed breaks off before its end; what came before the break was read' } : undefined);
    const breakOff = partFault ? failureOf(source, partFault, at) : undefined;
    const gaps = reading.gaps ? { gaps: reading.gaps } : {};
    const record: PollRecord = breakOff ? { ...breakOff, ...gaps } : { ...success, ...gaps, ...addressChanges(source, reading), ...mainAddressFault(reading, success), backfilledAt: source.backfilledAt ?? at };
    const { newArticles, revisions } = await this.database.$transaction(async (tx) => {
      mustHold(await this.sources.lock(tx, lease));
      const stored = await this.articles.store(tx, source, drafts, at, windowHours);
      mustHold(await this.sources.record(lease, { ...record, newArticles: stored.newArticles, ...(stored.newArticles > 0 ? { lastNewEntryAt: at } : {}) }, tx));
      await this.articles.publish(tx, stored);
      return stored;
    });
    faultPoint('crawl.after-commit');
    this.pollLog.polled(source, { newArticles, revisions, mainFault: reading.mainFault, failed: breakOff !== undefined });
    return breakOff ? { ...this.failed(source, breakOff), newArticles, revisions } : { outcome: 'polled', newArticles, revisions };
  }

  private async recordFailure(source: Source, lease: Lease, fault: ReadingFault): Promise<PollOutcome> {
    const failure = failureOf(source, fault, new Date());
    return (await this.sources.record(lease, failure)) ? this.failed(source, failure) : { outcome: 'superseded' };
  }

  private failed(source: Source, { errorCode, errorMessage }: FailureRecord): Extract<PollOutcome, { outcome: 'failed' }> {
    this.pollLog.failed(source, { errorCode, errorMessage });
    return { outcome: 'failed', errorCode, errorMessage };
  }
}

type FailureRecord = PollRecord & { readonly errorCode: string; readonly errorMessage: string };

/** What a failed poll leaves on the source's row: asked again ever later, or not at all where the address is gone for good. */
function failureOf({ intervalSeconds, ...source }: Source, { code: errorCode, message, retryAfterMs }: ReadingFault, at: Date): FailureRecord {
  const consecutiveFailures = source.consecutiveFailures + 1;
  const isGone = errorCode === 'http-410';
  const hint = errorCode === 'host-not-found' ? ' (or this machine has no network)' : '';
  const errorMessage = `${message}${isGone ? '. The source is switched off: give it another address to switch it on' : ''}${hint}`.slice(0, longestErrorMessage);
  const nextPollAt = new Date(at.getTime() + waitAfterFailure({ intervalSeconds, consecutiveFailures, errorCode, retryAfterMs }));
  return { lastPolledAt: at, nextPollAt, consecutiveFailures, errorCode, errorMessage, ...(isGone ? { enabled: false } : {}) };
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

function mustHold(isHeld: boolean): void {
  if (!isHeld) throw new LeaseLost();
}
