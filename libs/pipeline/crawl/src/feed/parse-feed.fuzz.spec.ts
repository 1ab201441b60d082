// Feeds broken at random: whatever comes, the answer is a feed or a named error, soon.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFeed } from './parse-feed.ts';

const now = new Date('2026-07-20T12:00:00Z');
const seeds = [
  `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE rss [<!ENTITY co "Company">]><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T &co;</title><link>https://e.com/</link><ttl>30</ttl>
   <item><title><![CDATA[A <b>b</b>]]></title><link>https://e.com/1?a=1&amp;b=2</link><guid isPermaLink="true">https://e.com/1</guid><pubDate>Wed, 01 Jul 2026 07:00:00 GMT</pubDate><dc:creator>Ana</dc:creator><description>&lt;p&gt;x &amp;amp; y&lt;/p&gt;</description><content:encoded><![CDATA[<p>Full <a href="/x">x</a></p>]]></content:encoded></item></channel></rss>`,
  `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://e.com/" xml:lang="fr"><title type="html">T &amp;eacute;</title><entry><id>urn:1</id><title>é</title><link rel="alternate" href="1"/><published>2026-07-01T07:00:00Z</published><author><name>Luc</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>y</p></div></content></entry></feed>`,
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="u"><title>R</title></channel><item rdf:about="https://e.com/1"><title>a</title></item></rdf:RDF>`,
  JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'J', items: [{ id: '1', url: '/1', title: 'a', content_html: '<p>x</p>', date_published: '2026-07-01T07:00:00Z', tags: ['t'], authors: [{ name: 'A' }] }] }),
];

const mutation = fc.record({ kind: fc.constantFrom('delete', 'repeat', 'insert', 'flip', 'cut'), at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.integer({ min: 1, max: 60 }), bytes: fc.uint8Array({ maxLength: 12 }), times: fc.integer({ min: 1, max: 50 }) });

function mutate(bytes: Buffer, { kind, at, length, bytes: inserted, times }: { kind: string; at: number; length: number; bytes: Uint8Array; times: number }): Buffer {
  const position = Math.floor(at * bytes.length);
  const [before, piece, after] = [bytes.subarray(0, position), bytes.subarray(position, position + length), bytes.subarray(position + length)];
  if (kind === 'delete') return Buffer.concat([before, after]);
  if (kind === 'repeat') return Buffer.concat([before, ...Array.from({ length: times }, () => piece), after]);
  if (kind === 'insert') return Buffer.concat([before, inserted, piece, after]);
  if (kind === 'flip') return Buffer.concat([before, piece.map((byte) => byte ^ (inserted[0] ?? 0x20)), after]);
  return before;
}

describe('a feed broken at random', () => {
  it.each(seeds.map((seed, index) => [['RSS', 'Atom', 'RDF', 'JSON'][index] ?? '', seed]))('(%s) is read or refused by name, and what is read has the promised shape', (_name, seed) => {
    fc.assert(fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
      const result = parseFeed(mutations.reduce(mutate, Buffer.from(seed)), { url: 'https://feed.example/rss', now });
      if (result.error) return result.error.code !== 'unreadable' && result.error.message !== '';
      return result.entries.every((entry) => {
        const dates = [entry.published, entry.updated].every((date) => date === null || (new Date(date).toISOString() === date && new Date(date) <= new Date(now.getTime() + 60_000)));
        const safe = [entry.summary, entry.content].every((html) => html === null || !/<script|<iframe|\son\w+\s*=\s*"|href="\s*javascript/i.test(html));
        return dates && safe && !entry.title.includes('\n') && (entry.published !== null || entry.publishedConfidence === 'absent');
      });
    }), { numRuns: 1500 });
    expect(parseFeed(Buffer.from(seed)).error).toBeUndefined();
  });

  it('made of random bytes is refused by name', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, contentType) => {
      const result = parseFeed(bytes, { contentType, now });
      return result.error === undefined || result.error.code !== 'unreadable';
    }), { numRuns: 1500 });
  });
});
