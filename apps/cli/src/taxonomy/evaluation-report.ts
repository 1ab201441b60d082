// The evaluation as a page of the documentation; made whole by one command, so that its figures are never typed.
import type { Evaluation } from '@tradewatch/classify/evaluation.ts';
import type { TagLine } from './evaluation-lines.ts';
import { fieldNames, fieldTable, figure } from './evaluation-table.ts';
import { total, type CorpusReport, type Tally } from './federal-register.ts';

export interface ReportedGold {
  readonly file: string;
  readonly evaluation: Evaluation;
  readonly tags: readonly TagLine[];
  /** The labelled articles the weights learned from, where they are not the shipped ones. */
  readonly learntFrom: readonly string[];
}

export interface ReportedCorpus extends CorpusReport {
  readonly file: string;
}

/** At most so many titles of a kind are listed. */
const listed = 25;

export function evaluationReport({ command, taxonomyVersion, gold, corpora }: {
  readonly command: string;
  readonly taxonomyVersion: string;
  /** One a file. */
  readonly gold: readonly ReportedGold[];
  readonly corpora: readonly ReportedCorpus[];
}): string {
  return `${[
    '# Evaluation of the classifier',
    `Made by \`${command}\` with taxonomy ${taxonomyVersion}; do not edit, run it again.`,
    ...gold.flatMap(goldSection),
    ...corpora.flatMap(corpusSection),
    '## How to read it',
    [
      'Precision is the share of said tags that are right, recall the share of right tags that were said, F1 their harmonic mean; all are micro-averaged over',
      '(article, tag) pairs, lists compared as sets. "Kind with stage" counts a development right only with its stage. Labels follow the taxonomy\'s contract.',
      'To see each error with the words responsible: `npm run -s tradewatch -- taxonomy eval FILE.jsonl`.',
    ].join('\n'),
  ].join('\n\n')}\n`;
}

function goldSection({ file, evaluation, tags, learntFrom }: ReportedGold): string[] {
  const languages = Object.keys(evaluation.byLanguage);
  const counted = languages.map((language) => {
    const { right, missed } = evaluation.byLanguage[language]!.relevant;
    return `${right + missed} relevant in ${language}`;
  });
  const lead = learntFrom.length === 0 ? 'The classifier as shipped.' : `Its weights learnt from ${code(learntFrom)} alone, so that these lines are new to them.`;
  const worst = tags.filter(({ language, right, wrong, missed }) => language === 'all' && right + wrong + missed >= 5).toSorted((a, b) => a.f1 - b.f1).slice(0, 15);
  return [
    `## Labelled articles: ${file.split('/').slice(-2).join('/')}`, `${evaluation.articles} articles of ${code([file])} (${counted.join(', ')}). ${lead}`,
    table(...fieldTable(evaluation)),
    'The weakest tags, of those expected or said five times or more:',
    table(['tag', 'precision', 'recall', 'F1', 'right', 'wrong', 'missed'], worst.map(({ field, tag, precision, recall, f1, right, wrong, missed }) => [
      `${fieldNames[field]}: ${tag}`, figure(precision), figure(recall), figure(f1), String(right), String(wrong), String(missed),
    ])),
  ];
}

function corpusSection({ file, notices, relevant, found, quiet }: ReportedCorpus): string[] {
  const quietTotal = total('all of them', quiet);
  const missed = total('', found).errors;
  return [
    `## ${notices.toLocaleString('en')} notices of the Federal Register`,
    `From ${code([file])}, by the classifier as shipped; ${relevant.toLocaleString('en')} are called relevant. Which notices must be found, and whose must stay quiet, is in`
      + ' `apps/cli/src/taxonomy/federal-register.yaml`.',
    'To be found, by words of the title:',
    table(['notices on', 'there are', 'found', 'share'], found.map((tally) => [tally.name, String(tally.notices), String(tally.relevant), share(tally)])),
    ...(missed.length === 0 ? [] : ['Not found:', titles(missed)]),
    'To stay quiet, agencies with no trade business (their notices on the subjects above left out):',
    table(['agency', 'notices', 'called relevant', 'share'], [...quiet.filter((tally) => tally.notices > 0), quietTotal].map((tally) => [tally.name, String(tally.notices), String(tally.relevant), share(tally)])),
    ...(quietTotal.errors.length === 0 ? [] : ['Called relevant:', titles(quietTotal.errors)]),
  ];
}

function share({ notices, relevant }: Tally): string {
  return notices === 0 ? '–' : `${((relevant / notices) * 100).toFixed(notices === relevant ? 0 : 2)} %`;
}

function titles(errors: Tally['errors']): string {
  const more = errors.length > listed ? [`- … and ${errors.length - listed} more`] : [];
  return [...errors.slice(0, listed).map(({ id, title }) => `- ${id}: ${title.replace(/\s+/g, ' ').replace(/([\\`*_<>[\]])/g, '\\$1')}`), ...more].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), `|${head.map((_, index) => (index === 0 ? '---' : '--:')).join('|')}|`, ...rows.map(line)].join('\n');
}

function code(files: readonly string[]): string {
  return files.map((file) => `\`${file}\``).join(', ');
}
