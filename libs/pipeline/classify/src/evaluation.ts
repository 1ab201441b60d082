/** Scores the classifier against labelled articles: what `taxonomy eval` prints and the tests hold the line at. */
import type { Classification, Evidence, Tag } from '@tradewatch/events';
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

/** A tag said of an article that does not have it. */
export interface WrongTag {
  readonly id: string;
  /** Of the article, in the list that was evaluated. */
  readonly index: number;
  /** How sure the classifier was, 0 to 1. */
  readonly score: number;
  /** Where the words stand that spoke for it; none where a rule for close calls gave the tag. */
  readonly evidence: readonly Evidence[];
}

/** A tag an article has and was not said to have. */
export interface MissedTag {
  readonly id: string;
  readonly index: number;
}

/** How one tag fared, with everything that went wrong with it. */
export interface TagScores {
  readonly dimension: EvaluationDimension;
  readonly tag: string;
  readonly score: Score;
  readonly byLanguage: Readonly<Record<string, Score>>;
  readonly wrong: readonly WrongTag[];
  readonly missed: readonly MissedTag[];
}

export interface Evaluation {
  readonly articles: number;
  readonly overall: DimensionScores;
  readonly byLanguage: Readonly<Record<string, DimensionScores>>;
  /** Every tag that was expected or said, the one with most errors first. */
  readonly tags: readonly TagScores[];
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

/** What speaks for something said. */
type Said = Pick<WrongTag, 'score' | 'evidence'>;

/** What was said, each with what speaks for it. */
function said(result: Classification): Record<EvaluationDimension, ReadonlyMap<string, Said>> {
  const tags = (list: readonly Tag[]): Map<string, Said> => new Map(list.map(({ id, score, evidence }) => [id, { score, evidence }]));
  const sure = (list: readonly Said[]): number => Math.max(0, ...list.map(({ score }) => score));
  return {
    relevant: new Map(result.relevant ? [['relevant', { score: sure(result.topics), evidence: result.topics.flatMap(({ evidence }) => evidence) }]] : []),
    sectors: tags(result.sectors), topics: tags(result.topics), authorities: tags(result.authorities), jurisdictions: tags(result.jurisdictions),
    kinds: new Map(result.developments.map(({ kind, ...development }) => [kind, development])),
    kindsWithStage: new Map(result.developments.map(({ kind, stage, ...development }) => [`${kind}/${stage}`, development])),
  };
}

/**
 * Micro-averaged precision, recall and F1 over all (article, tag) pairs by dimension, overall and by language, and for every tag,
 * with its errors. Developments count once by kind and once by kind with stage.
 */
export function evaluate(articles: readonly LabelledArticle[], classifier: (article: LabelledArticle) => Classification = ({ title, text }) => classify({ title, text })): Evaluation {
  const counts = new Map<string, Count>();
  const tags = new Map<string, { dimension: EvaluationDimension; tag: string; wrong: WrongTag[]; missed: MissedTag[] }>();
  const countOf = (key: string): Count => {
    let count = counts.get(key);
    if (!count) counts.set(key, (count = { right: 0, wrong: 0, missed: 0 }));
    return count;
  };
  const languages = [...new Set(articles.map(({ language }) => language))].sort();
  articles.forEach((article, index) => {
    const right = expected(article);
    const given = said(classifier(article));
    for (const dimension of evaluationDimensions) {
      for (const tag of new Set([...right[dimension], ...given[dimension].keys()])) {
        const words = given[dimension].get(tag);
        const outcome = !words ? 'missed' : right[dimension].has(tag) ? 'right' : 'wrong';
        const key = `${dimension} ${tag}`;
        for (const group of [dimension, key]) for (const language of ['all', article.language]) countOf(`${language} ${group}`)[outcome]++;
        let errors = tags.get(key);
        if (!errors) tags.set(key, (errors = { dimension, tag, wrong: [], missed: [] }));
        if (!words) errors.missed.push({ id: article.id, index });
        else if (outcome === 'wrong') errors.wrong.push({ id: article.id, index, ...words });
      }
    }
  });
  const scoresOf = (group: string): DimensionScores =>
    Object.fromEntries(evaluationDimensions.map((dimension) => [dimension, scoreOf(countOf(`${group} ${dimension}`))])) as DimensionScores;
  const byLanguage = <Value>(of: (language: string) => Value): Record<string, Value> => Object.fromEntries(languages.map((language) => [language, of(language)]));
  const mistakes = ({ wrong, missed }: { readonly wrong: readonly unknown[]; readonly missed: readonly unknown[] }): number => wrong.length + missed.length;
  return {
    articles: articles.length,
    overall: scoresOf('all'),
    byLanguage: byLanguage(scoresOf),
    tags: [...tags]
      .map(([key, errors]): TagScores => Object.assign(errors, { score: scoreOf(countOf(`all ${key}`)), byLanguage: byLanguage((language) => scoreOf(countOf(`${language} ${key}`))) }))
      .sort((a, b) => mistakes(b) - mistakes(a) || a.tag.localeCompare(b.tag)),
  };
}
