export { classify } from './classify-article.ts';
export type { ArticleText } from './article-scan.ts';
export { ClassifyModule } from './classify.module.ts';
