import { createHash } from 'node:crypto';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Database } from '@tradewatch/database';
import { ArticlePublishedV1, type Correction } from '@tradewatch/events';
import { HttpError } from '@tradewatch/http';
import { effectId, EventLog, faultPoint, isTransient } from '@tradewatch/messaging';
import { defaultAlertableWindowHours, isAlertable } from '../article/alertable.ts';
import { correctsItself } from '../article/corrected-articles.ts';
import { fingerprintOf } from '../article/fingerprint.ts';
import { reportOf } from '../article/report.ts';
import { revisionChange } from '../article/revision-change.ts';
import { Clock } from '../clock.ts';
import { crawlOptions, type CrawlOptions } from '../crawl.options.ts';
import { HostGate } from '../host/host-gate.ts';
import { visitTraced } from '../visit-tracing.ts';
import { pageMetrics } from './page-metrics.ts';
import { PageStore, type DuePage, type HeldArticle, type PageContent, type PageRecord } from './page.store.ts';
import { readPageText, type PageFault, type PageText } from './page-text.ts';

/** What a visit to a page came to. `superseded`: the article changed meanwhile, and its page is due anew. */
export type PageOutcome = 'read' | 'summary' | 'postponed' | 'superseded' | 'aborted';

const accept = 'text/html, application/xhtml+xml, application/pdf;q=0.9, text/plain;q=0.8, */*;q=0.1';
const maxBytes = 8 * 1024 * 1024;
const timeoutMs = 30_000;
const patienceMs = 10_000;
/** Waits before the second, third, … visit to a page that could not be had; after the last the summary stands. */
const waitsMs = [60_000, 10 * 60_000, 3600_000, 6 * 3600_000];
const longestWaitMs = 24 * 3600_000;
const afterOurFaultMs = 600_000;

/**
 * Use case: fetches the page of an article that was published with its feed's summary, and publishes its text as the article's next
 * revision; or notes why the summary stands. All in one transaction under the page's lease, so that it has its effect once.
 */
@Injectable()
export class ReadPage implements OnModuleDestroy {
  private readonly logger = new Logger('crawl');
  private readonly stopping = new AbortController();

  constructor(
    @Inject(crawlOptions) private readonly options: CrawlOptions,
    private readonly database: Database,
    private readonly pages: PageStore,
    private readonly eventLog: EventLog,
    private readonly gate: HostGate,
    private readonly clock: Clock,
  ) {}

  /** @throws what the database throws while it is away; the lease ends by itself */
  async read(page: DuePage): Promise<PageOutcome> {
    const outcome = await visitTraced('read page', { 'tradewatch.source.id': page.sourceId, 'tradewatch.article.id': page.articleId }, () => this.visit(page), (result) => result);
    pageMetrics.visits.inc({ outcome });
    return outcome;
  }

  onModuleDestroy(): void {
    this.stopping.abort();
  }

  private async visit(page: DuePage): Promise<PageOutcome> {
    try {
      const { notModified, ...response } = await this.gate.get(page.url, {
        accept, maxBytes, timeoutMs, patienceMs, signal: this.stopping.signal, etag: page.etag ?? undefined, lastModified: page.lastModified ?? undefined,
      });
      faultPoint('full-text.after-fetch');
      const validators = { etag: response.etag ?? null, lastModified: response.lastModified ?? null };
      if (notModified) return await this.publish(page, undefined, {});
      const text = await readPageText({ url: response.url, contentType: response.headers['content-type'], body: response.body }, page, { selectors: page.selectors, now: this.clock.now() });
      return text.outcome === 'summary' ? await this.keepSummary(page, text, { quality: text.quality }) : await this.publish(page, text.article, validators);
    } catch (error) {
      if (error instanceof HttpError) return this.failed(page, error);
      if (isTransient(error)) throw error;
      this.logger.error({ articleId: page.articleId, err: error }, 'page could not be read on our side');
      await this.pages.release(page, new Date(this.clock.now().getTime() + afterOurFaultMs));
      return 'postponed';
    }
  }

  /** @param read what the page says; undefined where it says what it said before */
  private async publish(page: DuePage, read: Extract<PageText, { outcome: 'text' }>['article'] | undefined, validators: { etag?: string | null; lastModified?: string | null }): Promise<PageOutcome> {
    const at = this.clock.now();
    const outcome = await this.database.$transaction(async (tx): Promise<PageOutcome> => {
      const article = await this.pages.hold(tx, page);
      if (!article) return 'superseded';
      const content = read === undefined ? article.known : contentOf(read, at);
      const settled: PageRecord = { state: 'read', attempts: page.attempts + 1, nextAttemptAt: at, reason: null, message: null, ...validators, ...(read ? { quality: read.quality.score } : {}), ...(content ? { content } : {}) };
      if (content === null || content.text === article.text) {
        await this.pages.record(page, content === null ? { ...settled, state: 'summary', reason: 'not-modified', message: 'The page has not changed since its text was no better than the summary' } : settled, at, tx);
        return content === null ? 'summary' : 'read';
      }
      const revision = revisionOf(page.articleId, article, content, at);
      await this.pages.revise(tx, revision, at);
      await this.pages.record(page, settled, at, tx);
      await this.eventLog.append(tx, ArticlePublishedV1, [this.eventOf(article, revision, content, at)]);
      return 'read';
    });
    faultPoint('full-text.after-commit');
    if (outcome === 'read') this.logger.debug({ articleId: page.articleId, sourceId: page.sourceId }, 'full text published');
    return outcome;
  }

  private eventOf({ source, ...article }: HeldArticle, revision: Revision, content: PageContent, at: Date) {
    const { articleId: id, contentHash, title, text, author, publishedAt, publishedConfidence, change, correction } = revision;
    const isNews = correction !== undefined || change?.cosmetic !== true;
    const rule = { backfilledAt: source.backfilledAt, alertOnBackfill: source.alertOnBackfill, windowHours: this.options.alertableWindowHours ?? defaultAlertableWindowHours };
    return {
      id: effectId('article-published', id, revision.revision, contentHash),
      data: {
        article: {
          id, revision: revision.revision, storyId: article.storyId, publishedConfidence, alertable: isNews && isAlertable({ firstSeenAt: article.firstSeenAt, publishedAt, publishedConfidence }, rule),
          source: { id: source.id, name: source.name, authority: source.authority, jurisdiction: source.jurisdiction },
          url: article.url, title, text, author, claimedLanguage: content.language?.slice(0, 2).toLowerCase() ?? source.language,
          publishedAt: publishedAt.toISOString(), firstSeenAt: article.firstSeenAt.toISOString(), fetchedAt: at.toISOString(),
          completes: true, ...(change ? { change } : {}), ...(correction ? { correction } : {}),
        },
      },
    };
  }

  private async keepSummary(page: DuePage, { reason, message }: PageFault, rest: Partial<PageRecord> = {}): Promise<PageOutcome> {
    const at = this.clock.now();
    const isOurs = await this.pages.record(page, { state: 'summary', attempts: page.attempts + 1, nextAttemptAt: at, reason, message, ...rest }, at);
    if (isOurs) this.logger.debug({ articleId: page.articleId, sourceId: page.sourceId, reason }, 'summary kept');
    pageMetrics.summaries.inc({ reason });
    return isOurs ? 'summary' : 'superseded';
  }

  private async failed(page: DuePage, error: HttpError): Promise<PageOutcome> {
    const at = this.clock.now().getTime();
    if (error.code === 'aborted') {
      await this.pages.release(page, new Date(at));
      return 'aborted';
    }
    if (error.code === 'host-busy') {
      await this.pages.release(page, new Date(at + Math.min(error.retryAfterMs ?? 0, longestWaitMs)));
      return 'postponed';
    }
    const fault = { reason: error.code, message: error.message.slice(0, 500) };
    const wait = waitsMs[page.attempts];
    if (!error.retryable || error.code === 'robots-disallowed' || wait === undefined) return this.keepSummary(page, fault);
    const nextAttemptAt = new Date(at + Math.max(wait, Math.min(error.retryAfterMs ?? 0, longestWaitMs)));
    const isOurs = await this.pages.record(page, { state: 'waiting', attempts: page.attempts + 1, nextAttemptAt, ...fault }, new Date(at));
    return isOurs ? 'postponed' : 'superseded';
  }
}

type Revision = ReturnType<typeof revisionOf>;

/** The feed's headline stands; its author and date do where it has them. */
function revisionOf(articleId: string, article: HeldArticle, content: PageContent, at: Date) {
  const isDated = article.publishedConfidence === 'absent' && content.publishedAt !== null && content.publishedAt <= at;
  // Against what the page said before: against the feed's summary, all of it would be new.
  const [before, after] = [article.known && { title: article.title, text: article.known.text }, { title: article.title, text: content.text }];
  const revision = article.revision + 1;
  const correction: Correction | undefined = before && correctsItself(before, after) ? { id: effectId('correction', articleId, revision), articleId } : undefined;
  return {
    change: before ? revisionChange(before, after) : undefined, correction,
    fingerprint: fingerprintOf(reportOf({ ...after, guid: '', url: article.url, official: article.source.authority === 'official' })),
    articleId, revision, title: article.title, text: content.text, author: article.author ?? content.author,
    contentHash: createHash('sha256').update(`${article.title}\n${content.text}`).digest('hex'),
    publishedAt: isDated ? content.publishedAt! : article.publishedAt,
    publishedConfidence: isDated ? ('stated' as const) : article.publishedConfidence,
  };
}

/** Before news sites existed: zero dates of content systems, which say nothing. */
const earliest = Date.UTC(1995, 0, 1);

function contentOf({ title, byline, published, language, canonicalUrl, text }: Extract<PageText, { outcome: 'text' }>['article'], at: Date): PageContent {
  const date = published === null ? null : new Date(published);
  return {
    text, title: title?.slice(0, 1000) ?? null, author: byline?.slice(0, 300) ?? null, language: language?.slice(0, 35) ?? null, canonicalUrl: canonicalUrl?.slice(0, 2000) ?? null,
    publishedAt: date !== null && date.getTime() >= earliest && date <= at ? date : null,
  };
}
