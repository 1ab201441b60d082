import { z } from 'zod';
import { articleSchema } from './article.ts';
import { classificationSchema, developmentKindSchema, developmentStageSchema } from './classification.ts';
import { defineEvent, type EventData, type EventDefinition } from './event.ts';

/** The crawler found a new article or a new revision of one. Keyed by story, so that one story is handled in order. */
export const ArticlePublishedV1 = defineEvent('article-published', 1, z.object({ article: articleSchema }), (data) => data.article.storyId);
export type ArticlePublishedV1 = EventData<typeof ArticlePublishedV1>;

/** The classifier tagged one revision of an article. Carries the article, so that later steps need no other step's tables. */
export const ArticleClassifiedV1 = defineEvent(
  'article-classified',
  1,
  z.object({ article: articleSchema, classification: classificationSchema }),
  (data) => data.article.storyId,
);
export type ArticleClassifiedV1 = EventData<typeof ArticleClassifiedV1>;

/** A subscription matched a story, for the first time or because its development moved. */
export const AlertRaisedV1 = defineEvent(
  'alert-raised',
  1,
  z.object({
    alertId: z.uuid(),
    subscriptionId: z.uuid(),
    storyId: z.uuid(),
    articleId: z.uuid(),
    channelIds: z.array(z.uuid()),
    /** The (kind, stage) pairs this alert reports; empty where the rule matched without a development. */
    developments: z.array(z.object({ kind: developmentKindSchema, stage: developmentStageSchema })),
    raisedAt: z.iso.datetime(),
  }),
  (data) => data.subscriptionId,
);
export type AlertRaisedV1 = EventData<typeof AlertRaisedV1>;

export const eventCatalog: readonly EventDefinition[] = [ArticlePublishedV1, ArticleClassifiedV1, AlertRaisedV1];
