// Real: the built command line, a site on loopback with its robots.txt, files. No server, no database.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rssFeed, startFeedServer, type FeedServer } from '@tradewatch/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './run-cli.ts';

const env = { TRADEWATCH_ALLOW_PRIVATE_NETWORKS: 'true', DATABASE_URL: '', KAFKA_BROKERS: '' };
let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'tradewatch-cli-'));
});
afterAll(() => rm(cwd, { recursive: true, force: true }));

const yaml = (...sources: object[]) => `# mine\n${sources.map((source) => `- ${JSON.stringify({ jurisdiction: 'US', language: 'en', authority: 'press', interval: '1h', kind: 'rss', ...source })}`).join('\n')}\n`;

describe('tradewatch sources check', () => {
  let site: FeedServer;
  beforeAll(async () => {
    site = await startFeedServer();
    site.set('/robots.txt', { status: 200, body: 'User-agent: tradewatch\nDisallow: /closed' });
    site.set('/good', rssFeed([{ guid: '1', title: 'Quota opens' }]));
    site.set('/closed', rssFeed([{ guid: '2', title: 'Not for us' }]));
    site.set('/page', { status: 200, headers: { 'content-type': 'text/html' }, body: '<html><body><ul><li><a href="/1">Notice 1</a></li></ul></body></html>' });
  });

  it('writes one line a source with what it found, progress to stderr, and ends with 1 when one cannot be read', async () => {
    await writeFile(join(cwd, 'mine.yaml'), yaml(
      { id: 'good', name: 'Good', url: `${site.url}/good` }, { id: 'list', name: 'List', kind: 'html-list', url: `${site.url}/page`, selectors: { item: 'li' } },
      { id: 'saved', name: 'Saved', url: `${site.url}/page`, fallbacks: [`${site.url}/good`] }, { id: 'closed', name: 'Closed', url: `${site.url}/closed` }, { id: 'off', name: 'Off', url: `${site.url}/off`, enabled: false },
    ));
    const { code, lines, stderr } = await runCli(['sources', 'check', 'mine.yaml'], { cwd, env });
    expect(code).toBe(1);
    expect(Object.fromEntries(lines.map((line) => [line['id'], [line['verdict'], line['reachable'], line['robots'], line['format'], line['entries']]]))).toEqual({
      good: ['ok', true, 'allowed', 'rss', 1], list: ['ok', true, 'allowed', 'html', 1], saved: ['fallback', true, 'allowed', 'html', null], closed: ['failed', true, 'disallowed', null, null],
    });
    expect(lines.find(({ id }) => id === 'good')).toMatchObject({ name: 'Good', kind: 'rss', url: `${site.url}/good`, contentType: expect.stringContaining('rss') as unknown, newest: expect.stringMatching(/^\d{4}-/) as unknown, ms: expect.any(Number) as unknown, fallbacks: [] });
    expect(stderr).toMatch(/^\d\/4 good: ok, 1 entry$/m);
    expect(stderr).toMatch(/^\d\/4 closed: failed \(The robots\.txt of .* asks crawlers not to read this address\)$/m);
    expect(stderr.trimEnd().split('\n').at(-1)).toMatch(/2 ok.*1 switched off and not asked/);
    expect(site.requests.filter(({ path }) => path === '/robots.txt')).toHaveLength(1);
    expect(site.requests.every(({ headers }) => headers['user-agent']?.startsWith('tradewatch/'))).toBe(true);
    expect(site.mostAtOnce()).toBe(1);
  });

  it('ends with 0 when all can be read, also of a list of feeds on stdin', async () => {
    const input = `<opml version="2.0"><body><outline text="Good" xmlUrl="${site.url}/good"/></body></opml>`;
    const { code, lines } = await runCli(['sources', 'check', '-'], { cwd, env, input });
    expect({ code, lines }).toMatchObject({ code: 0, lines: [{ id: 'good', verdict: 'ok' }] });
  });

  it('reaches no private address unless it is told to', async () => {
    await writeFile(join(cwd, 'private.yaml'), yaml({ id: 'good', name: 'Good', url: 'http://127.0.0.1/good' }));
    const { code, lines } = await runCli(['sources', 'check', 'private.yaml'], { cwd, env: { ...env, TRADEWATCH_ALLOW_PRIVATE_NETWORKS: 'false' } });
    expect({ code, lines }).toMatchObject({ code: 1, lines: [{ verdict: 'failed', reachable: false, robots: null, error: { code: 'blocked-address' } }] });
  });

  it.each([
    ['- id: a\n', 'bad.yaml: source "a" (entry 1): name: is missing'],
    ['<opml><body>\n<outline text="x"', 'bad.yaml: Line 1: the file breaks off before the <body> that begins here is closed'],
  ])('says in one line what is wrong with the file %j', async (content, message) => {
    await writeFile(join(cwd, 'bad.yaml'), content);
    const { code, stdout, stderr } = await runCli(['sources', 'check', 'bad.yaml'], { cwd, env });
    expect({ code, stdout, stderr }).toEqual({ code: 1, stdout: '', stderr: `${message}\n` });
  });

  it('takes a missing file for a failure and a bad option for wrong usage', async () => {
    expect(await runCli(['sources', 'check', 'nowhere.yaml'], { cwd, env })).toMatchObject({ code: 1, stderr: 'nowhere.yaml: no such file\n' });
    expect((await runCli(['sources', 'check', '--concurrency', '0'], { cwd, env })).code).toBe(2);
  });
});

describe('tradewatch sources list, export and import', () => {
  it('lists the catalog that ships, one source a line', async () => {
    const { code, lines, stderr } = await runCli(['sources', 'list'], { cwd, env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(lines.length).toBeGreaterThanOrEqual(70);
    expect(lines.find(({ id }) => id === 'dof')).toMatchObject({ kind: 'dof', jurisdiction: 'MX', interval: '1h', url: expect.stringContaining('{DD-MM-YYYY}') as unknown });
  });

  it('takes what it exported for the same sources, and adds to a file only what is new there', async () => {
    const { stdout: opml } = await runCli(['sources', 'export'], { cwd, env });
    const exported = await runCli(['sources', 'list', '-'], { cwd, env, input: opml });
    const shipped = await runCli(['sources', 'list'], { cwd, env });
    const byId = (list: readonly Record<string, unknown>[]) => list.toSorted((a, b) => (String(a['id']) < String(b['id']) ? -1 : 1));
    expect(byId(exported.lines)).toEqual(byId(shipped.lines));

    await writeFile(join(cwd, 'some.yaml'), yaml({ id: 'one', name: 'One', url: 'https://one.example/rss' }));
    const list = '<opml version="2.0"><body><outline text="Prensa">\n<outline text="One" xmlUrl="http://www.one.example/rss/"/>\n<outline text="One" xmlUrl="https://two.example/rss"/>\n<outline text="Bad" xmlUrl="nowhere"/></outline></body></opml>';
    const imported = await runCli(['sources', 'import', '-', '--into', 'some.yaml', '--jurisdiction', 'MX', '--language', 'es'], { cwd, env, input: list });
    expect(imported.code).toBe(1);
    expect(imported.lines).toMatchObject([{ line: 2, outcome: 'duplicate', id: 'one' }, { line: 3, outcome: 'added', id: 'one-2', name: 'One' }, { line: 4, outcome: 'refused', message: expect.stringContaining('web address') as unknown }]);
    expect(imported.stderr).toMatch(/^-:4: url: must be a web address/);
    expect(await readFile(join(cwd, 'some.yaml'), 'utf8')).toMatch(/^# mine\n/);
    expect((await runCli(['sources', 'list', 'some.yaml'], { cwd, env })).lines).toMatchObject([{ id: 'one', folder: null }, { id: 'one-2', jurisdiction: 'MX', language: 'es', folder: 'Prensa', interval: '1h' }]);
    const again = await runCli(['sources', 'import', '-', '--into', 'some.yaml'], { cwd, env, input: list });
    expect(again.lines.map(({ outcome }) => outcome)).toEqual(['duplicate', 'duplicate', 'refused']);
    expect((await runCli(['sources', 'list', 'some.yaml'], { cwd, env })).lines).toHaveLength(2);
  });

  it('makes the file where there is none, and refuses a bad default by its name', async () => {
    const input = '<opml><body><outline text="A" xmlUrl="https://a.example/rss"/></body></opml>';
    expect((await runCli(['sources', 'import', '-', '--into', 'new.yaml'], { cwd, env, input })).code).toBe(0);
    expect((await runCli(['sources', 'list', 'new.yaml'], { cwd, env })).lines).toMatchObject([{ id: 'a', url: 'https://a.example/rss' }]);
    expect(await runCli(['sources', 'import', '-', '--authority', 'rumour'], { cwd, env, input })).toMatchObject({ code: 2, stderr: '--authority must be one of official, press, law-firm, think-tank\n' });
  });
});
