// Real: the built command line and product, embedded PostgreSQL, HTTP between them, signals. The demo brings its own site and Slack receiver.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@tradewatch/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliMain } from './run-cli.ts';

let scratch = '';
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'tradewatch-demo-test-'));
});
afterAll(() => rm(scratch, { recursive: true, force: true }));

function startDemo(...args: string[]) {
  const child = spawn(process.execPath, [cliMain, 'demo', ...args], { env: { ...process.env, TMPDIR: scratch, NO_COLOR: '1' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const demo = { child, stdout: '', stderr: '', closed: new Promise<number | null>((done) => child.on('close', done)) };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (demo.stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (demo.stderr += chunk));
  return demo;
}

describe('tradewatch demo', () => {
  it('--once runs the whole loop: 40 articles in, each tariff story on Slack once, a summary on stdout, nothing left behind', async () => {
    const demo = startDemo('--once', '--every', '0.2');
    const code = await demo.closed;
    expect({ code, stderr: code === 0 ? '' : demo.stderr }).toEqual({ code: 0, stderr: '' });
    const summary = JSON.parse(demo.stdout) as { articles: number; relevant: number; alerts: number };
    expect(summary.articles).toBe(40);
    expect(summary.relevant).toBeGreaterThanOrEqual(30);
    expect(summary.relevant).toBeLessThanOrEqual(34);
    const shown = demo.stderr.split('\n').filter((line) => line.startsWith('┃ Why you see this'));
    expect(shown).toHaveLength(summary.alerts);
    expect(summary.alerts).toBeGreaterThanOrEqual(16);
    // The same headline from two newsrooms is one story.
    expect(demo.stderr.match(/┃ Section 232 tariff of 35 percent on imported heavy trucks takes effect/g)).toHaveLength(1);
    expect(demo.stderr).not.toContain('┃ Montreal sends veteran defenseman');
    expect(await readdir(scratch)).toEqual([]);
  });

  it('ends within 10 s of Ctrl-C and leaves neither folder nor server behind', async () => {
    const demo = startDemo();
    const address = await waitFor('the address', () => /open +(http:\S+)/.exec(demo.stderr)?.[1], 90_000);
    await waitFor('the first alert', () => demo.stderr.includes('┃ Why you see this'), 60_000);
    expect((await fetch(address, { headers: { accept: 'text/html' } })).status).toBe(200);
    const started = Date.now();
    demo.child.kill('SIGINT');
    expect(await demo.closed).toBe(0);
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(demo.stdout).toBe('');
    expect(await readdir(scratch)).toEqual([]);
    await expect(fetch(address)).rejects.toThrow('fetch failed');
  });

  it('can be stopped while it starts', async () => {
    const demo = startDemo('--once');
    await waitFor('the scratch folder', async () => (await readdir(scratch)).length > 0, 30_000);
    const started = Date.now();
    demo.child.kill('SIGTERM');
    expect(await demo.closed).toBe(1);
    expect(Date.now() - started).toBeLessThan(10_000);
    expect(await readdir(scratch)).toEqual([]);
  });
});
