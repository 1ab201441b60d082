import { Controller, Logger } from '@nestjs/common';
import { ArticleClassifiedV1, type EventEnvelope } from '@tradewatch/events';
import { OnEvent } from '@tradewatch/messaging';
import { ArchiveArticles } from './archive-articles.ts';

/** Archives what the classifier says. A list fails as a whole; the event server then brings its events one by one. */
@Controller()
export class ArchiveConsumer {
  private readonly logger = new Logger('archive');

  constructor(private readonly articles: ArchiveArticles) {}

  @OnEvent(ArticleClassifiedV1, 'archive')
  async articlesClassified(events: EventEnvelope<ArticleClassifiedV1>[]): Promise<void> {
    const written = await this.articles.archive(events.map(({ data, occurredAt }) => ({ ...data, occurredAt })));
    this.logger.debug({ eventIds: events.map((event) => event.id), written }, 'articles archived');
  }
}
