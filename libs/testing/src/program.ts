// A server program of the machine's own that tests start, kill and start again.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { waitFor } from './wait-for.ts';

/** A server under test: native (Program) or in a container. */
export interface TestServer {
  /** Starts it, after `kill` again with its data. @throws Error with its output when nothing accepts connections. */
  up(): Promise<void>;
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Ends it and deletes its data. */
  remove(): Promise<void>;
}

export interface ProgramOptions {
  /** What it is called in errors. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly port: number;
  /** Where its data is. */
  readonly folder: string;
}

export class Program implements TestServer {
  private process: ReturnType<typeof startProgram> | undefined;

  constructor(private readonly options: ProgramOptions) {}

  async up(): Promise<void> {
    const { name, command, args, port } = this.options;
    const started = (this.process = startProgram(command, args));
    await accepting(name, port).catch((cause: unknown) => {
      throw new Error(`${name} did not start: ${started.output()}`, { cause });
    });
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    if (this.process) await endProgram(this.process, signal);
  }

  async remove(): Promise<void> {
    await this.kill('SIGKILL');
    await rm(this.options.folder, { recursive: true, force: true });
  }
}

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (!address || typeof address !== 'object') throw new Error('no free port');
  return address.port;
}

/** Waits until something accepts connections on the port. @throws Error naming `what` when nothing does. */
async function accepting(what: string, port: number, timeoutMs = 60_000): Promise<void> {
  await waitFor(`${what} on port ${port}`, () => new Promise<boolean>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  }), timeoutMs);
}

/** Starts a program whose output is kept for when it fails; it ends with the test process. */
function startProgram(command: string, args: readonly string[]): ChildProcess & { readonly output: () => string } {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const keep = (chunk: Buffer): void => void (output = (output + chunk.toString()).slice(-20_000));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const end = (): void => void child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
  return Object.assign(child, { output: () => output });
}

/** Sends a signal and waits for the end of the program. */
async function endProgram(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}

/** The path of a program; on Debian as root its package is installed when missing. @throws Error with instructions otherwise. */
export function program(name: string, debianPackage: string): string {
  const find = (): string => spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
  if (!find() && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env });
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', debianPackage], { stdio: 'ignore', env });
  }
  const path = find();
  if (!path) throw new Error(`Tests need ${name}: install it (Debian: apt-get install ${debianPackage}).`);
  return path;
}
