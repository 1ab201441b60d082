import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parseFeed } from './parse-feed.ts';
import type { FeedContext, FeedEntry, ParsedFeed } from './feed-result.ts';

const now = new Date('2026-07-20T12:00:00Z');
/** Of this thread: a busy machine does not count. */
const cpuMilliseconds = (): number => process.threadCpuUsage().user / 1000;

function parsed(text: string, context: FeedContext = {}): ParsedFeed {
  const result = parseFeed(Buffer.from(text), { now, ...context });
  if (result.error) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result;
}

function errorOf(text: string): string {
  return parseFeed(Buffer.from(text), { now }).error?.code ?? 'no error';
}

const rss = (items: string, channel = ''): string => `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>${channel}${items}</channel></rss>`;
const atom = (entries: string, root = ''): string => `<feed xmlns="http://www.w3.org/2005/Atom"${root}><title>T</title>${entries}</feed>`;
const first = (text: string, context?: FeedContext): FeedEntry => {
  const entry = parsed(text, context).entries[0];
  if (!entry) throw new Error('no entry');
  return entry;
};

describe('RSS', () => {
  it('gives channel and entries with everything they state', () => {
    const feed = parsed(`<?xml version="1.0" encoding="UTF-8"?>
      <rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
      <channel><title>Customs &amp; trade</title><link>https://example.com/</link><description>News</description><language>en_US</language><ttl>30</ttl>
      <skipHours><hour>2</hour><hour>3</hour></skipHours><skipDays><day>Sunday</day></skipDays>
      <item><title>Tariff on <![CDATA[<b>steel</b>]]> rises</title><link>https://example.com/1</link><guid isPermaLink="false">n-1</guid>
      <pubDate>Wed, 01 Jul 2026 07:00:00 -0400</pubDate><dc:creator>Ana Ruiz</dc:creator><category>Steel</category><category>Tariffs</category>
      <description>Short &lt;i&gt;version&lt;/i&gt;</description><content:encoded><![CDATA[<p>First.</p><p>Second <a href="/x">x</a>.</p>]]></content:encoded></item>
      </channel></rss>`);
    expect(feed.feed).toEqual({ title: 'Customs & trade', link: 'https://example.com/', description: 'News', language: 'en-US' });
    expect(feed.schedule).toEqual({ ttlMinutes: 30, skipHours: [2, 3], skipDays: ['Sunday'] });
    expect(feed.warnings).toEqual([]);
    expect(feed.entries).toEqual([{
      id: 'n-1', title: 'Tariff on steel rises', link: 'https://example.com/1', published: '2026-07-01T11:00:00.000Z', publishedRaw: 'Wed, 01 Jul 2026 07:00:00 -0400',
      publishedConfidence: 'stated', updated: null, author: 'Ana Ruiz', summary: 'Short <i>version</i>', content: '<p>First.</p><p>Second <a href="https://example.com/x">x</a>.</p>',
      text: 'First.\n\nSecond x.', categories: ['Steel', 'Tariffs'],
    }]);
  });

  it.each(['0.90', '0.91', '0.92', '2.0', '', '2.0.1'])('reads version "%s"', (version) => {
    expect(first(`<rss version="${version}"><channel><item><title>a</title></item></channel></rss>`).title).toBe('a');
  });

  it('reads RDF with items beside the channel, and rdf:about as the id', () => {
    const feed = parsed(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:d="http://purl.org/dc/elements/1.1/">
      <channel rdf:about="https://example.com/rss"><title>R</title><link>https://example.com/</link></channel>
      <item rdf:about="https://example.com/1"><title>a</title><d:date>2026-07-01T07:00:00Z</d:date></item></rdf:RDF>`);
    expect(feed.feed.title).toBe('R');
    expect(feed.entries[0]).toMatchObject({ id: 'https://example.com/1', link: 'https://example.com/1', published: '2026-07-01T07:00:00.000Z' });
  });

  it('takes a permalink guid as the link, and never one that says it is none', () => {
    expect(first(rss('<item><title>a</title><guid>https://example.com/1</guid></item>')).link).toBe('https://example.com/1');
    expect(first(rss('<item><title>a</title><guid isPermaLink="false">https://example.com/1</guid></item>')).link).toBeNull();
  });

  it('is not confused by an Atom link, an image or foreign elements with the same names', () => {
    const entry = first(`<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><channel><item>
      <media:title>media</media:title><a:link rel="self" href="https://example.com/self"/><image><title>image</title><link>https://example.com/image</link></image>
      <title>own</title><link>https://example.com/own</link></item></channel></rss>`);
    expect(entry).toMatchObject({ title: 'own', link: 'https://example.com/own' });
  });

  it('knows namespaces by their address, whatever the prefix', () => {
    expect(first('<rss version="2.0" xmlns:zz="http://purl.org/dc/elements/1.1/"><channel><item><zz:creator>Ana</zz:creator></item></channel></rss>').author).toBe('Ana');
  });

  it.each([
    ['editor@example.com (Ana Ruiz)', 'Ana Ruiz'], ['Ana Ruiz &lt;editor@example.com&gt;', 'Ana Ruiz'], ['Ana Ruiz (editor@example.com)', 'Ana Ruiz'], ['Ana Ruiz', 'Ana Ruiz'], ['editor@example.com', 'editor@example.com'],
  ])('finds the name in the author %j', (author, name) => {
    expect(first(rss(`<item><author>${author}</author></item>`)).author).toBe(name);
  });

  it.each(['javascript:alert(1)', ' JavaScript:alert(1)', 'data:text/html,x', 'file:///etc/passwd'])('gives no link for %j', (link) => {
    expect(first(rss(`<item><title>a</title><link>${link}</link></item>`), { url: 'https://e.com/' }).link).toBeNull();
  });

  it('keeps a date it cannot read', () => {
    expect(first(rss('<item><title>a</title><pubDate>next week</pubDate></item>'))).toMatchObject({ published: null, publishedRaw: 'next week', publishedConfidence: 'absent' });
  });

  it('reads markup that stands in the open, and markup that was escaped twice', () => {
    expect(first(rss('<item><description><p>One</p><p>Two <b>b</b></p></description></item>')).text).toBe('One\n\nTwo b');
    expect(first(rss('<item><description>&amp;lt;p&amp;gt;One&amp;lt;/p&amp;gt;</description></item>')).summary).toBe('<p>One</p>');
  });

  it('resolves relative links against xml:base, else the address of the feed, else the channel', () => {
    const item = '<item><title>a</title><link>/n/1</link><description>&lt;a href="2"&gt;x&lt;/a&gt;</description></item>';
    expect(first(rss(item), { url: 'https://feed.example/rss.xml' })).toMatchObject({ link: 'https://feed.example/n/1', summary: '<a href="https://feed.example/2">x</a>' });
    expect(first(rss(item, '<link>https://site.example/</link>')).link).toBe('https://site.example/n/1');
    expect(first(rss(item).replace('<item>', '<item xml:base="https://base.example/b/">'), { url: 'https://feed.example/rss.xml' }).summary).toBe('<a href="https://base.example/b/2">x</a>');
  });
});

describe('Atom', () => {
  it('reads text constructs, links, people and dates', () => {
    const feed = parsed(atom(`<subtitle type="html">A &amp;amp; B</subtitle><link rel="self" href="https://e.com/feed"/><link href="https://e.com/"/><author><name>Desk</name></author>
      <entry><id>urn:1</id><title type="html">Steel &amp;lt; &lt;b&gt;aluminum&lt;/b&gt;</title><link rel="enclosure" href="https://e.com/pdf"/><link rel="alternate" type="text/html" href="1"/>
      <published>2026-07-01T07:00:00-06:00</published><updated>2026-07-02T00:00:00Z</updated><summary>5 &lt; 6</summary>
      <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One</p><p>Two</p></div></content><category term="steel" label="Steel"/></entry>`, ' xml:base="https://e.com/a/" xml:lang="es"'));
    expect(feed.feed).toEqual({ title: 'T', link: 'https://e.com/', description: 'A & B', language: 'es' });
    expect(feed.entries[0]).toMatchObject({
      id: 'urn:1', title: 'Steel < aluminum', link: 'https://e.com/a/1', published: '2026-07-01T13:00:00.000Z', updated: '2026-07-02T00:00:00.000Z', author: 'Desk',
      summary: '5 &lt; 6', text: 'One\n\nTwo', categories: ['steel'],
    });
  });

  it('reads Atom 0.3, prefixed elements and a lone entry', () => {
    expect(first('<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>a</title><issued>2026-07-01T07:00:00Z</issued><content mode="escaped" type="text/html">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>'))
      .toMatchObject({ title: 'a', published: '2026-07-01T07:00:00.000Z', content: '<p>x</p>' });
    expect(first('<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:title>a</a:title></a:entry></a:feed>').title).toBe('a');
    expect(first('<entry xmlns="http://www.w3.org/2005/Atom"><title>a</title></entry>').title).toBe('a');
  });

  it('survives dates and links that would make rss-parser throw', () => {
    expect(first(atom('<entry><title>a</title><link>https://e.com/1</link><published>soon</published><updated>2026-07-01T07:00:00Z</updated></entry>')))
      .toMatchObject({ link: 'https://e.com/1', published: '2026-07-01T07:00:00.000Z' });
  });
});

describe('JSON Feed', () => {
  it('reads items, resolving links and sanitising HTML', () => {
    expect(first(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'J', items: [{ id: 7, url: '/7', title: 'a', content_html: '<p>x<script>1</script></p>', date_published: '2026-07-01T07:00:00Z', authors: [{ name: 'Ana' }], tags: ['t'] }] }), { url: 'https://e.com/feed.json' }))
      .toMatchObject({ id: '7', link: 'https://e.com/7', content: '<p>x</p>', text: 'x', author: 'Ana', categories: ['t'], published: '2026-07-01T07:00:00.000Z' });
  });

  it('accepts an empty list and skips what is no item', () => {
    expect(parsed('{"version":"https://jsonfeed.org/version/1","title":"J","items":[]}').feed.title).toBe('J');
    expect(parsed('{"items":[null,3,[],{},{"id":"1","title":"a"}]}').entries).toHaveLength(1);
  });
});

describe('broken feeds', () => {
  it.each([
    ['a bare ampersand', '<item><title>AT&T & more</title></item>', 'AT&T & more'],
    ['a bare angle bracket', '<item><title>duty < 5 %</title></item>', 'duty < 5 %'],
    ['HTML entities XML does not know', '<item><title>Qu&eacute;bec&nbsp;&mdash; M&eacute;xico</title></item>', 'Québec — México'],
    ['an unknown entity', '<item><title>a &unknown; b</title></item>', 'a &unknown; b'],
    ['an unclosed tag', '<item><title>a</title><description>x<br>y</description></item>', 'a'],
    ['crossed tags', '<item><title>a</title><description><b><i>x</b></i></description></item>', 'a'],
    ['an unquoted attribute', '<item><title type=html>a</title></item>', 'a'],
    ['upper-case names', '<ITEM><TITLE>a</TITLE></ITEM>', 'a'],
    ['a stray end tag', '<item></p><title>a</title></item>', 'a'],
    ['an item without its end', '<item><title>a</title><item><title>b</title></item>', 'a'],
    ['an unclosed CDATA section', '<item><title>a</title></item><item><title><![CDATA[b</title></item>', 'a'],
  ])('recovers from %s', (_what, items, title) => expect(first(rss(items)).title).toBe(title));

  it('skips what a generator printed before and after the document', () => {
    expect(parsed(`\n\nWarning: mysql_connect() in /var/www\n${rss('<item><title>a</title></item>')}<!-- cached --><script>x</script>`).entries).toHaveLength(1);
  });

  it('keeps the complete entries of a feed that breaks off, and says so', () => {
    const whole = rss('<item><title>a</title><link>https://e.com/1</link></item><item><title>second</title><link>https://e.com/2</link></item>');
    const cut = parsed(whole.slice(0, whole.indexOf('ond</title>')));
    expect(cut.entries.map(({ title }) => title)).toEqual(['a']);
    expect(cut.warnings).toEqual(['truncated']);
    expect(errorOf(whole.slice(0, whole.indexOf('</title><link>')))).toBe('truncated');
  });

  it.each([
    ['nothing', '', 'empty'],
    ['white space', ' \n\t\ufeff ', 'empty'],
    ['a web page', '<!DOCTYPE html><html><head><title>Sign in</title></head><body></body></html>', 'not-a-feed'],
    ['other XML', '<catalog><book/></catalog>', 'not-a-feed'],
    ['prose', 'Service unavailable', 'not-a-feed'],
    ['other JSON', '{"error":"x"}', 'not-a-feed'],
    ['broken JSON', '{"items":[', 'invalid-json'],
    ['an entity bomb', `<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa">${'bcdefghi'.split('').map((name, index) => `<!ENTITY ${name} "${`&${'abcdefgh'[index]};`.repeat(10)}">`).join('')}]>${rss('<item><title>&i;</title></item>').slice(21)}`, 'entity-bomb'],
    ['an entity that contains itself', `<!DOCTYPE r [<!ENTITY a "&b;"><!ENTITY b "&a;">]><rss version="2.0"><channel><title>&a;</title></channel></rss>`, 'entity-bomb'],
    ['an entity used without end', `<!DOCTYPE r [<!ENTITY a "${'x'.repeat(4000)}">]><rss version="2.0"><channel><title>${'&a;'.repeat(1000)}</title></channel></rss>`, 'entity-bomb'],
    ['absurd nesting', '<rss><channel>' + '<a>'.repeat(100_000), 'too-deep'],
  ])('names the error of %s', (_what, text, code) => expect(errorOf(text)).toBe(code));

  it('names the title of the web page it got instead of a feed', () => {
    const result = parseFeed(Buffer.from('<html><head><title>Are you a robot?</title></head></html>'));
    expect(result.error?.message).toContain('Are you a robot?');
  });

  it('never reads external entities', () => {
    expect(first(`<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${rss('<item><title>a&x;b</title></item>').slice(21)}`).title).toBe('a&x;b');
  });

  it('takes bytes that are no text at all', () => {
    expect(parseFeed(gzipSync('x')).error?.code).toBe('not-a-feed');
    expect(parseFeed(new Uint8Array(100_000)).error?.code).toBe('empty');
  });
});

describe('hostile input', () => {
  const size = 400_000;
  const repeat = (text: string): string => text.repeat(Math.ceil(size / text.length));
  const body = (text: string): string => rss(`<item><title>t</title><description><![CDATA[${text}]]></description></item>`);
  const pieces = ['<', '&', '<a>', '</a>', '<!--', '<![CDATA[', '<?', '<!DOCTYPE [', '<item>', '<item><title>', 'a="', '<rss a="', '<p><', '<b>', '<div>', '<p>', '&lt;p ', '<a href="x">', 'a<h', '<p style="', '<p a=b ', '&a', '<br>', '(', 'a@ ', '<p><!--', '<!', '&#', '<item/>', '\u0000', '\u{1f600}', ']]>', '&lt;', '<table><tr><td>', '<svg><title>'];

  it.each(pieces.map((piece) => [JSON.stringify(piece), piece]))('reads a repeated %s in linear time without throwing', (_name, piece) => {
    const started = cpuMilliseconds();
    parseFeed(Buffer.from(repeat(piece)));
    parseFeed(Buffer.from(`<rss version="2.0"><channel><item><title>${repeat(piece)}`));
    parseFeed(Buffer.from(body(repeat(piece))));
    parseFeed(Buffer.from(`{"items":[{"id":"1","title":${JSON.stringify(repeat(piece))}}]}`));
    // Four documents of 0.4 MB each, at most a second a MB.
    expect(cpuMilliseconds() - started).toBeLessThan(4 * 400);
  });
});
