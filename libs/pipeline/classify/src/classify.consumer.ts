import { Controller, Logger } from '@nestjs/common';
import { ArticleClassifiedV1, ArticlePublishedV1, type EventEnvelope } from '@tradewatch/events';
import { effectId, EventPublisher, OnEvent, type NewEvent } from '@tradewatch/messaging';
import { classify } from './classify-article.ts';

/** Longest the classifier keeps the process to itself, ms: heartbeats and requests come in between. */
const sliceMs = 20;

/** Tags published articles. Stateless: needs no database where the transport needs none. */
@Controller()
export class ClassifyConsumer {
  private readonly logger = new Logger('classify');

  constructor(private readonly publisher: EventPublisher) {}

  @OnEvent(ArticlePublishedV1, 'classify')
  async classify(events: readonly EventEnvelope<ArticlePublishedV1>[]): Promise<void> {
    const classified: NewEvent<ArticleClassifiedV1>[] = [];
    let sliceStart = performance.now();
    for (const { id, traceparent, tracestate, data: { article } } of events) {
      if (performance.now() - sliceStart > sliceMs) {
        await new Promise((resolve) => setImmediate(resolve));
        sliceStart = performance.now();
      }
      const classification = classify({ title: article.title, text: article.text, ...(article.claimedLanguage ? { language: article.claimedLanguage } : {}) });
      classified.push({ id: effectId('article-classified', article.id, article.revision, classification.taxonomyVersion), traceparent, tracestate, data: { article, classification } });
      this.logger.debug({ eventId: id, articleId: article.id, storyId: article.storyId, traceparent, relevant: classification.relevant }, 'classified');
    }
    await this.publisher.publish(ArticleClassifiedV1, classified);
  }
}
