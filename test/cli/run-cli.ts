// Runs the built command line as a shell does. Real: the bundle, the process, its pipes. Nothing is replaced.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');
export const cliMain = resolve(root, 'dist/apps/cli/main.js');

if (!existsSync(cliMain)) throw new Error(`${cliMain} is missing: run the tests with npm test, or build it with npm run build`);

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout, parsed line by line. */
  readonly lines: Record<string, unknown>[];
}

export interface CliOptions {
  readonly input?: string | Uint8Array | AsyncIterable<Uint8Array | string>;
  readonly nodeFlags?: readonly string[];
  readonly cwd?: string;
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Called whenever something comes on stdout. */
  readonly onOutput?: () => void;
}

/** Runs `tradewatch ARGS` to its end. */
export async function runCli(args: readonly string[], { input = '', nodeFlags = [], cwd = root, env = {}, onOutput }: CliOptions = {}): Promise<CliRun> {
  const child = spawn(process.execPath, [...nodeFlags, cliMain, ...args], { cwd, env: { ...process.env, NO_COLOR: '1', ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
    onOutput?.();
  });
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  // A process that ends before it has read everything is the test's business, not a fault of the pipe.
  child.stdin.on('error', () => undefined);
  const closed = new Promise<number | null>((done) => child.on('close', done));
  await feed(child.stdin, input);
  const code = await closed;
  return { code, stdout, stderr, get lines() { return stdout.split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>); } };
}

async function feed(stdin: NodeJS.WritableStream & { readonly writable: boolean }, input: NonNullable<CliOptions['input']>): Promise<void> {
  if (typeof input === 'string' || input instanceof Uint8Array) {
    stdin.end(input);
    return;
  }
  for await (const chunk of input) {
    if (!stdin.writable) return;
    if (!stdin.write(chunk)) await drained(stdin);
  }
  stdin.end();
}

function drained(stdin: NodeJS.WritableStream): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      stdin.off('drain', go).off('close', go);
      resolve();
    };
    stdin.on('drain', go).on('close', go);
  });
}
