// Real: the built command line and files in the formats that sources publish.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const cwd = join(import.meta.dirname, 'fixtures');

describe('tradewatch feed parse', () => {
  it('writes the feed and its entries: text decoded, links absolute, times in UTC, markup safe', async () => {
    const { code, lines, stderr } = await runCli(['feed', 'parse', 'noticias.rss', '--url', 'https://comercio.example/feed.rss'], { cwd });
    expect({ code, stderr, lines: lines.length }).toEqual({ code: 0, stderr: '', lines: 1 });
    expect(lines[0]).toMatchObject({
      file: 'noticias.rss',
      feed: { title: 'Comercio Exterior al Día', link: 'https://comercio.example/', description: 'Notas de ejemplo', language: expect.stringMatching(/^es/) },
    });
    const [entry, bare] = lines[0]!['entries'] as Record<string, string | null>[];
    expect(Object.keys(entry!)).toEqual(['id', 'title', 'link', 'published', 'updated', 'author', 'summary', 'content']);
    expect(entry).toMatchObject({
      id: 'nota-1', title: 'Economía publica cupo de azúcar', link: 'https://comercio.example/notas/cupo-azucar',
      published: '2026-02-03T14:30:00.000Z', updated: null, author: 'Lucía Barragán',
    });
    expect(entry!['content']).toContain('<b>sube</b>');
    expect(entry!['content']).not.toContain('script');
    expect(bare).toMatchObject({ title: 'Sin fecha ni autor', published: null, updated: null, author: null, summary: null, content: null });
  });

  it('reads several files in order, one line each; one that is no feed says so and costs the others nothing', async () => {
    const { code, lines, stderr } = await runCli(['feed', 'parse', 'notices.atom', 'page.html', 'absent.rss', '.', 'noticias.rss'], { cwd });
    expect(code).toBe(1);
    expect(lines.map(({ file, error }) => ({ file, code: (error as { code: string } | undefined)?.code }))).toEqual([
      { file: 'notices.atom', code: undefined }, { file: 'page.html', code: 'not-a-feed' }, { file: 'absent.rss', code: 'not-found' },
      { file: '.', code: 'not-a-file' }, { file: 'noticias.rss', code: undefined },
    ]);
    expect(lines[0]).toMatchObject({ feed: { title: 'Avis douaniers', language: 'fr' }, entries: [{ published: '2026-02-28T14:00:00.000Z', updated: '2026-03-01T12:00:00.000Z', author: 'Agence' }] });
    expect(stderr).toMatch(/^page\.html: .*web page.*\nabsent\.rss: no such file\n\.: is a folder, not a file\n$/);
  });

  it('reads stdin for a hyphen, and believes the HTTP Content-Type where the document does not say its encoding', async () => {
    const input = Buffer.from((await readFile(join(cwd, 'noticias.rss'), 'latin1')).replace(' encoding="ISO-8859-1"', ''), 'latin1');
    const { code, lines } = await runCli(['feed', 'parse', '-', '--content-type', 'application/rss+xml; charset=iso-8859-1'], { input });
    expect(code).toBe(0);
    expect(lines[0]).toMatchObject({ file: '-', entries: [{ author: 'Lucía Barragán' }, {}] });
  });

  it('answers an empty document with an error of its own', async () => {
    const { code, lines } = await runCli(['feed', 'parse', '-']);
    expect({ code, error: lines[0]!['error'] }).toMatchObject({ code: 1, error: { code: 'empty' } });
  });
});
