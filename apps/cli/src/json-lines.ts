import { z } from 'zod';
import { asInputError, InputError, openInput } from './input-file.ts';
import { longestLineBytes, readLines, type InputLine } from './input-lines.ts';
import { say } from './output.ts';

/** Why a line gives nothing. */
class BadLine extends Error {
  override readonly name = 'BadLine';
}

/** One line that could be read, with its number (from 1). */
export interface JsonLine<Value> {
  readonly number: number;
  readonly value: Value;
}

/**
 * Reads a file (`-`: stdin) of one JSON object a line and hands each to `take`, in order. A bad line is named on stderr
 * (`FILE:LINE: reason`) and costs the others nothing; blank lines are passed over.
 * @returns how many lines were bad, or null when the file could not be read, which is said too.
 */
export async function readJsonLines<Schema extends z.ZodType>(file: string, schema: Schema, take: (line: JsonLine<z.infer<Schema>>) => Promise<void> | void): Promise<number | null> {
  let bad = 0;
  try {
    for await (const line of readLines(openInput(file) as AsyncIterable<Buffer>)) {
      try {
        const value = parsed(line, schema);
        if (value !== undefined) await take({ number: line.number, value: value.object });
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
    return null;
  }
  return bad;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The object of a line; undefined for a blank one. @throws BadLine */
function parsed<Schema extends z.ZodType>({ bytes }: InputLine, schema: Schema): { object: z.infer<Schema> } | undefined {
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
  const result = schema.safeParse(value);
  if (result.success) return { object: result.data };
  throw new BadLine(result.error.issues.map(({ path, message }) => `${path.join('.')} ${isThere(value, path) ? message : 'is missing'}`).join(', '));
}

function isThere(value: unknown, path: readonly PropertyKey[]): boolean {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return false;
    at = (at as Record<PropertyKey, unknown>)[key];
  }
  return true;
}

function oneLine(message: string): string {
  return message.replace(/\s+/g, ' ').slice(0, 200);
}
