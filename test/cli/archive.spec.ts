// Real: the built command line, PostgreSQL, the archive's own tables.
import { randomUUID } from 'node:crypto';
import { MarksStore } from '@tradewatch/archive';
import { Database } from '@tradewatch/database';
import { createTestDatabase } from '@tradewatch/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { archivedRow } from './archived-row.ts';
import { runCli, type CliRun } from './run-cli.ts';

let url: string;
let database: Database;
const tradewatch = (...args: string[]): Promise<CliRun> => runCli(args, { env: { DATABASE_URL: url } });

beforeAll(async () => {
  url = await createTestDatabase();
  database = new Database({ url, poolSize: 1 });
});
afterAll(() => database.$disconnect());

describe('tradewatch search', () => {
  beforeAll(async () => {
    for (let index = 0; index < 120; index++) await archivedRow(database, { title: `Steel notice ${index}`, sectors: ['steel-aluminum'], publishedAt: new Date(Date.UTC(2026, 9, 1, 0, index)) });
    await archivedRow(database, { title: 'Aranceles al aluminio', language: 'es', sectors: ['steel-aluminum'], jurisdictions: ['MX'], developments: ['tariff:proposed'], publishedAt: new Date('2026-10-05T00:00:00Z') });
  });

  it('finds by words and filters as the REST interface does, newest first, a line each', async () => {
    const { code, lines, stderr } = await tradewatch('search', 'aluminio', '--sector', 'steel-aluminum', '--sector', 'energy', '--development', 'tariff');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '1 article\n' });
    expect(lines).toMatchObject([{ title: 'Aranceles al aluminio', language: 'es', jurisdictions: ['MX'], developments: [{ kind: 'tariff', stage: 'proposed' }], publishedAt: '2026-10-05T00:00:00.000Z' }]);
  });

  it('goes on from page to page up to the limit', async () => {
    const { lines, stderr } = await tradewatch('search', 'steel', '--limit', '110');
    expect(lines.map(({ title }) => title)).toEqual(Array.from({ length: 110 }, (_, index) => `Steel notice ${119 - index}`));
    expect(stderr).toBe('110 of 120 articles; --limit shows more\n');
  });

  it('ends with 2 for a filter that means nothing, and with 1 where there is no database', async () => {
    const wrong = await tradewatch('search', '--sector', 'steel', '--from', 'yesterday');
    expect({ code: wrong.code, stdout: wrong.stdout }).toEqual({ code: 2, stdout: '' });
    expect(wrong.stderr).toMatch(/^error: --sector is no sector: use automotive/m);
    expect(wrong.stderr).toMatch(/^error: --from must be an ISO 8601 date/m);
    const nowhere = await runCli(['search', 'steel'], { env: { DATABASE_URL: '', TRADEWATCH_DATA_DIR: '/nowhere/at/all' } });
    expect(nowhere).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('there is no data in /nowhere/at/all: run npm start first') });
  });
});

describe('tradewatch subscriptions', () => {
  it('lists them with owner, channels and alerts, previews one, and pauses it', async () => {
    const user = await database.user.create({ data: { email: 'desk@example.org', passwordHash: 'x' } });
    const channel = await database.channel.create({ data: { userId: user.id, name: 'Desk', type: 'slack', settings: {} } });
    const { id } = await database.subscription.create({ data: { userId: user.id, name: 'Mexican tariffs', filter: { jurisdictions: ['MX'] }, mode: { type: 'instant' }, channels: { create: [{ channelId: channel.id }] } } });
    await database.alert.create({ data: { id: randomUUID(), subscriptionId: id, storyId: randomUUID(), articleId: randomUUID(), cause: 'first', developments: [], content: {}, raisedAt: new Date('2026-10-06T00:00:00Z') } });
    const listed = await tradewatch('subscriptions');
    expect(listed.lines).toMatchObject([{
      id, name: 'Mexican tariffs', owner: 'desk@example.org', enabled: true, filter: { jurisdictions: ['MX'] }, channels: [{ id: channel.id, name: 'Desk', type: 'slack' }],
      alerts: 1, lastAlertAt: '2026-10-06T00:00:00.000Z',
    }]);
    await archivedRow(database, { title: 'México revisa cuotas', language: 'es', jurisdictions: ['MX'], publishedAt: new Date(Date.now() - 60_000) });
    const preview = await tradewatch('subscriptions', 'preview', id, '--days', '2');
    expect(preview.lines).toMatchObject([{ title: 'México revisa cuotas', why: [expect.stringContaining('Mexico')] }]);
    const paused = await tradewatch('subscriptions', 'disable', 'no-such-id', id);
    expect(paused).toMatchObject({ code: 1, lines: [{ id: 'no-such-id', error: { code: 'NOT_FOUND' } }, { id, enabled: false }] });
    expect((await tradewatch('subscriptions', 'list')).lines).toMatchObject([{ id, enabled: false }]);
    expect(await tradewatch('subscriptions', 'enable', id)).toMatchObject({ code: 0, lines: [{ id, enabled: true }] });
    expect(await tradewatch('subscriptions', 'preview', randomUUID())).toMatchObject({ code: 1, lines: [{ error: { code: 'NOT_FOUND' } }] });
  });
});

describe('tradewatch taxonomy marks', () => {
  it('writes what was marked as labelled articles that eval takes as they are', async () => {
    const articleId = await archivedRow(database, { title: 'United States raises steel tariff to 50 percent', sectors: ['steel-aluminum', 'energy'] });
    const mark = (dimension: string, tag: string, verdict: 'right' | 'wrong' | 'missing') => new MarksStore(database).put(randomUUID(), articleId, { revision: 1, dimension: dimension as 'sector', tag, verdict });
    for (const marked of [await mark('sector', 'energy', 'wrong'), await mark('topic', 'tariff-measures', 'missing'), await mark('development', 'tariff:announced', 'missing')]) expect(marked).toBe(true);
    const { code, stdout, lines, stderr } = await tradewatch('taxonomy', 'marks');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '1 marked revision\n' });
    expect(lines).toMatchObject([{
      id: `${articleId}#1`, language: 'en', title: 'United States raises steel tariff to 50 percent', text: '',
      labels: { relevant: true, sectors: ['steel-aluminum'], topics: ['tariff-measures'], authorities: [], jurisdictions: [], developments: [{ kind: 'tariff', stage: 'announced' }] },
    }]);
    const evaluated = await runCli(['taxonomy', 'eval', '-'], { input: stdout });
    expect(evaluated).toMatchObject({ code: 0, stderr: expect.stringContaining('1 article, 0 bad lines') });
    expect(evaluated.lines).toEqual(expect.arrayContaining([expect.objectContaining({ type: 'tag', tag: 'tariff-measures', language: 'all', recall: 1 })]));
    const judged = await runCli(['taxonomy', 'eval', '--judged-only', '-'], { input: stdout });
    expect(judged.lines.filter(({ type, language, field }) => type === 'tag' && language === 'all' && field !== 'kinds').map(({ field, tag }) => `${String(field)} ${String(tag)}`))
      .toEqual(expect.arrayContaining(['topics tariff-measures', 'kindsWithStage tariff/announced']));
    expect(judged.stdout).not.toContain('"steel-aluminum"');
  });
});
