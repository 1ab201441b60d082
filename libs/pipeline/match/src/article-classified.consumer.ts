import { Controller } from '@nestjs/common';
import { ArticleClassifiedV1, type EventData, type EventEnvelope } from '@tradewatch/events';
import { OnEvent } from '@tradewatch/messaging';
import { MatchArticles } from './match-articles.ts';

@Controller()
export class ArticleClassifiedConsumer {
  constructor(private readonly matchArticles: MatchArticles) {}

  @OnEvent(ArticleClassifiedV1, 'match')
  async onArticlesClassified(events: EventEnvelope<EventData<typeof ArticleClassifiedV1>>[]): Promise<void> {
    await this.matchArticles.run(events);
  }
}
