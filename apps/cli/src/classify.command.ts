import type { Classification } from '@tradewatch/events';
import { classify } from '@tradewatch/classify/classify-article.ts';
import { z } from 'zod';
import { exitCodes } from './exit-codes.ts';
import { asInputError, InputError, openInput } from './input-file.ts';
import { longestLineBytes, readLines, type InputLine } from './input-lines.ts';
import { say, writeJson } from './output.ts';

/** One article as people and programs hand it in. Other fields are let be. */
const articleLine = z.object({
  id: z.union([z.string(), z.number()], 'must be a text or a number'),
  title: z.string('must be a text'),
  text: z.string('must be a text'),
  language: z.string('must be a language code such as en').nullish(),
});
type ArticleLine = z.infer<typeof articleLine>;

/** Why a line gives no result. */
class BadLine extends Error {
  override readonly name = 'BadLine';
}

/**
 * `tradewatch classify [FILE|-]`: an article a line in, its tags a line out, in the same order. A bad line is named on
 * stderr (`FILE:LINE: reason`) and costs the others nothing. @returns the exit code.
 */
export async function classifyFile(file: string): Promise<number> {
  if (file === '-' && process.stdin.isTTY) say('Reading articles from the terminal, one JSON object a line; Ctrl-D ends.');
  let bad = 0;
  try {
    for await (const line of readLines(openInput(file) as AsyncIterable<Buffer>)) {
      try {
        const article = parseLine(line);
        if (article) await writeJson(tagsOf(article));
      } catch (error) {
        if (!(error instanceof BadLine)) throw error;
        bad += 1;
        say(`${file}:${line.number}: ${error.message}`);
      }
    }
  } catch (cause) {
    const error = asInputError(cause);
    if (!(error instanceof InputError)) throw error;
    say(`${file}: ${error.message}`);
    return exitCodes.failed;
  }
  return bad === 0 ? exitCodes.ok : exitCodes.failed;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The article of a line; undefined for a blank one. @throws BadLine */
function parseLine({ bytes }: InputLine): ArticleLine | undefined {
  if (bytes === undefined) throw new BadLine(`longer than ${longestLineBytes / 1024 / 1024} MB`);
  let value: unknown;
  try {
    const text = utf8.decode(bytes);
    if (text.trim() === '') return undefined;
    value = JSON.parse(text);
  } catch (error) {
    throw new BadLine(error instanceof SyntaxError ? `not JSON: ${oneLine(error.message)}` : 'not UTF-8', { cause: error });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new BadLine('not a JSON object');
  const result = articleLine.safeParse(value);
  if (result.success) return result.data;
  throw new BadLine(result.error.issues.map(({ path, message }) => `${path.join('.')} ${Object.hasOwn(value, String(path[0])) ? message : 'is missing'}`).join(', '));
}

function tagsOf({ id, title, text, language }: ArticleLine): { id: string | number } & Omit<Classification, 'taxonomyVersion'> {
  const { taxonomyVersion: _, ...tags } = classify({ title, text, ...(language ? { language } : {}) });
  return { id, ...tags };
}

function oneLine(message: string): string {
  return message.replace(/\s+/g, ' ').slice(0, 200);
}
