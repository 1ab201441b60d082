/// <reference lib="dom" />
// The editor's pages in a real Chromium, on the real product with articles crawled from a local site.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { startFeedServer, waitFor } from '@tradewatch/testing';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { headlines, rss } from '../e2e/feed-fixture.ts';
import { adminPassword, Product, type ArticleList } from '../e2e/product.ts';

let product: Product;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let axe: string;
const failures: string[] = [];

beforeAll(async () => {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Error('Browser tests need Chromium: install it (Debian: apt-get install chromium) or name it in CHROMIUM_PATH.');
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const site = await startFeedServer();
  [product, browser] = await Promise.all([
    Product.start(),
    chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] }),
  ]);
  await product.api('/api/sources', { method: 'POST', body: { id: 'notices', name: 'Notices', kind: 'rss', url: site.set('/feed.xml', rss('Notices', 'https://notices.example', headlines(40, new Date()))), jurisdiction: 'US', language: 'en', authority: 'official', interval: '15m' } });
  await waitFor('the articles', async () => (await product.api<ArticleList>('/api/articles?limit=1')).total === 40, 60_000);
});
afterAll(() => browser?.close());

beforeEach(async () => {
  await context?.close();
  await open({ width: 1280, height: 900 }, 'light');
});

async function open(viewport: { width: number; height: number }, colorScheme: 'light' | 'dark'): Promise<void> {
  context = await browser.newContext({ viewport, colorScheme });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => failures.push(error.message));
}

async function signIn(path: string): Promise<void> {
  await page.goto(product.address + path);
  await page.getByLabel('Email').fill('admin@localhost');
  await page.locator('input[type=password]').fill(adminPassword);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${path}`);
}

/** What axe finds against WCAG 2.2 A and AA, in words. */
async function accessibilityFaults(): Promise<string[]> {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: { run(context: Document, options: object): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> } }).axe
      .run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`));
  });
}

const marked = async (): Promise<{ dimension: string; tag: string; verdict: string }[]> =>
  (await product.api<{ items: { dimension: string; tag: string; verdict: string }[] }>('/api/taxonomy/marks')).items.map(({ dimension, tag, verdict }) => ({ dimension, tag, verdict }));
const pressed = (name: string | RegExp) => page.getByRole('button', { name, pressed: true });
const unpressed = (name: string | RegExp) => page.getByRole('button', { name, pressed: false });

describe('the editor\'s pages', () => {
  it('list every tag with its articles, and find one by a word', async () => {
    await signIn('/taxonomy');
    await page.getByRole('heading', { name: 'Sectors' }).waitFor();
    for (const title of ['Topics', 'Legal authorities', 'Developments', 'Jurisdictions']) expect(await page.getByRole('heading', { name: title }).count()).toBe(1);
    const steel = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: 'Steel and aluminum', exact: true }) });
    await steel.getByText(/[1-9]\d* articles?/).waitFor();
    await page.getByLabel('Find a tag').fill('lumber');
    await waitFor('one tag', async () => (await page.locator('main h3').count()) === 1);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/taxonomy/sector/lumber-wood');
    await page.getByRole('heading', { level: 1, name: 'Lumber and wood' }).or(page.getByRole('heading', { level: 1 })).first().waitFor();
  });

  it('show a tag\'s names, its phrases by language with their weight, and what must stand beside them', async () => {
    await signIn('/taxonomy/topic/joint-review');
    await page.getByRole('heading', { level: 1, name: 'Joint review' }).waitFor();
    await page.getByText('joint review', { exact: true }).waitFor();
    await page.getByText(/Names the subject \(counts 3\)/).waitFor();
    await page.getByRole('tab', { name: /Spanish/ }).click();
    await page.getByText('revision conjunta', { exact: true }).waitFor();
    await page.getByText('One of these must stand in the article').waitFor();
    await page.getByRole('tab', { name: /English/ }).click();
    const before = await page.getByRole('tabpanel').getByRole('listitem').count();
    await page.getByRole('button', { name: /Show all/ }).first().click();
    expect(await page.getByRole('tabpanel').getByRole('listitem').count()).toBeGreaterThan(before);
    await page.goto(`${product.address}/taxonomy/topic/no-such-tag`);
    await page.getByText('There is no such tag').waitFor();
  });

  it('let an analyst say under a tag that it is wrong on an article, from the keyboard, and take it back', async () => {
    await signIn('/taxonomy/topic/tariff-measures');
    await page.locator('main mark').first().waitFor();
    expect((await page.locator('main mark').allTextContents()).join(' ')).toMatch(/tariff|duty/i);
    await page.keyboard.press('j');
    await page.keyboard.press('n');
    await waitFor('the mark', async () => (await marked()).length === 1);
    expect(await marked()).toEqual([{ dimension: 'topic', tag: 'tariff-measures', verdict: 'wrong' }]);
    await pressed(/is wrong$/).waitFor();
    await page.keyboard.press('y');
    await waitFor('the other word', async () => (await marked())[0]?.verdict === 'right');
    await page.reload();
    await pressed(/is right$/).click();
    await waitFor('no mark', async () => (await marked()).length === 0);
    await unpressed(/is right$/).first().waitFor();
  });

  it('let an analyst mark tags right, wrong and missing on an article, and give all of it to eval', async () => {
    await signIn('/taxonomy/topic/tariff-measures');
    await page.locator('main h3 a').first().click();
    await page.getByRole('heading', { name: 'Tags and their evidence' }).waitFor();
    const tags = page.locator('section[aria-labelledby=tags-title]');
    await tags.getByRole('button', { name: 'United States is right' }).click();
    await tags.getByRole('button', { name: /^Tariff: .* is wrong$/ }).first().click();
    await tags.getByRole('combobox', { name: 'A tag is missing' }).fill('232');
    await page.getByRole('option', { name: /232/ }).click();
    await tags.getByRole('list', { name: 'Tags marked as missing' }).getByText(/232/).waitFor();
    await waitFor('three marks', async () => (await marked()).length === 3);
    expect((await marked()).map(({ dimension, verdict }) => `${dimension} ${verdict}`).toSorted()).toEqual(['authority missing', 'development wrong', 'jurisdiction right']);
    await page.reload();
    await tags.getByRole('button', { name: 'United States is right', pressed: true }).waitFor();
    await tags.getByRole('list', { name: 'Tags marked as missing' }).getByText(/232/).waitFor();

    const [line, ...others] = (await (await product.request('/api/taxonomy/marks.ndjson')).text()).trim().split('\n').map((text) => JSON.parse(text) as { labels: { authorities: string[]; developments: unknown[] } });
    expect(others).toEqual([]);
    expect(line!.labels.authorities).toContain('s232');

    await page.goto(`${product.address}/taxonomy`);
    const latest = page.locator('section[aria-labelledby=latest-title]');
    await latest.getByText('missing').waitFor();
    expect(await latest.getByRole('listitem').count()).toBe(3);
    await page.getByRole('link', { name: 'Download 3 marks' }).waitFor();
    await latest.getByRole('link').nth(1).click();
    await tags.getByRole('button', { name: /^Take back: .* is missing$/ }).click();
    await waitFor('two marks', async () => (await marked()).length === 2);
  });

  it('mark the tag in hand with y and n on an article, and lead from it to its phrases', async () => {
    await signIn('/taxonomy/topic/tariff-measures');
    await page.locator('main h3 a').nth(1).click();
    const pill = page.locator('section[aria-labelledby=tags-title] button[title]').filter({ hasText: 'Tariff measures' }).first();
    await pill.click();
    const before = (await marked()).length;
    await page.keyboard.press('y');
    await waitFor('the mark', async () => (await marked()).length === before + 1);
    await page.getByRole('button', { name: 'Tariff measures is right', pressed: true }).waitFor();
    await page.getByRole('link', { name: /Phrases and other articles of Tariff measures/ }).click();
    await page.waitForURL('**/taxonomy/topic/tariff-measures');
  });

  it.each([
    { scheme: 'light', width: 1280 }, { scheme: 'dark', width: 1280 }, { scheme: 'light', width: 390 }, { scheme: 'dark', width: 390 },
  ] as const)('break no accessibility rule and fit the screen: $scheme, $width px', async ({ scheme, width }) => {
    await context.close();
    await open({ width, height: 800 }, scheme);
    await signIn('/taxonomy');
    await page.getByRole('heading', { name: 'Sectors' }).waitFor();
    await page.getByText(/\d articles?/).first().waitFor();
    expect(await accessibilityFaults()).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.goto(`${product.address}/taxonomy/topic/tariff-measures`);
    await page.locator('main mark').first().waitFor();
    expect(await accessibilityFaults()).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await page.locator('main h3 a').first().click();
    await page.getByRole('heading', { name: 'Tags and their evidence' }).waitFor();
    await page.getByRole('combobox', { name: 'A tag is missing' }).waitFor();
    expect(await accessibilityFaults()).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  it('met no error in all of this', () => {
    expect(failures).toEqual([]);
  });
});
