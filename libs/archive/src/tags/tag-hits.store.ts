import { Injectable } from '@nestjs/common';
import { Database } from '@tradewatch/database';
import type { Classification } from '@tradewatch/events';

/** What evidence stands in; the classifier reads no further. */
const readText = 200_000;

export interface ArticleWithEvidence {
  readonly id: string;
  readonly title: string;
  /** The part of the text that evidence can stand in. */
  readonly text: string;
  readonly classification: Classification;
}

@Injectable()
export class TagHitsStore {
  constructor(private readonly database: Database) {}

  /** Articles with all that was said of them, in any order. */
  async withEvidence(ids: readonly string[]): Promise<ArticleWithEvidence[]> {
    return this.database.$queryRaw<ArticleWithEvidence[]>`
      SELECT article_id AS id, title, left(text, ${readText}) AS text, classification FROM archived_articles WHERE article_id = ANY(${[...ids]}::uuid[])`;
  }
}
