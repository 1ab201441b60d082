// Real: PostgreSQL, the HTTP client, the gate with robots.txt, a site on loopback, the parsers. Nothing is faked.
import { articleSchema, type Article } from '@tradewatch/events';
import { rssFeed, startFeedServer, waitFor, type FeedServer, type Page } from '@tradewatch/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { startCrawl, type Crawl } from '../crawl.fixture.ts';
import type { SourceDefinition } from '../source/source.ts';

const teaser = 'The ministry raises the duty on steel plates from Monday, importers were told.';
const title = 'Ministry raises the duty on steel plates';
const sentence = (n: number) => `Point ${n} of the order says how the duty on steel plates is assessed for importers, and what the ministry wants declared at the border from Monday on.`;
const prose = (count: number, wrap = (text: string) => `<p>${text}</p>`) => Array.from({ length: count }, (_, n) => wrap(sentence(n + 1))).join('\n');
const fullText = Array.from({ length: 8 }, (_, n) => sentence(n + 1)).join('\n\n');
const html = (body: string, head = '') => ({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8', etag: `"${body.length}"` }, body: `<!doctype html><html lang="es-MX"><head><title>${title} | The Trade Paper</title>${head}</head><body><main>${body}</main></body></html>` });
const articlePage = html(`<article><h1>${title}</h1>${prose(8)}</article>`, '<meta name="author" content="Ana Ruiz"><link rel="canonical" href="https://paper.example/steel">');

let crawl: Crawl;
let site: FeedServer;
let entries = 0;
beforeAll(async () => {
  crawl = await startCrawl({ headersTimeoutMs: 500 });
  site = await startFeedServer();
});

interface Told {
  readonly id: string;
  readonly path: string;
  readonly feed: string;
}

/** A feed with one teaser, polled, and the page it leads to. */
async function told(page: Page | undefined, { text = teaser, date, ...fields }: Partial<SourceDefinition> & { text?: string; date?: string | null } = {}): Promise<Told> {
  entries += 1;
  const path = `/story-${entries}`;
  if (page !== undefined) site.set(path, page);
  const feed = `/feed-${entries}.rss`;
  const id = await crawl.addSource({ url: site.set(feed, rssFeed([{ guid: path, title, link: site.url + path, text, ...(date === undefined ? {} : { date }) }])), ...fields });
  await crawl.pollSource.pollNow(id);
  return { id, path, feed };
}

const revisions = async (id: string): Promise<Article[]> => (await crawl.published(id)).map((article) => articleSchema.parse(article));
const asked = (path: string) => site.requests.filter((request) => request.path === path);
const pageOf = async (id: string) => crawl.database.articlePage.findFirst({ where: { article: { sourceId: id } } });

describe('an article whose feed has a summary only', () => {
  it('is published at once with the summary, and again with the text of its page', async () => {
    const { id, path } = await told(articlePage);
    expect(await revisions(id)).toMatchObject([{ revision: 1, text: teaser, alertable: true }]);
    expect(asked(path)).toEqual([]);
    await crawl.pageLoop.runDue();
    const [, full] = await revisions(id);
    expect(full).toMatchObject({ revision: 2, title, text: fullText, author: 'Ana Ruiz', claimedLanguage: 'es', alertable: true, completes: true });
    expect(await pageOf(id)).toMatchObject({ state: 'read', reason: null, canonicalUrl: 'https://paper.example/steel', title, leaseUntil: null });
    await crawl.pageLoop.runDue();
    expect(asked(path)).toHaveLength(1);
  });

  it('keeps its text when the same feed is read again, and asks its page under its validators when the entry changed', async () => {
    const { id, path, feed } = await told(articlePage);
    await crawl.pageLoop.runDue();
    await crawl.pollSource.pollNow(id);
    expect(await revisions(id)).toHaveLength(2);
    const changed = 'The ministry raises the duty on steel plates from Tuesday, importers were told now.';
    site.set(path, (request, response) => response.writeHead(request.headers['if-none-match'] === articlePage.headers.etag ? 304 : 500).end());
    site.set(feed, rssFeed([{ guid: path, title, link: site.url + path, text: changed }]));
    await crawl.pollSource.pollNow(id);
    await crawl.pageLoop.runDue();
    expect((await revisions(id)).map(({ revision, text }) => [revision, text])).toEqual([[1, teaser], [2, fullText], [3, changed], [4, fullText]]);
    expect(asked(path).map(({ status }) => status())).toEqual([200, 304]);
  });

  it('takes the date of its page where the feed has none, and stays quiet where that is old', async () => {
    const dated = (time: string) => html(`<article><h1>${title}</h1>${prose(8)}</article>`, `<meta property="article:published_time" content="${time}">`);
    const { id } = await told(dated('2019-04-01T10:00:00Z'), { date: null });
    await crawl.pageLoop.runDue();
    expect(await revisions(id)).toMatchObject([{ publishedConfidence: 'absent', alertable: false }, { publishedConfidence: 'stated', publishedAt: '2019-04-01T10:00:00.000Z', alertable: false }]);
  });

  it('has its text from where its source says that it stands', async () => {
    const { id } = await told(html(`<div class="x">${prose(8)}<p class="ad">Not this, which is an invitation to a fair for makers of steel plates in the spring.</p></div><div>${prose(40)}</div>`), { pageSelectors: { content: '.x', remove: '.ad' } });
    await crawl.pageLoop.runDue();
    expect((await revisions(id))[1]?.text).toBe(fullText);
  });

  it('may lead to a PDF', async () => {
    const { id } = await told({ status: 200, headers: { 'content-type': 'application/pdf' }, body: pdf([...fullText.split('\n\n')]) });
    await crawl.pageLoop.runDue();
    const [, full] = await revisions(id);
    expect(full?.text.replace(/\s+/g, ' ')).toContain(sentence(8));
    expect(await pageOf(id)).toMatchObject({ state: 'read' });
  });
});

describe('a page that is no article', () => {
  const bare = (heading: string, text: string) => html(`<h1>${heading}</h1><p>${text}</p>`);
  it.each<[string, Page | undefined]>([
    ['paywall', html(`<article><h1>${title}</h1>${prose(2)}<div>Subscribe to continue reading this article. Already a subscriber? Sign in.</div></article>`)],
    ['cookie-banner', bare('The Trade Paper', 'We value your privacy. We and our partners store and access information on a device, such as cookies, and process personal data. You may accept all or reject all, and change your choice at any time in the privacy settings of this site, which apply to this site only and to nothing else at all.')],
    ['bot-wall', bare('Just a moment...', 'Checking your browser before accessing the site. Enable JavaScript and cookies to continue.')],
    ['error-page', bare('Page not found', 'The page you are looking for does not exist.')],
    ['stub', html('<article><p>Duties rise on Monday.</p></article>')],
    ['other-page', { status: 200, headers: { 'content-type': 'text/html' }, body: `<html><head><title>Gardening</title></head><body><article>${Array.from({ length: 9 }, (_, n) => `<p>Roses want water in week ${n}, and whoever forgets them in a hot summer will not see flowers in autumn, say gardeners everywhere.</p>`).join('')}</article></body></html>` }],
    ['not-a-page', { status: 200, headers: { 'content-type': 'image/png' }, body: new Uint8Array(5000) }],
    ['not-a-page', { status: 200, headers: { 'content-type': 'text/xml' }, body: rssFeed([{ guid: '1', title, text: fullText, date: 'Wed, 18 Nov 2026 10:00:00 GMT', link: 'https://news.example/1' }], 'news') }],
    ['http-404', undefined],
    ['http-410', { status: 410 }],
    ['http-403', { status: 403 }],
  ])('leaves the summary as it is and says why: %s', async (reason, page) => {
    const { id, path } = await told(page);
    await crawl.pageLoop.runDue();
    expect(await revisions(id)).toMatchObject([{ revision: 1, text: teaser }]);
    expect(await pageOf(id)).toMatchObject({ state: 'summary', reason, message: expect.stringMatching(/\w/), leaseUntil: null });
    await crawl.pageLoop.runDue();
    expect(asked(path)).toHaveLength(1);
  });

  it('is asked again later where that may help, and given up after five visits', async () => {
    const { id, path } = await told({ status: 503, headers: { 'retry-after': '7200' } });
    await crawl.pageLoop.runDue();
    const page = await pageOf(id);
    expect(page).toMatchObject({ state: 'waiting', attempts: 1, reason: 'http-503', leaseUntil: null });
    expect(page!.nextAttemptAt.getTime()).toBeGreaterThan(Date.now() + 7_100_000);
    await crawl.database.articlePage.update({ where: { articleId: page!.articleId }, data: { attempts: 4, nextAttemptAt: new Date() } });
    await crawl.pageLoop.runDue();
    expect(await pageOf(id)).toMatchObject({ state: 'summary', attempts: 5, reason: 'http-503' });
    expect(asked(path)).toHaveLength(2);
  });

  it('costs one visit where it is slow, and nothing else waits for it', async () => {
    const { id } = await told(() => undefined);
    const other = await told(articlePage);
    await crawl.pageLoop.runDue();
    expect(await pageOf(id)).toMatchObject({ state: 'waiting', reason: 'timeout' });
    expect(await revisions(other.id)).toHaveLength(2);
  });

  it('is not asked where robots.txt says so', async () => {
    const guarded = await startFeedServer();
    guarded.set('/robots.txt', { status: 200, headers: { 'content-type': 'text/plain' }, body: 'User-agent: *\nDisallow: /private' });
    guarded.set('/private/story', articlePage);
    const id = await crawl.addSource({ url: guarded.set('/feed.rss', rssFeed([{ guid: 'p', title, link: `${guarded.url}/private/story`, text: teaser }])) });
    await crawl.pollSource.pollNow(id);
    await crawl.pageLoop.runDue();
    expect(await pageOf(id)).toMatchObject({ state: 'summary', reason: 'robots-disallowed' });
    expect(guarded.requests.filter(({ path }) => path === '/private/story')).toEqual([]);
  });
});

describe('pages that are left alone', () => {
  it.each<[string, Parameters<typeof told>[1]]>([
    ['of a feed that carries the whole text', { text: prose(20, (text) => text) }],
    ['of what is history', { date: new Date(Date.now() - 8 * 86_400_000).toUTCString() }],
    ['of a source that wants none fetched', { fullText: 'never' }],
  ])('%s', async (_what, fields) => {
    const { id } = await told(articlePage, fields);
    expect(await pageOf(id)).toBeNull();
  });

  it('except of a source that always wants them', async () => {
    const { id } = await told(articlePage, { fullText: 'always', date: new Date(Date.now() - 8 * 86_400_000).toUTCString() });
    await crawl.pageLoop.runDue();
    expect((await revisions(id)).map(({ alertable }) => alertable)).toEqual([false, false]);
  });
});

describe('several readers', () => {
  /** Takes a page, once the poll's turn at the host is over, and leaves it. */
  const leasedFor = (ms: number) => waitFor('a page that is due', async () => (await crawl.pages.takeDue(1, new Date(), new Date(Date.now() + ms)))[0]);

  it('publish each text once, ask a host one thing at a time, and let another read what one of them left', async () => {
    const beside = await startCrawl({}, { beside: crawl });
    const told20: Told[] = [];
    for (let n = 0; n < 20; n += 1) told20.push(await told(articlePage));
    const left = told20[0]!;
    await leasedFor(400);
    await waitFor('all texts', async () => {
      await Promise.all([crawl.pageLoop.runDue(), beside.pageLoop.runDue()]);
      return (await crawl.database.articlePage.count({ where: { state: 'waiting', reason: null, article: { sourceId: { in: told20.map(({ id }) => id) } } } })) === 0;
    });
    for (const { id, path } of told20) {
      expect((await revisions(id)).map(({ revision }) => revision)).toEqual([1, 2]);
      expect(asked(path)).toHaveLength(1);
    }
    expect(site.mostAtOnce()).toBe(1);
    expect(await pageOf(left.id)).toMatchObject({ state: 'read' });
  });

  it('discard what they read of an article that changed meanwhile', async () => {
    const { id, path, feed } = await told(articlePage);
    const page = await leasedFor(60_000);
    site.set(feed, rssFeed([{ guid: path, title: 'Ministry lowers the duty on steel plates', link: site.url + path, text: teaser }]));
    await crawl.pollSource.pollNow(id);
    expect(await crawl.pages.record(page, { state: 'read', attempts: 1, nextAttemptAt: new Date(), reason: null, message: null }, new Date())).toBe(false);
    await crawl.pageLoop.runDue();
    expect((await revisions(id)).map(({ revision, title: headline }) => [revision, headline.split(' ')[1]])).toEqual([[1, 'raises'], [2, 'lowers'], [3, 'lowers']]);
  });
});

/** A PDF of one page with these lines. */
function pdf(lines: readonly string[]): Buffer {
  const stream = lines.flatMap((line, n) => [line.slice(0, line.lastIndexOf(' ', 80)), line.slice(line.lastIndexOf(' ', 80) + 1)].map((part, half) => `BT /F1 10 Tf 1 0 0 1 72 ${720 - n * 40 - half * 12} Tm (${part}) Tj ET`)).join('\n');
  const objects = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Count 1 /Kids [4 0 R] >>', '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>', `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`];
  let body = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const at = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  return Buffer.from(`${body}xref\n0 6\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')}trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF`, 'latin1');
}
