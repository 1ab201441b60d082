import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { classify, type ClassifierParts } from '@tradewatch/classify/classify-article.ts';
import { evaluate, type Evaluation } from '@tradewatch/classify/evaluation.ts';
import type { LabelledArticle } from '@tradewatch/classify/labelled-article.ts';
import { trainWeights } from '@tradewatch/classify/training.ts';
import { compileTaxonomy, taxonomy, TaxonomyError } from '@tradewatch/taxonomy';
import { exitCodes } from '../exit-codes.ts';
import { InputError } from '../input-file.ts';
import { readJsonLines } from '../json-lines.ts';
import { say, writeJson } from '../output.ts';
import { errorLines, fieldLines, tagLines, type GoldArticle } from './evaluation-lines.ts';
import { evaluationReport, type ReportedCorpus, type ReportedGold } from './evaluation-report.ts';
import { evaluationTable } from './evaluation-table.ts';
import { CorpusJudge, noticeSchema, total } from './federal-register.ts';
import { goldLineSchema } from './gold-line.ts';
import { judgedLabels, judgedTags, type Judged } from './judged-only.ts';
import { readTaxonomyFolder } from './taxonomy-folder.ts';

export interface EvalOptions {
  /** A folder of taxonomy files to try instead of the shipped ones. */
  readonly taxonomy?: string | undefined;
  /** Labelled articles to learn the weights from first, instead of the shipped weights: with others to evaluate, an honest test. */
  readonly learnFrom: readonly string[];
  /** Unlabelled Federal Register notices to hold against what must be found and what must stay quiet. */
  readonly corpus: readonly string[];
  /** Errors told of one tag at most. */
  readonly errors: number;
  /** Of marked articles, counts only the tags that a person said something of. */
  readonly judgedOnly: boolean;
  /** A Markdown file to write the figures to. */
  readonly report?: string | undefined;
}

/**
 * `tradewatch taxonomy eval GOLD.jsonl…`: how the classifier does on labelled articles. stdout has objects of `type` field, tag, error,
 * corpus and summary; stderr has tables. Bad lines are named `FILE:LINE` and left out. @returns 1 where a line was bad or a file unreadable.
 */
export async function evaluateGold(files: readonly string[], options: EvalOptions): Promise<number> {
  const parts = await classifierParts(options);
  if (parts === null) return exitCodes.failed;
  const { articles: gold, bad } = await readGold(files);
  if (bad === null) return exitCodes.failed;
  const evaluation = evaluateArticles(gold, parts, options.judgedOnly);
  const fields = fieldLines(evaluation);
  const tags = tagLines(evaluation);
  const errors = errorLines(evaluation, gold, options.errors, parts);
  for (const line of [...fields, ...tags, ...errors]) await writeJson(line);
  if (gold.length > 0) say(`\n${evaluationTable(evaluation, tags, errors)}\n`);
  let badLines = bad;
  const corpora: ReportedCorpus[] = [];
  for (const file of options.corpus) {
    // Nothing of a corpus was learnt from, so it is the classifier as shipped that is held against it.
    const judge = new CorpusJudge(parts.taxonomy ? { taxonomy: parts.taxonomy } : {});
    const badNotices = await readJsonLines(file, noticeSchema, ({ value }) => judge.judge(value));
    if (badNotices === null) return exitCodes.failed;
    badLines += badNotices;
    corpora.push({ file, ...judge.report });
    await writeJson({ type: 'corpus', file, ...judge.report });
    const [found, quiet] = [total('', judge.report.found), total('', judge.report.quiet)];
    say(`${file}: ${found.relevant} of ${found.notices} trade notices found; ${quiet.relevant} of ${quiet.notices} notices of other agencies called relevant`);
  }
  const taxonomyVersion = (parts.taxonomy ?? taxonomy()).version;
  await writeJson({ type: 'summary', files, articles: gold.length, badLines, taxonomyVersion });
  say(`${gold.length} ${gold.length === 1 ? 'article' : 'articles'}, ${badLines} bad ${badLines === 1 ? 'line' : 'lines'}, taxonomy ${taxonomyVersion}`);
  if (options.report !== undefined) {
    await mkdir(dirname(options.report), { recursive: true });
    await writeFile(options.report, evaluationReport({ command: commandOf(files, options), taxonomyVersion, gold: reported(gold, parts, options), corpora }));
    say(`written to ${options.report}`);
  }
  return badLines === 0 ? exitCodes.ok : exitCodes.failed;
}

/** Each file by itself. */
function reported(gold: readonly GoldArticle[], parts: ClassifierParts, { judgedOnly, learnFrom }: EvalOptions): ReportedGold[] {
  return [...Map.groupBy(gold, ({ file }) => file)].map(([file, articles]) => {
    const evaluation = evaluateArticles(articles, parts, judgedOnly);
    return { file, evaluation, tags: tagLines(evaluation), learntFrom: learnFrom };
  });
}

function evaluateArticles(gold: readonly GoldArticle[], parts: ClassifierParts, judgedOnly: boolean): Evaluation {
  if (!judgedOnly) return evaluate(gold.map(({ article }) => article), ({ title, text }) => classify({ title, text }, parts));
  const judged = new Map<LabelledArticle, Judged>();
  const articles = gold.map(({ article, judged: said }) => {
    if (said === undefined) return article;
    const words = new Set(said);
    const narrowed = judgedLabels(article, words);
    judged.set(narrowed, words);
    return narrowed;
  });
  return evaluate(articles, (article) => {
    const classification = classify({ title: article.title, text: article.text }, parts);
    const words = judged.get(article);
    return words ? judgedTags(classification, words) : classification;
  });
}

/** The taxonomy and the weights to try; null, after saying why, where they cannot be had. */
async function classifierParts({ taxonomy: folder, learnFrom }: EvalOptions): Promise<ClassifierParts | null> {
  try {
    const tried = folder === undefined ? undefined : compileTaxonomy(await readTaxonomyFolder(folder));
    const { articles, bad } = await readGold(learnFrom);
    if (bad === null) return null;
    if (learnFrom.length > 0) say(`learning the weights from ${articles.length} articles`);
    const weights = learnFrom.length === 0 ? undefined : trainWeights(articles.map(({ article }) => article), tried);
    return { ...(tried ? { taxonomy: tried } : {}), ...(weights ? { weights } : {}) };
  } catch (error) {
    if (!(error instanceof InputError || error instanceof TaxonomyError)) throw error;
    say(error instanceof TaxonomyError ? `${error.message} (tradewatch taxonomy check tells all)` : error.message);
    return null;
  }
}

/** All labelled articles of the files; `bad` is null where a file cannot be read. */
async function readGold(files: readonly string[]): Promise<{ articles: GoldArticle[]; bad: number | null }> {
  const articles: GoldArticle[] = [];
  let bad = 0;
  for (const file of files) {
    const badHere = await readJsonLines(file, goldLineSchema, ({ number: line, value: { judged, ...article } }) => void articles.push({ file, line, article, judged }));
    if (badHere === null) return { articles, bad: null };
    bad += badHere;
  }
  return { articles, bad };
}

function commandOf(files: readonly string[], { taxonomy: folder, learnFrom, corpus, judgedOnly, report }: EvalOptions): string {
  const options = [...(judgedOnly ? ['--judged-only'] : []), ...(folder === undefined ? [] : ['--taxonomy', folder]), ...learnFrom.flatMap((file) => ['--learn-from', file]), ...corpus.flatMap((file) => ['--corpus', file])];
  return ['npm run -s tradewatch -- taxonomy eval', ...files, ...options, ...(report === undefined ? [] : ['--report', report])].join(' ');
}
