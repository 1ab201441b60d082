/// <reference lib="dom" />
// The web app in a real Chromium, on the real product with articles crawled from a local site.
import { existsSync } from 'node:fs';
import { startFeedServer, startSlackReceiver, waitFor, type SlackReceiver } from '@tradewatch/testing';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { headlines, rss } from '../e2e/feed-fixture.ts';
import { adminPassword, Product, type ArticleList } from '../e2e/product.ts';

let product: Product;
let slack: SlackReceiver;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const outside: string[] = [];
const failures: string[] = [];

beforeAll(async () => {
  const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
  if (!existsSync(executablePath)) throw new Error('Browser tests need Chromium: install it (Debian: apt-get install chromium) or name it in CHROMIUM_PATH.');
  const site = await startFeedServer();
  slack = await startSlackReceiver();
  [product, browser] = await Promise.all([
    Product.start(),
    chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] }),
  ]);
  await product.api('/api/sources', { method: 'POST', body: { id: 'notices', name: 'Notices', kind: 'rss', url: site.set('/feed.xml', rss('Notices', 'https://notices.example', headlines(60, new Date()))), jurisdiction: 'US', language: 'en', authority: 'official', interval: '15m' } });
  await product.api('/api/sources', { method: 'POST', body: { id: 'gone', name: 'Gone', kind: 'rss', url: `${site.url}/nowhere.xml`, jurisdiction: 'CA', language: 'fr', authority: 'press', interval: '15m' } });
  await waitFor('the articles', async () => (await product.api<ArticleList>('/api/articles?limit=1')).total === 60, 60_000);
});
afterAll(() => browser?.close());

beforeEach(async () => {
  await context?.close();
  context = await browser.newContext({ viewport: { width: 1280, height: 860 }, colorScheme: 'light' });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  page.on('request', (request) => {
    if (!request.url().startsWith(product.address) && !request.url().startsWith('data:')) outside.push(request.url());
  });
  page.on('pageerror', (error) => failures.push(error.message));
});

async function signIn(path = '/articles'): Promise<void> {
  await page.goto(product.address + path);
  await page.getByLabel('Email').fill('admin@localhost');
  await page.locator('input[type=password]').fill(adminPassword);
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${path}`);
}

const articleLinks = () => page.locator('[data-article-link]');
const focusedText = (): Promise<string | null | undefined> => page.evaluate(() => document.activeElement?.textContent);

describe('the web app', () => {
  it('refuses a wrong password in words, then signs in and returns to the page that was asked for', async () => {
    await page.goto(`${product.address}/articles?sector=steel-aluminum`);
    await page.getByLabel('Email').fill('admin@localhost');
    await page.locator('input[type=password]').fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByText(/password is wrong/i).first().waitFor();
    await page.locator('input[type=password]').fill(adminPassword);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/articles?sector=steel-aluminum');
    await articleLinks().first().waitFor();
  });

  it('searches from the keyboard, and the address can be shared', async () => {
    await signIn();
    await articleLinks().first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('ceramic');
    await page.waitForURL('**q=ceramic**');
    await waitFor('only hits', async () => {
      const titles = await articleLinks().allTextContents();
      return titles.length > 0 && titles.every((title) => /ceramic/i.test(title));
    });
    const shared = page.url();
    const other = await context.newPage();
    await other.goto(shared);
    await other.locator('[data-article-link]').first().waitFor();
    expect(await other.locator('[data-article-link]').allTextContents()).toEqual(await articleLinks().allTextContents());
  });

  it('moves through the list with j and k, opens with Enter, comes back to the same row with Escape', async () => {
    await signIn();
    await articleLinks().first().waitFor();
    for (const key of ['j', 'j', 'k']) await page.keyboard.press(key);
    const title = await focusedText();
    expect(title).toBe(await articleLinks().first().textContent());
    await page.keyboard.press('Enter');
    await page.waitForURL('**/articles/*');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title);
    await page.keyboard.press('Escape');
    await page.waitForURL('**/articles');
    await waitFor('the same row', async () => (await focusedText()) === title);
  });

  it('narrows by facets, shows them as chips, and widens again', async () => {
    await signIn();
    await page.getByRole('checkbox', { name: /^Tariff,/ }).click();
    await page.waitForURL('**development=tariff**');
    await page.getByRole('button', { name: /Remove the filter/ }).first().click();
    await waitFor('the filter to go', () => !page.url().includes('development'));
  });

  it('hides what is not trade policy until it is asked for', async () => {
    await signIn();
    await articleLinks().first().waitFor();
    expect((await articleLinks().allTextContents()).filter((title) => title.includes('library'))).toEqual([]);
    await page.getByRole('switch', { name: 'Trade policy only' }).click({ force: true });
    await waitFor('the others', async () => (await articleLinks().allTextContents()).some((title) => title.includes('library')));
  });

  it('lights up the evidence of a tag in the article', async () => {
    await signIn();
    await articleLinks().first().click();
    const tag = page.locator('[aria-pressed]').first();
    await tag.focus();
    await waitFor('lit evidence', async () => (await page.locator('mark[data-active]').count()) > 0);
  });

  it('makes a channel, sends a test to it, and makes a subscription that says what is missing', async () => {
    await signIn('/channels');
    await page.getByRole('button', { name: /channel/i }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Trade desk');
    await dialog.getByLabel('Webhook address').fill(slack.url('/services/browser'));
    await dialog.getByRole('button', { name: /Add the channel|Save/ }).click();
    await page.getByRole('heading', { name: 'Trade desk' }).or(page.getByText('Trade desk')).first().waitFor();
    await page.getByRole('button', { name: /send a test/i }).first().click();
    await waitFor('the test message', () => slack.accepted('/services/browser').length === 1);

    await page.goto(`${product.address}/subscriptions/new?development=tariff`);
    await page.getByRole('button', { name: 'Create the subscription' }).click();
    await page.locator('[aria-invalid=true]').first().waitFor();
    await page.getByLabel('Name').fill('Tariffs for the desk');
    await page.locator('section[aria-labelledby=channels] input[type=checkbox]').first().check();
    await page.getByRole('button', { name: 'Create the subscription' }).click();
    await page.waitForURL('**/subscriptions');
    await page.getByText('Tariffs for the desk').first().waitFor();
  });

  it('says in words how each source is', async () => {
    await signIn('/sources');
    await page.getByText(/404/).first().waitFor();
    await page.getByText('Nothing at this address', { exact: true }).waitFor();
    await page.getByText(/if the site has put its feed elsewhere, enter the new address here/).waitFor();
    await page.getByText('Notices').first().waitFor();
  });

  it('adds a page with a list by its selectors, refuses a broken one beside its field, and takes in a list of feeds', async () => {
    await signIn('/sources');
    await page.getByRole('button', { name: 'Add a source' }).click();
    await page.getByLabel('Name').fill('Ministry');
    await page.getByLabel('Address', { exact: true }).fill('https://ministry.invalid/news');
    await page.getByRole('combobox', { name: 'Kind' }).click();
    await page.getByRole('option', { name: 'Web page with a list' }).click();
    await page.getByRole('button', { name: 'Add the source' }).click();
    await page.getByText('Say where an article of the list stands').waitFor();
    await page.getByLabel('One article').fill('li:::');
    await page.getByRole('button', { name: 'Add the source' }).click();
    await page.getByText('must be a CSS selector').waitFor();
    await page.getByLabel('One article').fill('li.news');
    await page.getByRole('button', { name: 'Add the source' }).click();
    await page.getByRole('heading', { name: 'Ministry' }).waitFor();
    const opml = '<opml version="2.0"><body><outline text="Customs" xmlUrl="https://customs.invalid/rss"/>\n<outline text="Broken" xmlUrl="nowhere"/></body></opml>';
    await page.locator('input[type=file]').setInputFiles({ name: 'feeds.opml', mimeType: 'text/x-opml', buffer: Buffer.from(opml) });
    await page.getByText(/1 added, 1 refused\. Line 2 \(Broken\): url: must be a web address/).waitFor();
    await page.getByRole('heading', { name: 'Customs' }).waitFor();
  });

  it('can be used on a phone and in the dark', async () => {
    await context.close();
    context = await browser.newContext({ viewport: { width: 390, height: 780 }, colorScheme: 'dark' });
    page = await context.newPage();
    await signIn();
    await articleLinks().first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await page.evaluate(() => document.documentElement.getAttribute('data-mantine-color-scheme'))).toBe('dark');
  });

  it('goes to the content first by keyboard, and shows its REST interface', async () => {
    await signIn('/sources');
    await page.getByText('Notices').first().waitFor();
    await page.reload();
    await page.getByText('Notices').first().waitFor();
    await page.keyboard.press('Tab');
    expect(await focusedText()).toBe('Skip to the content');
    await page.goto(`${product.address}/api/docs`);
    await page.getByText('/api/articles').first().waitFor();
  });

  it('asked nothing of any other machine and met no error in all of this', () => {
    expect({ outside, failures }).toEqual({ outside: [], failures: [] });
  });
});
