import { describe, expect, it } from 'vitest';
import { extractArticle } from './extract-article.ts';

const now = new Date('2026-07-20T12:00:00Z');
/** Of this thread: a busy machine does not count. */
const cpuMilliseconds = (): number => process.threadCpuUsage().user / 1000;
const sentence = (n: number): string => `Paragraph ${n} explains how the proclamation changes the duty on articles of steel entered for consumption after the effective date, and what importers must declare.`;
const body = (count: number, wrap = (text: string): string => `<p>${text}</p>`): string => Array.from({ length: count }, (_, index) => wrap(sentence(index + 1))).join('\n');

const page = (content: string, head = ''): string => `<!doctype html><html lang="en-US"><head><title>Steel duties rise | The Trade Paper</title>${head}</head><body>
  <header><nav><a href="/">Home</a><a href="/trade">Trade</a></nav></header><main>${content}</main><footer>© 2026 The Trade Paper. All rights reserved.</footer></body></html>`;

describe('an article page', () => {
  const head = `<link rel="canonical" href="/2026/07/steel"><meta property="og:site_name" content="The Trade Paper"><meta property="og:title" content="Steel duties rise">
    <script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Organization","name":"x"},{"@type":"NewsArticle","headline":"Steel duties rise","author":[{"@type":"Person","name":"Ana Ruiz"},{"name":"Luc Roy"}],"datePublished":"2026-07-01T09:00:00-04:00"}]}</script>`;
  const content = `<article><h1>Steel duties rise</h1><p class="byline">By Ana Ruiz</p><div class="share-bar"><a href="#">Share on X</a></div>${body(6)}
    <figure><img src="a.jpg"><figcaption>A mill in Monterrey. Photo: Agency</figcaption></figure><p>Advertisement</p><p><a href="/other">Read also: Aluminum duties fall for the third time</a></p>
    <h3>Related stories</h3><ul><li><a href="/1">First other story of the week</a></li><li><a href="/2">Second other story of the week</a></li></ul>
    <div class="newsletter">Sign up for our newsletter and get it in your inbox</div></article><section class="comments"><p>Great article, I read it twice and agree with everything in it.</p></section>`;

  it('gives title, authors, date, language, canonical address and the text alone', () => {
    const article = extractArticle(page(content, head), { url: 'https://paper.example/2026/07/steel?utm_source=x', now });
    expect(article).toMatchObject({
      title: 'Steel duties rise', byline: 'Ana Ruiz, Luc Roy', published: '2026-07-01T13:00:00.000Z', language: 'en-US', canonicalUrl: 'https://paper.example/2026/07/steel', quality: { verdict: 'article' },
    });
    expect(article.text.split('\n\n')).toEqual(Array.from({ length: 6 }, (_, index) => sentence(index + 1)));
    expect(article.quality.score).toBeGreaterThan(0.8);
  });

  it('takes title, author and date from markup where the page states nothing', () => {
    const plain = `<article><h1>Quotas end</h1><span class="author">Por Luis Mora</span><time datetime="2026-06-30">30 de junio</time>${body(5)}</article>`;
    expect(extractArticle(page(plain), { now })).toMatchObject({ title: 'Quotas end', byline: 'Luis Mora', published: '2026-06-30T00:00:00.000Z' });
  });

  it('believes selectors given for a site', () => {
    const odd = `<div class="x1"><div class="note">Not this. ${sentence(9)}</div>${body(3)}</div><div class="x2">${body(30)}</div>`;
    const { text } = extractArticle(page(odd), { selectors: { content: '.x1', remove: '.note' }, now });
    expect(text.split('\n\n')).toHaveLength(3);
  });

  it('uses the text stated for search engines where the visible one is missing', () => {
    const stated = Array.from({ length: 5 }, (_, index) => sentence(index + 1)).join('\n\n');
    const script = `<script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: 'Steel duties rise', articleBody: stated })}</script>`;
    expect(extractArticle(page('<div id="app"></div>', script), { now })).toMatchObject({ text: stated, quality: { verdict: 'article' } });
  });

  it('leaves out dates, labels, repeated captions, hidden parts, readers’ comments and what is said of the author', () => {
    const noise = (text: string): string => `<p>${text}</p>`;
    const around = `<article><h1>Steel duties rise</h1><p>Trade</p><p>By Ana Ruiz</p><p>July 1, 2026 9:00 AM EDT</p>${body(3)}
      ${Array.from({ length: 3 }, () => noise('A mill in Monterrey seen from above')).join('')}<div hidden>${noise(sentence(90))}</div><div style="display: none">${noise(sentence(91))}</div>
      <p><strong>RELATED:</strong> <a href="/2">Aluminum duties fall for the third time in a row</a></p>${body(4, (text) => noise(text.replace('Paragraph', 'Point')))}
      <p>Ana Ruiz is a senior reporter who covers trade for The Trade Paper and has done so since 2011.</p><p>Filed under: Steel, Trade</p></article>
      <section id="comments">${Array.from({ length: 20 }, (_, index) => noise(`Reader ${index} thinks that the proclamation is a good thing, and says so in a sentence that is long enough.`)).join('')}</section>`;
    const { text } = extractArticle(page(around, head), { now });
    expect(text.split('\n\n')).toEqual([...[1, 2, 3].map(sentence), ...[1, 2, 3, 4].map((n) => sentence(n).replace('Paragraph', 'Point'))]);
  });

  it('keeps headings, lists, tables and quotations of the text', () => {
    const parts = `<article><h1>Steel duties rise</h1>${body(3)}<h2>What changes on Monday</h2><ul><li>Plates of steel pay 25 percent.</li><li>Wire of steel pays 10 percent.</li></ul>
      <blockquote>We will defend our workers, the minister said.</blockquote><table><tr><th>Product</th><th>Duty</th></tr><tr><td>7208.51</td><td>25 %</td></tr></table>${body(2, (text) => `<p>${text.replace('Paragraph', 'Point')}</p>`)}</article>`;
    const { text } = extractArticle(page(parts), { now });
    for (const part of ['What changes on Monday', 'Wire of steel pays 10 percent.', 'We will defend our workers', '7208.51 25 %']) expect(text).toContain(part);
  });

  it('takes the article by name where lists of other articles say more, and where a page hides it until its scripts run', () => {
    const teasers = Array.from({ length: 30 }, (_, index) => `<div class="views-row"><p>Another story, number ${index}, tells at some length what a municipality did about its sewers last Tuesday…</p></div>`).join('');
    expect(extractArticle(page(`<div>${teasers}</div><div class="field-name-body">${body(5)}</div>`), { now }).text.split('\n\n')).toEqual([1, 2, 3, 4, 5].map(sentence));
    expect(extractArticle(page(`<div id="app"></div><noscript>${body(6)}</noscript>`), { now }).text.split('\n\n')).toEqual([1, 2, 3, 4, 5, 6].map(sentence));
  });

  it('reads official notices: the Register’s full text, the Diario Oficial, the main part of a page of Canada’s government', () => {
    const notice = (inside: string) => extractArticle(page(inside), { now }).text;
    const menus = '<ul><li><a href="/a">Agencies and departments of the government</a></li><li><a href="/b">All other notices of this day</a></li></ul>';
    expect(notice(`${menus}<div id="fulltext_content_area"><h2>SUMMARY:</h2>${body(6)}<h2>DATES:</h2><p>Comments are due on August 3, 2026.</p></div>`)).toContain('Comments are due on August 3, 2026.');
    expect(notice(`${menus}<div id="DivDetalleNota">${body(6, (text) => `<div>${text}</div>`)}</div>`)).toContain(sentence(6));
    expect(notice(`${menus}<main property="mainContentOfPage"><h1>Customs notice</h1>${body(6)}</main><section class="pagedetails"><p>Date modified: 2026-07-01</p></section>`)).toContain(sentence(6));
  });

  it('reads a page whose article carries html and body tags of its own, and one that is a bare fragment', () => {
    expect(extractArticle(page(`<article><html><body>${body(5)}</body></html></article>`), { now }).text.split('\n\n')).toHaveLength(5);
    expect(extractArticle(body(5), { now }).text.split('\n\n')).toHaveLength(5);
  });
});

describe('the judgement of a page', () => {
  const verdict = (html: string): string => extractArticle(html, { now }).quality.verdict;
  const bare = (title: string, content: string): string => `<html><head><title>${title}</title></head><body>${content}</body></html>`;

  it.each([
    ['en', bare('Just a moment...', '<h1>paper.example</h1><p>Checking your browser before accessing the site. Enable JavaScript and cookies to continue.</p>')],
    ['en', bare('Access Denied', '<h1>Access Denied</h1><p>You do not have permission to access this page on this server. Reference #18.2d</p>')],
    ['es', bare('Verificación', '<p>Verifique que es humano para continuar. Se detectó tráfico inusual desde su red.</p>')],
    ['fr', bare('Vérification', '<p>Vérification de votre navigateur avant d’accéder au site. Veuillez patienter.</p>')],
  ])('recognises a wall against robots (%s)', (_language, html) => expect(verdict(html)).toBe('bot-wall'));

  it.each([
    ['en', 'We value your privacy. We and our partners store and access information on a device, such as cookies, and process personal data. You may accept all or reject all, and change your choice at any time in the privacy settings of this site, which apply to this site only and to nothing else.'],
    ['es', 'Valoramos tu privacidad. Nosotros y nuestros socios almacenamos información mediante cookies y tratamos datos personales. Puedes aceptar todo o rechazar todo, y cambiar tu elección en cualquier momento en los ajustes de privacidad de este sitio, que se aplican solo a este sitio.'],
    ['fr', 'Nous respectons votre vie privée. Nous et nos partenaires stockons des témoins de connexion (cookies) et traitons des données personnelles. Vous pouvez tout accepter ou tout refuser et modifier votre choix à tout moment dans les paramètres de ce site, qui ne valent que pour ce site.'],
  ])('recognises a cookie banner (%s)', (_language, text) => expect(verdict(bare('The Trade Paper', `<div><p>${text}</p></div>`))).toBe('cookie-banner'));

  it.each([
    ['en', 'Subscribe to continue reading this article. Already a subscriber? Sign in.'],
    ['es', 'Contenido exclusivo para suscriptores. Suscríbete para seguir leyendo.'],
    ['fr', 'Cet article est réservé aux abonnés. Abonnez-vous pour lire la suite.'],
  ])('recognises a paywall behind the first paragraphs (%s)', (_language, text) => {
    const html = page(`<article><h1>Steel duties rise</h1>${body(2)}<div><p>${text}</p></div></article>`);
    expect(verdict(html)).toBe('paywall');
    expect(extractArticle(html, { now }).quality.score).toBeLessThan(0.5);
  });

  it('believes a page that says it must be paid for, unless the whole text is there', () => {
    const script = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","isAccessibleForFree":false}</script>';
    expect(verdict(page(`<article>${body(3)}</article>`, script))).toBe('paywall');
    expect(verdict(page(`<article>${body(25)}</article>`, script))).toBe('article');
  });

  it.each([
    ['error-page', bare('404 Not Found', '<h1>Page not found</h1><p>The page you are looking for does not exist.</p>')],
    ['error-page', bare('Página no encontrada', '<p>La página que busca no existe.</p>')],
    ['stub', bare('Note', '<article><p>Duties rise on Monday, the ministry said.</p></article>')],
    ['empty', bare('App', '<div id="root"></div><script>render()</script>')],
    ['empty', ''],
  ])('calls what is there %s', (expected, html) => expect(verdict(html)).toBe(expected));

  it('is not misled by an article about cookies, robots or subscriptions', () => {
    const about = body(12, (text) => `<p>${text} The rule covers cookies, personal data, captcha tests and whoever is already a subscriber.</p>`);
    expect(verdict(page(`<article><h1>New rule for cookies</h1>${about}</article>`))).toBe('article');
  });
});

describe('hostile pages', () => {
  const size = 150_000;
  const pieces = ['<', '<p>', '<div>', '<a href="x">', '<html>', '<body ', '</body>', '<article>', '<table><tr><td>', '<script type="application/ld+json">{', '<h1>x</h1>', '&', '<!--', '<p class="', '<br>', '<ul><li><a href=x>y</a></li></ul>', '<meta content="x" name="y">', '<time>', 'a '];

  it.each(pieces.map((piece) => [JSON.stringify(piece), piece]))('made of %s cost little and throw nothing', (_name, piece) => {
    const started = cpuMilliseconds();
    const { quality } = extractArticle(page(piece.repeat(Math.ceil(size / piece.length))), { now });
    expect(quality.score).toBeGreaterThanOrEqual(0);
    expect(cpuMilliseconds() - started).toBeLessThan(6000);
  });
});
