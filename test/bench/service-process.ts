// A built service as a process of its own, for benchmarks.
import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { freePort } from '../../libs/testing/src/program.ts';

/** Starts dist/apps/NAME and waits until it is ready. @throws Error when it is not within a minute. */
export async function startService(name: string, env: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, [resolve('dist/apps', name, 'main.js')], {
    stdio: ['ignore', 'ignore', 'inherit'], env: { PATH: process.env['PATH'], TRADEWATCH_PORT: String(port), TRADEWATCH_LOG_LEVEL: 'error', ...env },
  });
  for (const deadline = Date.now() + 60_000; ;) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error(`${name} did not start`);
    if (await fetch(`http://127.0.0.1:${port}/health/ready`).then(({ ok }) => ok, () => false)) return child;
    await new Promise((done) => setTimeout(done, 50));
  }
}

export async function endService(child: ChildProcess): Promise<void> {
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}
