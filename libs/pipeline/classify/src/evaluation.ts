/** Scores the classifier against labelled articles: what `taxonomy eval` prints and the tests hold the line at. */
import type { Classification, Tag } from '@tradewatch/events';
import { classify } from './classify-article.ts';
import type { LabelledArticle } from './labelled-article.ts';

export interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** (article, tag) pairs: said and right, said and wrong, missed. */
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
}

export const evaluationDimensions = ['relevant', 'sectors', 'topics', 'authorities', 'jurisdictions', 'kinds', 'kindsWithStage'] as const;
export type EvaluationDimension = (typeof evaluationDimensions)[number];
export type DimensionScores = Record<EvaluationDimension, Score>;

/** A tag given or missed often, and the phrases that made the wrong ones. */
export interface TagErrors {
  readonly dimension: EvaluationDimension;
  readonly tag: string;
  readonly score: Score;
  /** Article ids with the words that spoke for the wrong tag. */
  readonly wrong: readonly { readonly id: string; readonly phrases: readonly string[] }[];
  /** Article ids that lack the tag. */
  readonly missed: readonly string[];
}

export interface Evaluation {
  readonly articles: number;
  readonly overall: DimensionScores;
  readonly byLanguage: Readonly<Record<string, DimensionScores>>;
  /** Every tag with an error, the worst (most errors) first. */
  readonly tags: readonly TagErrors[];
}

interface Count {
  right: number;
  wrong: number;
  missed: number;
}

function scoreOf({ right, wrong, missed }: Count): Score {
  const ratio = (part: number, whole: number): number => (whole === 0 ? 1 : part / whole);
  return { precision: ratio(right, right + wrong), recall: ratio(right, right + missed), f1: ratio(2 * right, 2 * right + wrong + missed), right, wrong, missed };
}

function expected({ labels }: LabelledArticle): Record<EvaluationDimension, ReadonlySet<string>> {
  return {
    relevant: new Set(labels.relevant ? ['relevant'] : []),
    sectors: new Set(labels.sectors), topics: new Set(labels.topics), authorities: new Set(labels.authorities), jurisdictions: new Set(labels.jurisdictions),
    kinds: new Set(labels.developments.map(({ kind }) => kind)),
    kindsWithStage: new Set(labels.developments.map(({ kind, stage }) => `${kind}/${stage}`)),
  };
}

/** What was said, each with the words that spoke for it. */
function said(result: Classification): Record<EvaluationDimension, ReadonlyMap<string, readonly string[]>> {
  const words = (evidence: Tag['evidence']): string[] => evidence.map(({ text }) => text);
  const tags = (list: readonly Tag[]): Map<string, string[]> => new Map(list.map(({ id, evidence }) => [id, words(evidence)]));
  return {
    relevant: new Map(result.relevant ? [['relevant', result.topics.flatMap(({ evidence }) => words(evidence))]] : []),
    sectors: tags(result.sectors), topics: tags(result.topics), authorities: tags(result.authorities), jurisdictions: tags(result.jurisdictions),
    kinds: new Map(result.developments.map(({ kind, evidence }) => [kind, words(evidence)])),
    kindsWithStage: new Map(result.developments.map(({ kind, stage, evidence }) => [`${kind}/${stage}`, words(evidence)])),
  };
}

/**
 * Micro-averaged precision, recall and F1 over all (article, tag) pairs by dimension, overall and by language, with every tag's
 * errors. Developments count once by kind and once by kind with stage.
 */
export function evaluate(articles: readonly LabelledArticle[], classifier: (article: LabelledArticle) => Classification = ({ title, text }) => classify({ title, text })): Evaluation {
  const counts = new Map<string, Count>();
  const tags = new Map<string, { count: Count; wrong: { id: string; phrases: readonly string[] }[]; missed: string[] }>();
  const countOf = (key: string): Count => {
    let count = counts.get(key);
    if (!count) counts.set(key, (count = { right: 0, wrong: 0, missed: 0 }));
    return count;
  };
  const languages = [...new Set(articles.map(({ language }) => language))].sort();
  for (const article of articles) {
    const right = expected(article);
    const given = said(classifier(article));
    for (const dimension of evaluationDimensions) {
      const groups = [countOf(`all ${dimension}`), countOf(`${article.language} ${dimension}`)];
      for (const tag of new Set([...right[dimension], ...given[dimension].keys()])) {
        const outcome = !given[dimension].has(tag) ? 'missed' : right[dimension].has(tag) ? 'right' : 'wrong';
        for (const group of groups) group[outcome]++;
        const key = `${dimension} ${tag}`;
        let errors = tags.get(key);
        if (!errors) tags.set(key, (errors = { count: { right: 0, wrong: 0, missed: 0 }, wrong: [], missed: [] }));
        errors.count[outcome]++;
        if (outcome === 'wrong') errors.wrong.push({ id: article.id, phrases: given[dimension].get(tag) ?? [] });
        else if (outcome === 'missed') errors.missed.push(article.id);
      }
    }
  }
  const scoresOf = (group: string): DimensionScores =>
    Object.fromEntries(evaluationDimensions.map((dimension) => [dimension, scoreOf(countOf(`${group} ${dimension}`))])) as DimensionScores;
  return {
    articles: articles.length,
    overall: scoresOf('all'),
    byLanguage: Object.fromEntries(languages.map((language) => [language, scoresOf(language)])),
    tags: [...tags]
      .map(([key, { count, wrong, missed }]): TagErrors => {
        const space = key.indexOf(' ');
        return { dimension: key.slice(0, space) as EvaluationDimension, tag: key.slice(space + 1), score: scoreOf(count), wrong, missed };
      })
      .filter(({ score }) => score.wrong + score.missed > 0)
      .sort((a, b) => b.score.wrong + b.score.missed - a.score.wrong - a.score.missed || a.tag.localeCompare(b.tag)),
  };
}
