import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const module = resolve(import.meta.dirname, 'fault-point.ts');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fault-point-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A process that arms itself from `points` where given, then runs `script`. @returns its end and what it wrote. */
async function run(points: string | null, script: string, during: (child: ChildProcess) => Promise<void> = async () => undefined): Promise<{ end: number | string; output: string }> {
  const file = join(folder, 'points');
  await writeFile(file, points ?? '');
  const arm = points === null ? '' : `armFaultPoints(${JSON.stringify(file)});`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', `import { armFaultPoints, faultPoint } from ${JSON.stringify(module)}; ${arm} ${script}`], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | string>((done) => child.once('close', (code, signal) => done(code ?? signal!)));
  await during(child);
  return { end: await ended, output };
}

describe('a fault point', () => {
  it('ends the process at the passing it is armed for, and says which it was', async () => {
    const { end, output } = await run('a.before 2\nb.after 1\n', "faultPoint('a.before'); faultPoint('c'); console.log('once'); faultPoint('a.before'); console.log('twice');");
    expect(end).toBe('SIGKILL');
    expect(output).toContain('once');
    expect(output).toMatch(/^fault point a\.before$/m);
    expect(output).not.toContain('twice');
  });

  it('is nothing in a process that was not started for it, or is no longer armed', async () => {
    expect(await run(null, "faultPoint('a.before');")).toMatchObject({ end: 0 });
    const disarmed = await run('a.before 1\n', "setTimeout(() => 0, 20_000); process.on('SIGUSR2', () => { faultPoint('a.before'); process.exit(0); }); console.log('ready');", async (child) => {
      await new Promise((ready) => child.stdout!.once('data', ready));
      await writeFile(join(folder, 'points'), '');
      child.kill('SIGUSR2');
    });
    expect(disarmed.end).toBe(0);
  });
});
