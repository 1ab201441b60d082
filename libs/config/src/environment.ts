// The only place that reads process.env: each app declares its whole environment as one zod schema.
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** The start cannot go on: each line names one thing to put right. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  constructor(readonly lines: readonly string[], options?: ErrorOptions) {
    super(lines.join('\n'), options);
  }
}

/**
 * Reads and validates the environment; an empty variable counts as absent.
 * @throws ConfigurationError with one line for each variable at fault. Values of secrets are not repeated.
 */
export function readEnvironment<Schema extends z.ZodObject>(schema: Schema, environment: NodeJS.ProcessEnv = process.env): z.infer<Schema> {
  const given = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, environment[name]?.trim() || undefined]));
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  throw new ConfigurationError(result.error.issues.map((issue) => {
    const name = String(issue.path[0] ?? '');
    const shown = given[name] === undefined || /password|secret|token|url/i.test(name) ? '' : ` (it is ${JSON.stringify(given[name])})`;
    return `${name} ${issue.message}${shown}`;
  }));
}

export const flag = z.enum(['true', 'false', '1', '0'], { error: 'must be true or false' }).transform((value) => value === 'true' || value === '1');

export const port = z.string().regex(/^\d{1,5}$/, 'must be a port number from 1 to 65535').transform(Number)
  .refine((value) => value >= 1 && value <= 65_535, 'must be a port number from 1 to 65535');

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A time such as `90s`, `15m`, `12h` or `7d`, in ms. */
export const duration = z.string().regex(/^[1-9]\d{0,5}[smhd]$/, 'must be a number of seconds, minutes, hours or days: 90s, 15m, 12h or 7d')
  .transform((value) => Number(value.slice(0, -1)) * unitMs[value.at(-1) as keyof typeof unitMs]);

export const url = (...protocols: string[]) => z.string().refine(
  (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol.slice(0, -1)),
  `must be a URL that begins with ${protocols.map((protocol) => `${protocol}://`).join(' or ')}`,
);

/** The text of a file that a variable names; undefined when it names none. @throws ConfigurationError when it cannot be read. */
export async function readNamedFile(variable: string, path: string | undefined): Promise<string | undefined> {
  if (path === undefined) return undefined;
  return readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new ConfigurationError([`${variable} names ${path}, which cannot be read (${cause.code}).`], { cause });
  });
}

/** The environment for a process of ours started from this one: what it has, and what is set for the other. */
export function childEnvironment(settings: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...settings };
}
