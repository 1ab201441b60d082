import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@tradewatch/database';
import { HttpError } from '@tradewatch/http';
import { faultPoint, isTransient } from '@tradewatch/messaging';
import { defaultAlertableWindowHours } from '../article/alertable.ts';
import { draftArticle } from '../article/article-draft.ts';
import { StoreArticles } from '../article/store-articles.ts';
import { Clock } from '../clock.ts';
import { crawlOptions, type CrawlOptions } from '../crawl.options.ts';
import { PageStore } from '../full-text/page.store.ts';
import { wantedPages } from '../full-text/wants-page.ts';
import { Batch } from '../host/batch.ts';
import { Slots } from '../host/slots.ts';
import { ComeAgain, HostGate, type PoliteClient } from '../host/host-gate.ts';
import type { Source } from '../source/source.ts';
import { visitTraced } from '../visit-tracing.ts';
import { HeldLease, leaseTimes } from './held-lease.ts';
import { PollLog } from './poll-log.ts';
import { pollMetrics } from './poll-metrics.ts';
import { failureRecord, readRecord, unchangedRecord, type FailureRecord } from './poll-record.ts';
import { PollStore, type DuePoll, type Lease, type PollRecord, type UnchangedRecord } from './poll.store.ts';
import { readSource, type Reading, type ReadingFault } from './read-source.ts';

/** What a poll came to. `busy`: being polled by somebody else, gone, or no longer due. `superseded`: the source was changed meanwhile. */
export type PollOutcome =
  | { readonly outcome: 'polled'; readonly newArticles: number; readonly revisions: number }
  | { readonly outcome: 'not-modified' }
  | { readonly outcome: 'failed'; readonly errorCode: string; readonly errorMessage: string; readonly newArticles?: number; readonly revisions?: number }
  | { readonly outcome: 'busy' | 'superseded' | 'aborted' };

/** Entries being stored at the same time by one process: they wait for each other in the database anyway, and other work needs connections too. */
const mostStoring = 4;

export interface Deferred {
  readonly outcome: 'deferred';
}

type Headers = Readonly<Record<string, string>>;

class LeaseLost extends Error {}

/** Remembers the headers of the main address's last answer, which say how long it stays fresh. */
class MainAnswer implements PoliteClient {
  headers: Headers | undefined;

  constructor(private readonly mainUrl: string, private readonly client: PoliteClient) {}

  async get(...[url, options]: Parameters<PoliteClient['get']>): ReturnType<PoliteClient['get']> {
    const result = await this.client.get(url, options);
    if (url === this.mainUrl) this.headers = result.headers;
    return result;
  }
}

/**
 * Use case: asks one source and files what is new. The lease on its row keeps two polls of one source apart; should they meet
 * all the same, the row is locked while entries are stored, so that the second finds everything known.
 */
@Injectable()
export class PollSource implements OnModuleDestroy {
  private readonly logger = new Logger('crawl');
  private readonly pollLog = new PollLog(this.logger);
  private readonly stopping = new AbortController();
  private readonly unchanged: Batch<UnchangedRecord, boolean>;
  private readonly storing = new Slots(mostStoring);

  constructor(
    @Inject(crawlOptions) private readonly options: CrawlOptions,
    private readonly database: Database,
    private readonly polls: PollStore,
    private readonly articles: StoreArticles,
    private readonly pages: PageStore,
    private readonly gate: HostGate,
    private readonly clock: Clock,
  ) {
    this.unchanged = new Batch((records) => polls.recordUnchanged(records));
  }

  /** Polls a source that was taken because it is due. `deferred`: its host's turn went on robots.txt, and it stays due. */
  async pollDue({ source, turn }: DuePoll): Promise<PollOutcome | Deferred> {
    const client = this.gate.withTurn(turn);
    try {
      return await this.measured(source, client);
    } finally {
      await client.leave();
    }
  }

  /** Polls a source because a person asked, whether it is due, or enabled, or not. Waits for its host's turn. */
  async pollNow(sourceId: string): Promise<PollOutcome> {
    const result = await this.measured(await this.polls.leaseNow(sourceId, ...leaseTimes(this.clock)), this.gate);
    return result.outcome === 'deferred' ? { outcome: 'busy' } : result;
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  private async measured(source: Source | undefined, client: PoliteClient): Promise<PollOutcome | Deferred> {
    if (!source?.leaseUntil) return { outcome: 'busy' };
    const endTimer = pollMetrics.duration.startTimer();
    const lease = { sourceId: source.id, until: source.leaseUntil };
    const result = await visitTraced('poll source', { 'tradewatch.source.id': source.id, 'tradewatch.source.kind': source.kind }, () => this.poll(source, lease, client), ({ outcome }) => outcome);
    endTimer();
    pollMetrics.polls.inc({ outcome: result.outcome });
    if (result.outcome === 'failed') pollMetrics.failures.inc({ code: result.errorCode });
    if ('newArticles' in result) pollMetrics.articles.inc({ type: 'article' }, result.newArticles);
    if ('revisions' in result) pollMetrics.articles.inc({ type: 'revision' }, result.revisions);
    return result;
  }

  private async poll(source: Source, lease: Lease, client: PoliteClient): Promise<PollOutcome | Deferred> {
    const held = new HeldLease(this.polls, this.clock, lease);
    const main = new MainAnswer(source.url, client);
    try {
      const reading = await readSource(main, source, { now: this.clock.now(), signal: this.stopping.signal });
      faultPoint('crawl.after-fetch');
      return await this.conclude(source, held, reading, main.headers);
    } catch (error) {
      if (error instanceof LeaseLost) return { outcome: 'superseded' };
      const isAborted = error instanceof HttpError && error.code === 'aborted';
      if (isAborted || error instanceof ComeAgain) {
        await this.polls.release(await held.settle());
        return { outcome: isAborted ? 'aborted' : 'deferred' };
      }
      // The database is out: the row cannot be written either, and the lease ends by itself.
      if (isTransient(error)) throw error;
      this.logger.error({ sourceId: source.id, err: error }, 'poll failed on our side');
      return this.recordFailure(source, await held.settle(), { code: 'internal-error', message: 'The entries could not be stored: the log has the details' });
    } finally {
      await held.settle();
    }
  }

  private async conclude(source: Source, held: HeldLease, reading: Reading, headers: Headers | undefined): Promise<PollOutcome> {
    if (reading.outcome === 'read') {
      // The lease is held on to while the poll waits.
      return this.storing.within(async () => this.store(source, await held.settle(), reading, headers));
    }
    const lease = await held.settle();
    if (reading.outcome === 'unreadable') {
      if (reading.fault.code !== 'host-busy') return this.recordFailure(source, lease, reading.fault);
      // The host has its hands full; that is no fault of the source.
      await this.polls.release(lease);
      return { outcome: 'failed', errorCode: reading.fault.code, errorMessage: reading.fault.message };
    }
    const record = unchangedRecord(source, headers, this.clock.now());
    mustHold(await this.unchanged.add({ ...record, lease, url: reading.movedTo ?? source.url }));
    this.pollLog.notModified(source);
    return { outcome: 'not-modified' };
  }

  private async store(source: Source, lease: Lease, reading: Extract<Reading, { outcome: 'read' }>, headers: Headers | undefined): Promise<PollOutcome> {
    const at = this.clock.now();
    const drafts = reading.feed.entries.flatMap((entry) => draftArticle(entry, source, at) ?? []);
    const windowHours = this.options.alertableWindowHours ?? defaultAlertableWindowHours;
    // A feed that breaks off is worth what came before the break; but it is a failure, and must come whole before 304 may stand for it.
    const partFault = reading.partFault ?? (reading.feed.warnings.includes('truncated') ? { code: 'truncated', message: 'The feed breaks off before its end; what came before the break was read' } : undefined);
    const breakOff = partFault ? failureRecord(source, partFault, at) : undefined;
    const gaps = reading.gaps ? { gaps: reading.gaps } : {};
    const record: PollRecord = { ...(breakOff ?? readRecord(source, reading, headers, at)), ...gaps };
    const { newArticles, revisions } = await this.database.$transaction(async (tx) => {
      mustHold(await this.polls.lock(tx, lease));
      const stored = await this.articles.store(tx, source, drafts, at, windowHours);
      await this.pages.request(tx, wantedPages(stored.events.map(({ data }) => data.article), source.fullText, at), at);
      mustHold(await this.polls.record(lease, { ...record, newArticles: stored.newArticles, ...(stored.newArticles > 0 ? { lastNewEntryAt: at } : {}) }, tx));
      await this.articles.publish(tx, stored);
      return stored;
    });
    faultPoint('crawl.after-commit');
    this.pollLog.polled(source, { newArticles, revisions, mainFault: reading.mainFault, failed: breakOff !== undefined });
    return breakOff ? { ...this.failed(source, breakOff), newArticles, revisions } : { outcome: 'polled', newArticles, revisions };
  }

  private async recordFailure(source: Source, lease: Lease, fault: ReadingFault): Promise<PollOutcome> {
    const failure = failureRecord(source, fault, this.clock.now());
    return (await this.polls.record(lease, failure)) ? this.failed(source, failure) : { outcome: 'superseded' };
  }

  private failed(source: Source, { errorCode, errorMessage }: FailureRecord): Extract<PollOutcome, { outcome: 'failed' }> {
    this.pollLog.failed(source, { errorCode, errorMessage });
    return { outcome: 'failed', errorCode, errorMessage };
  }
}

function mustHold(isHeld: boolean): void {
  if (!isHeld) throw new LeaseLost();
}
