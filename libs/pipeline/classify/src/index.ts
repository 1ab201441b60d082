export { classify } from './classify-article.ts';
export type { ArticleText } from './article-scan.ts';
