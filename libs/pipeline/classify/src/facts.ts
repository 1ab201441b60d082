import type { Fact } from '@tradewatch/events';
import type { ArticleScan, ArticleText } from './article-scan.ts';

export function findFacts(_scan: ArticleScan, _article: ArticleText): Fact[] {
  return [];
}
