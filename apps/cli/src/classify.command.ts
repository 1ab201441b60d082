import type { Classification } from '@tradewatch/events';
import { classify } from '@tradewatch/classify/classify-article.ts';
import { z } from 'zod';
import { exitCodes } from './exit-codes.ts';
import { readJsonLines } from './json-lines.ts';
import { say, writeJson } from './output.ts';

/** One article as people and programs hand it in. Other fields are let be. */
const articleLine = z.object({
  id: z.union([z.string(), z.number()], 'must be a text or a number'),
  title: z.string('must be a text'),
  text: z.string('must be a text'),
  language: z.string('must be a language code such as en').nullish(),
});
type ArticleLine = z.infer<typeof articleLine>;

/**
 * `tradewatch classify [FILE|-]`: an article a line in, its tags a line out, in the same order. A bad line is named on
 * stderr (`FILE:LINE: reason`) and costs the others nothing. @returns the exit code.
 */
export async function classifyFile(file: string): Promise<number> {
  if (file === '-' && process.stdin.isTTY) say('Reading articles from the terminal, one JSON object a line; Ctrl-D ends.');
  const bad = await readJsonLines(file, articleLine, ({ value }) => writeJson(tagsOf(value)));
  return bad === 0 ? exitCodes.ok : exitCodes.failed;
}

function tagsOf({ id, title, text, language }: ArticleLine): { id: string | number } & Omit<Classification, 'taxonomyVersion'> {
  const { taxonomyVersion: _, ...tags } = classify({ title, text, ...(language ? { language } : {}) });
  return { id, ...tags };
}
