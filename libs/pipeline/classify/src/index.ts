export { classify } from './classify-article.ts';
export type { ArticleText } from './article-scan.ts';
export { ClassifyModule } from './classify.module.ts';
export { evaluate, evaluationDimensions, type DimensionScores, type Evaluation, type EvaluationDimension, type Score, type MissedTag, type TagScores, type WrongTag } from './evaluation.ts';
export { candidateScores, type CandidateScore } from './candidate-scores.ts';
export { labelledArticleSchema, parseLabelledArticles, type LabelledArticle } from './labelled-article.ts';
export { trainWeights } from './training.ts';
