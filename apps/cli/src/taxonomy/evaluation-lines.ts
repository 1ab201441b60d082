// An evaluation as objects for programs, one a line: fields, tags, and each error with what is to blame for it.
import type { Classification, Evidence } from '@tradewatch/events';
import { candidateScores } from '@tradewatch/classify/candidate-scores.ts';
import { classify, type ClassifierParts } from '@tradewatch/classify/classify-article.ts';
import { evaluationDimensions, type Evaluation, type EvaluationDimension, type Score, type TagScores } from '@tradewatch/classify/evaluation.ts';
import type { LabelledArticle } from '@tradewatch/classify/labelled-article.ts';

/** A labelled article and the line of the file it came from. */
export interface GoldArticle {
  readonly file: string;
  readonly line: number;
  readonly article: LabelledArticle;
  /** Of a marked article: what a person said. */
  readonly judged?: readonly string[] | undefined;
}

/** One field in one language, or in all. */
export interface FieldLine extends Score {
  readonly type: 'field';
  readonly field: EvaluationDimension;
  readonly language: string;
}

/** One tag in one language, or in all. */
export interface TagLine extends Score {
  readonly type: 'tag';
  readonly field: EvaluationDimension;
  readonly tag: string;
  readonly language: string;
  /** The phrases in articles that were wrongly given the tag, by how many such articles. */
  readonly responsible?: readonly { readonly phrase: string; readonly articles: number }[];
}

/** One tag of one article that is wrong or missing. */
export interface ErrorLine {
  readonly type: 'error';
  readonly error: 'wrong' | 'missed';
  readonly field: EvaluationDimension;
  readonly tag: string;
  readonly file: string;
  readonly line: number;
  readonly id: string;
  readonly language: string;
  readonly title: string;
  /** Of a wrong tag the score it was given with; of a missed one the best it reached. */
  readonly score: number;
  readonly threshold?: number;
  readonly why: string;
  /** The words that speak for the tag: of a wrong one where they stand, of a missed one as the taxonomy writes them. */
  readonly evidence?: readonly Evidence[];
  readonly phrases?: readonly string[];
}

export function fieldLines({ overall, byLanguage }: Evaluation): FieldLine[] {
  const groups = [['all', overall] as const, ...Object.entries(byLanguage)];
  return groups.flatMap(([language, scores]) => evaluationDimensions.map((field): FieldLine => ({ type: 'field', field, language, ...rounded(scores[field]) })));
}

export function tagLines({ tags }: Evaluation): TagLine[] {
  const order = (field: EvaluationDimension): number => evaluationDimensions.indexOf(field);
  return tags.toSorted((a, b) => order(a.dimension) - order(b.dimension) || a.tag.localeCompare(b.tag)).flatMap(({ dimension: field, tag, score, byLanguage, wrong }): TagLine[] => {
    // What speaks for a development is a whole sentence; no phrase can be blamed.
    const responsible = field === 'kinds' || field === 'kindsWithStage' ? [] : responsiblePhrases(wrong);
    const seen = Object.entries(byLanguage).filter(([, each]) => each.right + each.wrong + each.missed > 0);
    const all: TagLine = { type: 'tag', field, tag, language: 'all', ...rounded(score), ...(responsible.length > 0 ? { responsible } : {}) };
    return [all].concat(seen.map(([language, each]) => Object.assign({ type: 'tag' as const, field, tag, language }, rounded(each))));
  });
}

/** The worst errors, tags with most of them first: of a tag those where the classifier was surest when wrong, and nearest when it missed. */
export function errorLines({ tags }: Evaluation, gold: readonly GoldArticle[], mostOfTag: number, parts: ClassifierParts = {}): ErrorLine[] {
  const explain = explainer(gold, parts);
  return tags.flatMap((tag): ErrorLine[] => {
    const about = (index: number): Pick<ErrorLine, 'type' | 'field' | 'tag' | 'file' | 'line' | 'id' | 'language' | 'title'> => {
      const { file, line, article: { id, language, title } } = gold[index]!;
      return { type: 'error', field: tag.dimension, tag: tag.tag, file, line, id, language, title };
    };
    const wrong = tag.wrong.map(({ index, score, evidence }): ErrorLine => ({
      ...about(index), error: 'wrong', score: short(score), why: evidence.length > 0 ? 'these words speak for it' : 'a rule for close calls gave it', evidence,
    }));
    const missed = tag.missed.map(({ index }): ErrorLine => ({ ...about(index), error: 'missed', ...explain(index, tag) }));
    return [...wrong, ...missed].toSorted((a, b) => b.score - a.score).slice(0, mostOfTag);
  });
}

function explainer(gold: readonly GoldArticle[], parts: ClassifierParts): (index: number, tag: TagScores) => Pick<ErrorLine, 'score' | 'threshold' | 'why' | 'phrases'> {
  const known = new Map<number, { scores: ReturnType<typeof candidateScores>; result: Classification }>();
  return (index, { dimension, tag }) => {
    const { title, text } = gold[index]!.article;
    const { scores, result } = known.get(index) ?? { scores: candidateScores({ title, text }, parts), result: classify({ title, text }, parts) };
    known.set(index, { scores, result });
    const relevant = scores.get('relevant')!;
    if (dimension === 'relevant') return { score: short(relevant.score), threshold: relevant.threshold, why: 'too little of trade policy was read in it' };
    const outside = result.relevant ? undefined : `the article was not called relevant (${short(relevant.score)} of ${relevant.threshold})`;
    if (dimension === 'kinds' || dimension === 'kindsWithStage') return { score: 0, why: outside ?? developmentsSaid(result) };
    const found = scores.get(`${dimension} ${tag}`);
    if (!found) return { score: 0, why: 'no phrase of the tag stands in it' };
    const below = found.score < found.threshold ? 'below the tag\'s threshold' : 'a rule for close calls, or what the tag needs, kept it away';
    return { score: short(found.score), threshold: found.threshold, why: outside ?? below, phrases: found.phrases };
  };
}

function developmentsSaid({ developments }: Classification): string {
  return developments.length === 0 ? 'no development was read in it' : `read instead: ${developments.map(({ kind, stage }) => `${kind}/${stage}`).join(', ')}`;
}

function responsiblePhrases(wrong: TagScores['wrong']): { phrase: string; articles: number }[] {
  const counts = new Map<string, number>();
  for (const { evidence } of wrong) {
    for (const phrase of new Set(evidence.map(({ text }) => text.toLowerCase().replace(/\s+/g, ' ')))) counts.set(phrase, (counts.get(phrase) ?? 0) + 1);
  }
  return [...counts].map(([phrase, articles]) => ({ phrase, articles })).sort((a, b) => b.articles - a.articles || a.phrase.localeCompare(b.phrase)).slice(0, 10);
}

function rounded({ precision, recall, f1, ...counts }: Score): Score {
  return { precision: short(precision), recall: short(recall), f1: short(f1), ...counts };
}

function short(value: number): number {
  return Math.round(value * 1000) / 1000;
}
