import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tradewatch/database';
import { ArticlePublishedV1 } from '@tradewatch/events';
import { effectId, EventLog, type NewEvent } from '@tradewatch/messaging';
import type { Source } from '../source/source.ts';
import { isAlertable, isRevisionAlertable, type BackfillRule } from './alertable.ts';
import type { ArticleDraft } from './article-draft.ts';
import { ArticleStore, type ArticleRevision, type KnownArticle } from './article.store.ts';
import { CorrectedArticles, correctsItself, isCorrection } from './corrected-articles.ts';
import { distinctEntries, recognise } from './recognition.ts';
import { revisionChange } from './revision-change.ts';
import { StoryIndex } from './story.ts';

/** What storing a source's entries changed, with the events that tell of it, not yet appended. */
export interface StoredArticles {
  readonly newArticles: number;
  readonly revisions: number;
  readonly events: readonly NewEvent<ArticlePublishedV1>[];
}

/**
 * Use case: files the entries of one poll. What is new becomes an article in a story, what changed the next revision, the rest
 * nothing; a correction joins the story of what it corrects. Runs in the caller's transaction, which must hold the source's row; the caller appends the events last.
 */
@Injectable()
export class StoreArticles {
  constructor(private readonly articles: ArticleStore, private readonly eventLog: EventLog) {}

  async store(tx: Transaction, source: Source, drafts: readonly ArticleDraft[], fetchedAt: Date, windowHours: number): Promise<StoredArticles> {
    const distinct = distinctEntries(drafts);
    const entries = recognise(distinct, await this.articles.known(tx, source.id, distinct));
    const fresh = entries.filter(({ before }) => before === undefined).map(({ draft }) => draft);
    const seen = entries.flatMap(({ draft, before }) => (before ? [{ draft, before }] : []));
    const renumbered = seen.filter(({ draft, before }) => draft.guid !== before.guid).map(({ draft, before }) => ({ id: before.id, guid: draft.guid }));
    const changed = seen.filter(({ draft, before }) => draft.contentHash !== before.contentHash);
    if (renumbered.length > 0) await this.articles.renumber(tx, renumbered);
    const rule: BackfillRule = { backfilledAt: source.backfilledAt, alertOnBackfill: source.alertOnBackfill, windowHours };

    const added = await this.add(tx, source, fresh, fetchedAt);
    const revised = await this.revise(tx, source, changed, fetchedAt);
    const events = [
      ...added.map((article) => published(source, article, fetchedAt, isAlertable(article, rule))),
      ...revised.map((article) => published(source, article, fetchedAt, isNews(article) && isRevisionAlertable(article, article.draft.updatedAt, fetchedAt, rule))),
    ];
    return { newArticles: added.length, revisions: revised.length, events };
  }

  /** Call last in the transaction: it holds the event log's lock until commit. */
  async publish(tx: Transaction, stored: StoredArticles): Promise<void> {
    await this.eventLog.append(tx, ArticlePublishedV1, stored.events);
  }

  private async add(tx: Transaction, source: Source, drafts: readonly ArticleDraft[], fetchedAt: Date): Promise<ArticleRevision[]> {
    if (drafts.length === 0) return [];
    await this.articles.lockStories(tx);
    const stories = new StoryIndex(await this.articles.storyMembers(tx, drafts));
    const corrections = drafts.filter(isCorrection);
    const corrected = new CorrectedArticles(corrections.length > 0 ? await this.articles.corrected(tx, source.id, corrections) : []);
    const articles = drafts.map((draft): ArticleRevision => {
      const { canonicalUrl, publishedAt, publishedConfidence, report, fingerprint } = draft;
      const id = effectId('article', source.id, draft.guid);
      const candidate = { articleId: id, sourceId: source.id, canonicalUrl, publishedAt, report };
      const twin = stories.find(candidate, fingerprint);
      const target = isCorrection(draft) ? (corrected.of(draft) ?? (twin && { id: twin.correctsId ?? twin.articleId, storyId: twin.storyId })) : undefined;
      const storyId = target?.storyId ?? twin?.storyId ?? randomUUID();
      const correction = target ? { id: stories.earlierCorrection(candidate, storyId)?.correctionId ?? id, articleId: target.id } : null;
      const storyBegan = twin && twin.storyBegan < publishedAt ? twin.storyBegan : publishedAt;
      stories.add({ ...candidate, storyId, storyBegan, correctsId: correction?.articleId ?? null, correctionId: correction?.id ?? null }, fingerprint);
      if (corrections.length > 0) corrected.add(draft, { id, storyId });
      return { id, storyId, revision: 1, draft, change: null, correction, firstSeenAt: fetchedAt, publishedAt, publishedConfidence };
    });
    const inserted = await this.articles.insert(tx, source.id, articles, fetchedAt);
    return articles.filter(({ id }) => inserted.has(id));
  }

  private async revise(tx: Transaction, source: Source, entries: readonly { draft: ArticleDraft; before: KnownArticle }[], fetchedAt: Date): Promise<ArticleRevision[]> {
    if (entries.length === 0) return [];
    const texts = await this.articles.feedTexts(tx, entries.map(({ before }) => before));
    const changes = entries.map(({ draft, before }) => {
      const said = texts.get(before.id) ?? { title: '', text: '', pageRead: false };
      const [change, corrects] = [revisionChange(said, draft), correctsItself(said, draft)];
      // A comma in a summary is no reason to put it in the place of the page's text again.
      const isMoot = said.pageRead && change?.cosmetic === true && change.title === undefined && !corrects;
      return { draft, before, corrects, change: isMoot ? undefined : change };
    });
    const unchanged = changes.filter(({ change }) => change === undefined);
    if (unchanged.length > 0) await this.articles.confirm(tx, unchanged.map(({ draft, before }) => ({ id: before.id, contentHash: draft.contentHash })));
    const corrections = changes.filter(({ change, corrects }) => change !== undefined && corrects);
    if (corrections.length > 0) await this.articles.lockStories(tx);
    const stories = new StoryIndex(corrections.length > 0 ? await this.articles.storyMembers(tx, corrections.map(({ draft }) => draft)) : []);
    const articles = changes.flatMap(({ draft, before, change, corrects }): ArticleRevision[] => {
      if (change === undefined) return [];
      // A revision that lost its date keeps the one it had.
      const { publishedAt, publishedConfidence } = draft.publishedConfidence === 'absent' ? before : draft;
      const { id, storyId, firstSeenAt } = before;
      const revision = before.revision + 1;
      const copied = corrects ? stories.earlierCorrection({ articleId: id, sourceId: source.id, canonicalUrl: draft.canonicalUrl, publishedAt, report: draft.report }, storyId) : undefined;
      const correction = corrects ? { id: copied?.correctionId ?? effectId('correction', id, revision), articleId: id } : null;
      return [{ id, storyId, revision, draft, change, correction, firstSeenAt, publishedAt, publishedConfidence }];
    });
    if (articles.length > 0) await this.articles.revise(tx, articles, fetchedAt);
    return articles;
  }
}

/** A cosmetic revision is none, unless it says that it corrects something. */
function isNews({ change, correction }: ArticleRevision): boolean {
  return correction !== null || change?.cosmetic !== true;
}

function published(source: Source, article: ArticleRevision, fetchedAt: Date, alertable: boolean): NewEvent<ArticlePublishedV1> {
  const { id, revision, storyId, draft, change, correction, firstSeenAt, publishedAt, publishedConfidence } = article;
  return {
    // Names the effect, content included: the same revision is told of once, however often it is stored.
    id: effectId('article-published', id, revision, draft.contentHash),
    data: {
      article: {
        id, revision, storyId, publishedConfidence, alertable,
        source: { id: source.id, name: source.name, authority: source.authority, jurisdiction: source.jurisdiction },
        url: draft.url, title: draft.title, text: draft.text, author: draft.author, claimedLanguage: source.language,
        publishedAt: publishedAt.toISOString(), firstSeenAt: firstSeenAt.toISOString(), fetchedAt: fetchedAt.toISOString(),
        ...(change ? { change } : {}), ...(correction ? { correction } : {}),
      },
    },
  };
}
