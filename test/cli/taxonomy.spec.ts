// Real: the built command line, files, the shipped taxonomy and our own labelled articles.
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, runCli, type CliRun } from './run-cli.ts';

const data = join(root, 'libs/taxonomy/data');
const heldOut = join(root, 'libs/taxonomy/gold/held-out.jsonl');
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tradewatch-taxonomy-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ofType = (run: CliRun, type: string): Record<string, unknown>[] => run.lines.filter((line) => line['type'] === type);
const labels = { relevant: true, sectors: [], topics: [], authorities: [], jurisdictions: [], developments: [] };
const gold = (...lines: unknown[]): string => lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');

describe('tradewatch taxonomy check', () => {
  it('passes the shipped files, in the program and in their folder, as the same version', async () => {
    const [shipped, fromFolder] = [await runCli(['taxonomy', 'check']), await runCli(['taxonomy', 'check', data])];
    for (const { code, stderr } of [shipped, fromFolder]) expect({ code, last: stderr.trimEnd().split('\n').at(-1) }).toEqual({ code: 0, last: expect.stringContaining('no errors') });
    expect(fromFolder.lines.at(-1)).toMatchObject({ level: 'summary', errors: 0, tags: 46, version: shipped.lines.at(-1)!['version'] });
  });

  it('names every error with its file and line, and ends with 1', async () => {
    const broken = join(folder, 'broken');
    await cp(data, broken, { recursive: true });
    const topics = (await readFile(join(data, 'topics.yaml'), 'utf8')).split('\n');
    const line = topics.findIndex((text) => text.startsWith('- id: ')) + 2;
    topics.splice(line - 1, 0, '  weigt: 3');
    await writeFile(join(broken, 'topics.yaml'), topics.join('\n'));
    await writeFile(join(broken, 'scoring.yaml'), 'title: [');
    await rm(join(broken, 'facts.yaml'));
    const { code, lines, stderr } = await runCli(['taxonomy', 'check', broken]);
    expect(code).toBe(1);
    expect(lines).toEqual(expect.arrayContaining([
      expect.objectContaining({ level: 'error', file: join(broken, 'topics.yaml'), message: expect.stringContaining('weigt') }),
      expect.objectContaining({ level: 'error', file: join(broken, 'scoring.yaml'), line: 1 }),
      expect.objectContaining({ level: 'error', file: join(broken, 'facts.yaml'), message: 'the file is missing' }),
    ]));
    expect(stderr).toMatch(/scoring\.yaml:1: .+/);
    expect(stderr).toMatch(/3 errors: this taxonomy cannot be used\n$/);
  });

  it('says when there is no such folder', async () => {
    expect(await runCli(['taxonomy', 'check', join(folder, 'nowhere')])).toMatchObject({ code: 1, stdout: '', stderr: `${join(folder, 'nowhere')}: no such folder\n` });
    expect(await runCli(['taxonomy', 'check', heldOut])).toMatchObject({ code: 1, stdout: '', stderr: `${heldOut}: no such folder\n` });
  });
});

describe('tradewatch taxonomy eval', () => {
  it('gives precision, recall and F1 for every field, tag and language, as lines and as a table', async () => {
    const run = await runCli(['taxonomy', 'eval', heldOut]);
    expect(run.code).toBe(0);
    expect(ofType(run, 'field')).toEqual(expect.arrayContaining(['all', 'en', 'es', 'fr'].map((language) => expect.objectContaining({ field: 'sectors', language, precision: expect.any(Number), recall: expect.any(Number), f1: expect.any(Number) }))));
    expect(ofType(run, 'tag')).toEqual(expect.arrayContaining([expect.objectContaining({ field: 'topics', tag: 'tariff-measures', language: 'all' }), expect.objectContaining({ field: 'sectors', tag: 'automotive', language: 'es' })]));
    expect(ofType(run, 'summary')).toEqual([{ type: 'summary', files: [heldOut], articles: (await readFile(heldOut, 'utf8')).trim().split('\n').length, badLines: 0, taxonomyVersion: expect.any(String) }]);
    expect(run.stderr).toMatch(/^ {2}sectors( +[01]\.\d{3}){6}$/m);
    for (const { f1 } of ofType(run, 'field').filter(({ field }) => field === 'relevant')) expect(f1).toBeGreaterThan(0.85);
  });

  it('tells each error with its line, and the phrases responsible or how near a miss was', async () => {
    const file = join(folder, 'errors.jsonl');
    await writeFile(file, gold(
      { id: 'wrong', language: 'en', title: 'Mexico raises its tariff on Chinese steel to 35%', text: '', labels: { ...labels, sectors: ['steel-aluminum'], jurisdictions: ['MX', 'CN'] } },
      { id: 'missed', language: 'fr', title: 'Le dépanneur ferme ses portes', text: '', labels: { ...labels, sectors: ['consumer-retail'] } },
    ));
    const errors = ofType(await runCli(['taxonomy', 'eval', file]), 'error');
    expect(errors).toEqual(expect.arrayContaining([
      expect.objectContaining({ error: 'wrong', field: 'topics', tag: 'tariff-measures', file, line: 1, id: 'wrong', evidence: expect.arrayContaining([expect.objectContaining({ field: 'title', text: expect.stringMatching(/tariff/) })]) }),
      expect.objectContaining({ error: 'missed', field: 'sectors', tag: 'consumer-retail', file, line: 2, id: 'missed', score: expect.any(Number) }),
      expect.objectContaining({ error: 'missed', field: 'relevant', line: 2, threshold: 0.5 }),
    ]));
  });

  it('names bad lines by number, judges the others, and ends with 1', async () => {
    const file = join(folder, 'bad.jsonl');
    const good = { id: 'a', language: 'en', title: 'Weather', text: '', labels: { ...labels, relevant: false } };
    await writeFile(file, gold(good, '{]', '', { ...good, labels: { ...good.labels, sectors: ['steel'] } }, { ...good, title: undefined }, { ...good, labels: { ...good.labels, developments: [{ kind: 'tariff', stage: 'soon' }] } }));
    const { code, stderr, lines } = await runCli(['taxonomy', 'eval', file]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/bad\.jsonl:2: not JSON/);
    expect(stderr).toMatch(/bad\.jsonl:4: labels\.sectors\.0 is no sector: "steel"/);
    expect(stderr).toMatch(/bad\.jsonl:5: title is missing/);
    expect(stderr).toMatch(/bad\.jsonl:6: labels\.developments\.0\.stage /);
    expect(lines.at(-1)).toMatchObject({ type: 'summary', articles: 1, badLines: 4 });
    expect(await runCli(['taxonomy', 'eval', join(folder, 'none.jsonl')])).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('none.jsonl: no such file') });
  });

  it('tries a taxonomy of a folder, and refuses one that is broken', async () => {
    const file = join(folder, 'new-word.jsonl');
    await writeFile(file, gold({ id: 'a', language: 'en', title: 'U.S. tariff on zorblatt machines from Mexico rises', text: 'The tariff on zorblatt from Mexico rises on Monday.', labels: { ...labels, sectors: ['electronics'] } }));
    const changed = join(folder, 'changed');
    await cp(data, changed, { recursive: true });
    const sectors = await readFile(join(data, 'sectors.yaml'), 'utf8');
    await writeFile(join(changed, 'sectors.yaml'), sectors.replace(/(- id: electronics\n(?:.*\n)*? {2}en:\n {4}strong: )/, '$1zorblatt, '));
    const recall = (run: CliRun): unknown => ofType(run, 'tag').find(({ tag, language }) => tag === 'electronics' && language === 'all')?.['recall'];
    expect(recall(await runCli(['taxonomy', 'eval', file]))).toBe(0);
    expect(recall(await runCli(['taxonomy', 'eval', file, '--taxonomy', changed]))).toBe(1);
    await writeFile(join(changed, 'sectors.yaml'), '- id: 3\n');
    expect(await runCli(['taxonomy', 'eval', file, '--taxonomy', changed])).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^sectors\.yaml:1: /) });
  });

  it('writes the report of labelled articles and of a corpus, with weights learnt from other lines', async () => {
    const corpus = join(folder, 'corpus.jsonl');
    await writeFile(corpus, gold(
      { id: '1', title: 'Certain Steel Racks From China: Antidumping Duty Order', text: 'The Department of Commerce is issuing an antidumping duty order.' },
      { id: '2', title: 'Safety Zone; Fireworks, Lake Erie', text: 'The Coast Guard is establishing a temporary safety zone.' },
    ));
    const report = join(folder, 'docs/evaluation.md');
    const run = await runCli(['taxonomy', 'eval', heldOut, '--learn-from', join(root, 'libs/taxonomy/gold/train.jsonl'), '--corpus', corpus, '--report', report]);
    expect(run.code).toBe(0);
    expect(ofType(run, 'corpus')).toMatchObject([{ notices: 2, relevant: 1 }]);
    const text = await readFile(report, 'utf8');
    expect(text).toContain(`--corpus ${corpus} --report ${report}`);
    expect(text).toMatch(/\| relevant \| [01]\.\d{3} \|/);
    expect(text).toContain('| antidumping and countervailing duties | 1 | 1 | 100 % |');
    expect(text).toContain('| Coast Guard | 1 | 0 | 0.00 % |');
  });
});
