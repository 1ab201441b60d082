// A valid classified article for tests, with what a test is about put over it.
import { randomUUID } from 'node:crypto';
import { ArticleClassifiedV1, type Article, type Classification, type DevelopmentKind, type DevelopmentStage, type EventData, type EventEnvelope, type Tag } from '@tradewatch/events';

export interface ArticleOverrides extends Partial<Omit<Article, 'source'>> {
  readonly source?: Partial<Article['source']>;
}

export interface ClassificationOverrides extends Partial<Omit<Classification, 'sectors' | 'topics' | 'authorities' | 'jurisdictions' | 'developments'>> {
  readonly sectors?: readonly string[];
  readonly topics?: readonly string[];
  readonly authorities?: readonly string[];
  readonly jurisdictions?: readonly string[];
  /** `kind:stage` pairs; the evidence is the article's first sentence. */
  readonly developments?: readonly string[];
}

const defaultText = 'The duties on imported trucks rise to 25% on Monday. Mexico asked for talks.\n\nOfficials gave no date for a review.';

export function classifiedArticle(article: ArticleOverrides = {}, classification: ClassificationOverrides = {}): EventData<typeof ArticleClassifiedV1> {
  const now = new Date().toISOString();
  const text = article.text ?? defaultText;
  const evidence = [{ field: 'text' as const, start: 0, end: Math.min(text.length, 52), text: text.slice(0, 52) }];
  const tags = (ids: readonly string[]): Tag[] => ids.map((id) => ({ id, score: 0.9, evidence }));
  const { sectors = ['automotive'], topics = ['tariff-measures'], authorities = ['s232'], jurisdictions = ['US', 'MX'], developments = ['tariff:announced'], ...rest } = classification;
  return ArticleClassifiedV1.schema.parse({
    article: {
      id: randomUUID(), revision: 1, storyId: randomUUID(), url: 'https://news.example/trucks', title: 'Truck tariffs rise to 25%', author: null,
      claimedLanguage: 'en', publishedAt: now, publishedConfidence: 'stated', firstSeenAt: now, fetchedAt: now, alertable: true,
      ...article, text,
      source: { id: 'gazette', name: 'The Gazette', authority: 'press', jurisdiction: 'US', ...article.source },
    },
    classification: {
      relevant: true, language: 'en', facts: [], taxonomyVersion: 'test', ...rest,
      sectors: tags(sectors), topics: tags(topics), authorities: tags(authorities), jurisdictions: tags(jurisdictions),
      developments: developments.map((pair) => {
        const [kind, stage] = pair.split(':') as [DevelopmentKind, DevelopmentStage];
        return { kind, stage, score: 0.9, evidence };
      }),
    },
  });
}

export function classifiedEvent(data: EventData<typeof ArticleClassifiedV1>): EventEnvelope<EventData<typeof ArticleClassifiedV1>> {
  return { id: `${data.article.id}/${data.article.revision}`, topic: ArticleClassifiedV1.topic, key: ArticleClassifiedV1.key(data), occurredAt: new Date(), data };
}
