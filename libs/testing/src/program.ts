// A server program that tests start, kill and start again.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { waitFor } from './wait-for.ts';

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
export async function accepting(what: string, port: number, timeoutMs = 60_000): Promise<void> {
  await waitFor(`${what} on port ${port}`, () => new Promise<boolean>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  }), timeoutMs);
}

/** Starts a program whose output is kept for when it fails; it ends with the test process. */
export function startProgram(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess & { readonly output: () => string } {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
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
export async function endProgram(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
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
