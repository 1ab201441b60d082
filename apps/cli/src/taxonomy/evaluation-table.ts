// An evaluation for people, as text of a terminal.
import type { Evaluation, EvaluationDimension, Score } from '@tradewatch/classify/evaluation.ts';
import { evaluationDimensions } from '@tradewatch/classify/evaluation.ts';
import type { ErrorLine, TagLine } from './evaluation-lines.ts';

export const fieldNames: Readonly<Record<EvaluationDimension, string>> = {
  relevant: 'relevant', sectors: 'sectors', topics: 'topics', authorities: 'authorities', jurisdictions: 'jurisdictions', kinds: 'development kinds', kindsWithStage: 'kind with stage',
};

/** How many tags and errors are worth a look at once; stdout has them all. */
const shownTags = 25;
const shownErrors = 16;
/** Of one tag, so that one bad tag does not hide the others. */
const shownOfTag = 2;

/** Head and rows: each field overall, and its F1 by language. */
export function fieldTable({ overall, byLanguage }: Evaluation): [head: readonly string[], rows: readonly (readonly string[])[]] {
  const languages = Object.entries(byLanguage);
  const rows = evaluationDimensions.map((field) => {
    const { precision, recall, f1 } = overall[field];
    return [fieldNames[field], figure(precision), figure(recall), figure(f1)].concat(languages.map(([, scores]) => f1Of(scores[field])));
  });
  return [['field', 'precision', 'recall', 'F1', ...languages.map(([language]) => `F1 ${language}`)], rows];
}

/** Fields by language, the tags with most errors, the worst errors. */
export function evaluationTable(evaluation: Evaluation, tags: readonly TagLine[], errors: readonly ErrorLine[]): string {
  const worst = tags.filter(({ language, wrong, missed }) => language === 'all' && wrong + missed > 0).toSorted((a, b) => b.wrong + b.missed - a.wrong - a.missed);
  const shown = [...Map.groupBy(errors, ({ field, tag }) => `${field} ${tag}`).values()].flatMap((ofTag) => ofTag.slice(0, shownOfTag)).slice(0, shownErrors);
  return [
    table(...fieldTable(evaluation)),
    ...(worst.length === 0 ? [] : [
      `Tags with most errors${worst.length > shownTags ? ` (${shownTags} of ${worst.length})` : ''}`,
      table(['tag', 'precision', 'recall', 'F1', 'wrong', 'missed', 'phrases responsible'], worst.slice(0, shownTags).map(({ field, tag, precision, recall, f1, wrong, missed, responsible = [] }) => [
        `${fieldNames[field]}: ${tag}`, figure(precision), figure(recall), figure(f1), String(wrong), String(missed),
        responsible.slice(0, 4).map(({ phrase, articles }) => `${phrase} ×${articles}`).join(', '),
      ])),
    ]),
    ...(errors.length === 0 ? [] : [`Worst errors${shown.length < errors.length ? ` (${shown.length} of ${errors.length}; stdout has them)` : ''}`, ...shown.map(errorInWords)]),
  ].join('\n\n');
}

function errorInWords({ error, field, tag, file, line, id, title, score, why, evidence = [], phrases = [] }: ErrorLine): string {
  const words = [...new Set([...evidence.map(({ text }) => text), ...phrases])].slice(0, 5).map((text) => `“${cut(text, 80)}”`).join(', ');
  return `  ${file}:${line} ${id}: ${cut(title, 100)}\n    ${error} ${fieldNames[field]} ${tag} at ${score.toFixed(2)}: ${why}${words === '' ? '' : `: ${words}`}`;
}

/** Columns under one another; the first and the last to the left, figures to the right. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  const isText = (column: number): boolean => column === 0 || head[column] === 'phrases responsible';
  return [head, ...rows].map((row) => `  ${row.map((cell, column) => (isText(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  ').trimEnd()}`).join('\n');
}

export function figure(value: number): string {
  return value.toFixed(3);
}

/** A dash where there is nothing to be right or wrong about. */
function f1Of({ f1, right, wrong, missed }: Score): string {
  return right + wrong + missed === 0 ? '–' : figure(f1);
}

function cut(text: string, length: number): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return plain.length <= length ? plain : `${plain.slice(0, length - 1).toWellFormed()}…`;
}
