// Real: the built command line and pages as newsrooms publish them.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const cwd = join(import.meta.dirname, 'fixtures');

describe('tradewatch extract', () => {
  it('writes title, byline, time, language and the text alone, whatever the encoding of the page', async () => {
    const { code, lines, stderr } = await runCli(['extract', 'article.html', '--url', 'https://diario.example/cupo'], { cwd });
    expect({ code, stderr, lines: lines.length }).toEqual({ code: 0, stderr: '', lines: 1 });
    expect(Object.keys(lines[0]!)).toEqual(['file', 'title', 'byline', 'published', 'language', 'text', 'quality']);
    expect(lines[0]).toMatchObject({
      file: 'article.html', title: 'Economía amplía el cupo de acero', byline: 'Lucía Barragán', published: '2026-03-04T15:15:00.000Z', language: 'es',
      text: expect.stringMatching(/^La Secretaría de Economía amplió[^]*\n\nEl acuerdo permite[^]*tres estados\.$/), quality: { verdict: 'article' },
    });
    expect(lines[0]!['text']).not.toMatch(/Suscríbete|privacidad|other/);
  });

  it('answers a page that is no article with its verdict, and a file that is not there with an error and exit code 1', async () => {
    const { code, lines, stderr } = await runCli(['extract', 'page.html', 'absent.html', 'article.html'], { cwd });
    expect(code).toBe(1);
    expect(lines).toMatchObject([
      { file: 'page.html', quality: { verdict: expect.not.stringMatching(/^article$/) } },
      { file: 'absent.html', error: { code: 'not-found', message: 'no such file' } },
      { file: 'article.html', quality: { verdict: 'article' } },
    ]);
    expect(stderr).toBe('absent.html: no such file\n');
  });
});
