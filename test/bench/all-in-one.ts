// The built all-in-one as a process of its own, for benchmarks.
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { freePort } from '../../libs/testing/src/program.ts';

export interface AllInOneProcess {
  readonly child: ChildProcess;
  readonly databaseUrl: string;
  api<T>(path: string, body?: unknown): Promise<T>;
  stop(): Promise<void>;
}

export async function startAllInOne(): Promise<AllInOneProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'tradewatch-bench-'));
  const sources = join(folder, 'sources.yaml');
  await writeFile(sources, '[]');
  const port = await freePort();
  const password = 'bench-bench-bench';
  const child = spawn(process.execPath, [resolve('dist/apps/all-in-one/main.js')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: process.env['PATH'], TRADEWATCH_DATA_DIR: join(folder, 'data'), TRADEWATCH_PORT: String(port), TRADEWATCH_SOURCES: sources, TRADEWATCH_ADMIN_PASSWORD: password, TRADEWATCH_ALLOW_PRIVATE_NETWORKS: 'true', TRADEWATCH_LOG_LEVEL: 'warn' },
  });
  const address = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + 60_000; ;) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Error('the all-in-one did not start');
    if (await fetch(`${address}/health/ready`).then(({ ok }) => ok, () => false)) break;
    await new Promise((done) => setTimeout(done, 50));
  }
  const call = async <T>(path: string, body?: unknown, token = ''): Promise<T> => {
    const response = await fetch(address + path, { method: body === undefined ? 'GET' : 'POST', headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const { token } = await call<{ token: string }>('/api/auth/login', { email: 'admin@localhost', password });
  const postgresPassword = readFileSync(join(folder, 'data/postgres/password'), 'utf8').trim();
  const postgresPort = readFileSync(join(folder, 'data/postgres/cluster/postmaster.pid'), 'utf8').split('\n')[3];
  return {
    child,
    databaseUrl: `postgresql://tradewatch:${postgresPassword}@127.0.0.1:${postgresPort}/tradewatch`,
    api: (path, body) => call(path, body, token),
    async stop() {
      const ended = new Promise((done) => child.once('exit', done));
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** CPU seconds a process has used, and its resident memory in MB (Linux /proc). */
export function usage(pid: number): { cpuSeconds: number; rssMb: number } {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  const rssPages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / 100, rssMb: (rssPages * 4096) / 1e6 };
}
