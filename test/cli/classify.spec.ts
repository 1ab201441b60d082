// Real: the built command line, its pipes and files, and bash's own pipe.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cliMain, runCli } from './run-cli.ts';

const run = promisify(execFile);
const tariff = { id: 'a', title: 'Section 232 tariff of 35 percent on imported heavy trucks takes effect', text: 'The United States raised its duty on trucks assembled in Mexico this morning.' };
const spanish = { id: 'b', title: 'Entra en vigor el arancel de 35% al acero de China', text: 'El decreto de la Secretaría de Economía de México alcanza 220 fracciones arancelarias.', language: 'es' };
const phone = { id: 'c', title: 'New mobile tariff gives prepaid customers unlimited calls', text: 'The phone company said the tariff is meant for students.' };
const jsonLines = (...articles: object[]): string => articles.map((article) => `${JSON.stringify(article)}\n`).join('');

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tradewatch-cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('tradewatch classify', () => {
  it('writes one line of tags for each article of stdin, in order, with evidence that stands in the article', async () => {
    const { code, lines, stderr } = await runCli(['classify'], { input: jsonLines(tariff, spanish, phone) });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines.map(({ id, relevant, language }) => ({ id, relevant, language }))).toEqual([
      { id: 'a', relevant: true, language: 'en' }, { id: 'b', relevant: true, language: 'es' }, { id: 'c', relevant: false, language: 'en' },
    ]);
    expect(Object.keys(lines[0]!)).toEqual(['id', 'relevant', 'language', 'sectors', 'topics', 'authorities', 'jurisdictions', 'developments', 'facts']);
    const sectors = lines[0]!['sectors'] as { id: string; score: number; evidence: { field: 'title' | 'text'; start: number; end: number; text: string }[] }[];
    expect(sectors.map(({ id }) => id)).toContain('automotive');
    for (const { score, evidence } of sectors) {
      expect(score).toBeGreaterThan(0);
      for (const { field, start, end, text } of evidence) expect(tariff[field].slice(start, end)).toBe(text);
    }
    expect(lines[2]).toMatchObject({ sectors: [], topics: [], authorities: [], jurisdictions: [], developments: [] });
  });

  it('reads a file, and stdin for a hyphen', async () => {
    const file = join(folder, 'articles.jsonl');
    await writeFile(file, jsonLines(tariff, phone));
    const fromFile = await runCli(['classify', file]);
    const fromStdin = await runCli(['classify', '-'], { input: jsonLines(tariff, phone) });
    expect(fromFile.lines).toHaveLength(2);
    expect(fromStdin.stdout).toBe(fromFile.stdout);
  });

  it('takes CRLF, a byte order mark, blank lines and a last line without a line break', async () => {
    const { code, lines, stderr } = await runCli(['classify'], { input: `\uFEFF${JSON.stringify(tariff)}\r\n\r\n  \n${JSON.stringify(phone)}` });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines.map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('gives no output and no complaint for empty input', async () => {
    expect(await runCli(['classify'])).toMatchObject({ code: 0, stdout: '', stderr: '' });
  });

  it('names each bad line with its reason, goes on with the others and ends with 1', async () => {
    const input = Buffer.concat([
      Buffer.from(`{"id":"x",\n${JSON.stringify(tariff)}\n[1]\n{"id":"x","text":""}\n{"id":true,"title":7,"text":"t"}\n`),
      Buffer.from('{"id":"latin","title":"Qu\xe9bec","text":""}\n', 'latin1'),
      Buffer.from(`"text"\nnull\n${JSON.stringify(phone)}\n`),
    ]);
    const { code, lines, stderr } = await runCli(['classify', '-'], { input });
    expect(code).toBe(1);
    expect(lines.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^-:1: not JSON: .+/),
      '-:3: not a JSON object',
      '-:4: title is missing',
      '-:5: id must be a text or a number, title must be a text',
      '-:6: not UTF-8',
      '-:7: not a JSON object',
      '-:8: not a JSON object',
    ]);
  });

  it('says which file it cannot read and why, and ends with 1', async () => {
    expect(await runCli(['classify', join(folder, 'absent.jsonl')])).toMatchObject({ code: 1, stdout: '', stderr: `${join(folder, 'absent.jsonl')}: no such file\n` });
    expect(await runCli(['classify', folder])).toMatchObject({ code: 1, stdout: '', stderr: `${folder}: is a folder, not a file\n` });
  });

  it('ends quietly when the reader of its output leaves (| head)', async () => {
    const file = join(folder, 'many.jsonl');
    await writeFile(file, jsonLines(tariff).repeat(20_000));
    const { stdout, stderr } = await run('bash', ['-c', 'set -o pipefail; "$0" "$1" classify "$2" | head -n 1', process.execPath, cliMain, file]);
    expect(JSON.parse(stdout)).toMatchObject({ id: 'a' });
    expect(stderr).toBe('');
  });

  it('answers line by line while its input is still open', async () => {
    const firstAnswer = Promise.withResolvers<void>();
    const input = (async function* () {
      yield jsonLines(tariff);
      await firstAnswer.promise;
      yield jsonLines(phone);
    })();
    const { lines } = await runCli(['classify'], { input, onOutput: firstAnswer.resolve });
    expect(lines.map(({ id }) => id)).toEqual(['a', 'c']);
  });

  it('streams 300 MB through a heap of 64 MB', async () => {
    const megabytes = 5;
    const line = jsonLines({ ...phone, text: 'The phone company said the tariff is meant for students. '.repeat((megabytes * 1024 * 1024) / 57) });
    const { code, lines, stderr } = await runCli(['classify'], { input: repeated(line, 300 / megabytes), nodeFlags: ['--max-old-space-size=64'] });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines).toHaveLength(300 / megabytes);
  });

  it('refuses a line without end instead of filling the memory, and goes on after it', async () => {
    const endless = async function* () {
      yield '{"id":"endless","title":"';
      for (let megabyte = 0; megabyte < 100; megabyte += 1) yield 'x'.repeat(1024 * 1024);
      yield `"}\n${JSON.stringify(phone)}\n`;
    };
    const { code, lines, stderr } = await runCli(['classify'], { input: endless(), nodeFlags: ['--max-old-space-size=64'] });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '-:1: longer than 32 MB\n' });
    expect(lines.map(({ id }) => id)).toEqual(['c']);
  });
});

async function* repeated(line: string, times: number): AsyncGenerator<string> {
  for (let count = 0; count < times; count += 1) yield line;
}
