import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tradewatch/database';
import { ArticlePublishedV1 } from '@tradewatch/events';
import { effectId, EventLog, type NewEvent } from '@tradewatch/messaging';
import type { Source } from '../source/source.ts';
import { isAlertable, isRevisionAlertable, type BackfillRule } from './alertable.ts';
import type { ArticleDraft } from './article-draft.ts';
import { ArticleStore, type ArticleRevision, type KnownArticle } from './article.store.ts';
import { distinctEntries, recognise } from './recognition.ts';
import { StoryIndex } from './story.ts';

/** What storing a source's entries changed, with the events that tell of it, not yet appended. */
export interface StoredArticles {
  readonly newArticles: number;
  readonly revisions: number;
  readonly events: readonly NewEvent<ArticlePublishedV1>[];
}

/**
 * Use case: files the entries of one poll. What is new becomes an article in a story, what changed the next revision, the rest
 * nothing. Runs in the caller's transaction, which must hold the source's row; the caller appends the events last.
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
    const revised = await this.revise(tx, changed, fetchedAt);
    const events = [
      ...added.map((article) => published(source, article, fetchedAt, isAlertable(article, rule))),
      ...revised.map((article) => published(source, article, fetchedAt, isRevisionAlertable(article, article.draft.updatedAt, fetchedAt, rule))),
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
    const articles = drafts.map((draft): ArticleRevision => {
      const { canonicalUrl, publishedAt, publishedConfidence, report, fingerprint } = draft;
      const id = effectId('article', source.id, draft.guid);
      const candidate = { articleId: id, sourceId: source.id, canonicalUrl, publishedAt, report };
      const twin = stories.find(candidate, fingerprint);
      const storyId = twin?.storyId ?? randomUUID();
      stories.add({ ...candidate, storyId, storyBegan: twin && twin.storyBegan < publishedAt ? twin.storyBegan : publishedAt }, fingerprint);
      return { id, storyId, revision: 1, draft, firstSeenAt: fetchedAt, publishedAt, publishedConfidence };
    });
    const inserted = await this.articles.insert(tx, source.id, articles, fetchedAt);
    return articles.filter(({ id }) => inserted.has(id));
  }

  private async revise(tx: Transaction, changes: readonly { draft: ArticleDraft; before: KnownArticle }[], fetchedAt: Date): Promise<ArticleRevision[]> {
    if (changes.length === 0) return [];
    const articles = changes.map(({ draft, before }): ArticleRevision => {
      // A revision that lost its date keeps the one it had.
      const dated = draft.publishedConfidence === 'absent' ? before : draft;
      const { publishedAt, publishedConfidence } = dated;
      return { id: before.id, storyId: before.storyId, revision: before.revision + 1, draft, firstSeenAt: before.firstSeenAt, publishedAt, publishedConfidence };
    });
    await this.articles.revise(tx, articles, fetchedAt);
    return articles;
  }
}

function published(source: Source, article: ArticleRevision, fetchedAt: Date, alertable: boolean): NewEvent<ArticlePublishedV1> {
  const { id, revision, storyId, draft, firstSeenAt, publishedAt, publishedConfidence } = article;
  return {
    // Names the effect, content included: the same revision is told of once, however often it is stored.
    id: effectId('article-published', id, revision, draft.contentHash),
    data: {
      article: {
        id, revision, storyId, publishedConfidence, alertable,
        source: { id: source.id, name: source.name, authority: source.authority, jurisdiction: source.jurisdiction },
        url: draft.url, title: draft.title, text: draft.text, author: draft.author, claimedLanguage: source.language,
        publishedAt: publishedAt.toISOString(), firstSeenAt: firstSeenAt.toISOString(), fetchedAt: fetchedAt.toISOString(),
      },
    },
  };
}
