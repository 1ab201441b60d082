// Real: the built command line.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root, runCli } from './run-cli.ts';

describe('tradewatch', () => {
  it('shows its commands on stdout when asked for help', async () => {
    const { code, stdout, stderr } = await runCli(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const command of ['classify', 'feed', 'extract', 'taxonomy', 'search', 'subscriptions', 'reclassify', 'demo']) expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
    expect((await runCli(['help', 'classify'])).stdout).toContain('JSON lines');
    expect((await runCli(['feed', 'parse', '--help'])).stdout).toContain('--content-type');
  });

  it('knows its version', async () => {
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    expect(await runCli(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it.each([
    { args: [], says: 'Usage: tradewatch' },
    { args: ['clasify'], says: 'Did you mean classify?' },
    { args: ['feed'], says: 'Usage: tradewatch feed' },
    { args: ['feed', 'parse'], says: "missing required argument 'file'" },
    { args: ['feed', 'fetch', 'x'], says: "unknown command 'fetch'" },
    { args: ['classify', '--fast'], says: "unknown option '--fast'" },
    { args: ['classify', 'a', 'b'], says: 'too many arguments' },
    { args: ['feed', 'parse', '--url', 'nowhere', 'x.rss'], says: 'It must be a whole address' },
    { args: ['taxonomy'], says: 'Usage: tradewatch taxonomy' },
    { args: ['taxonomy', 'eval'], says: "missing required argument 'file'" },
    { args: ['subscriptions', 'preview', 'x', '--days', '400'], says: 'at most 365' },
    { args: ['demo', '--every', 'often'], says: 'It must be a number' },
  ])('ends with 2 and says what is wrong, on stderr alone, for: $args', async ({ args, says }) => {
    const { code, stdout, stderr } = await runCli(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(says);
  });
});
