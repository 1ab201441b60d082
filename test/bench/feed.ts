// Bytes → normalised entries, against rss-parser alone on the same bytes in the same process: feeds written here in the shapes the sources
// use, and the real ones where a checkout has them beside it. Rounds alternate and the best of each counts, so that neither has the warmer cache.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Parser from 'rss-parser';
import { parseFeed } from '@tradewatch/crawl';
import { report } from './measure.ts';

const rounds = 12;
const runsARound = 8;

export async function run(): Promise<void> {
  for (const [name, bytes] of [...written(), ...real()]) {
    const entries = entriesOf(bytes);
    const peer = new Parser();
    const text = bytes.toString('utf8');
    const best = { ours: Infinity, peer: Infinity };
    for (let round = 0; round < rounds; round += 1) {
      best.ours = Math.min(best.ours, await milliseconds(() => parseFeed(bytes)));
      best.peer = Math.min(best.peer, await milliseconds(() => peer.parseString(text)));
    }
    const rate = (time: number): number => bytes.length / 1000 / time;
    report('feed', `${name}, ${entries} entries`, rate(best.ours), 'MB/s', 'rss-parser', rate(best.peer));
  }
}

/** Time of this thread's processor, which other processes on the machine do not add to. */
async function milliseconds(work: () => unknown): Promise<number> {
  const started = process.threadCpuUsage();
  for (let run = 0; run < runsARound; run += 1) await work();
  const { user, system } = process.threadCpuUsage(started);
  return (user + system) / 1000 / runsARound;
}

function entriesOf(bytes: Buffer): number {
  const result = parseFeed(bytes);
  if (result.error) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.entries.length;
}

function written(): [string, Buffer][] {
  const sentence = 'The ministry modifies the tariff applied to steel products from the following day; importers declare the new fraction.';
  const item = (n: number, body: string): string => `<item><title>Notice ${n}: duties on steel &amp; aluminum</title><link>https://source.example/notices/${n}</link><guid isPermaLink="false">notice-${n}</guid><pubDate>Wed, 01 Jul 2026 07:${String(n % 60).padStart(2, '0')}:00 GMT</pubDate><category>Steel</category>${body}</item>`;
  const rss = (items: string[]): Buffer => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Notices</title><link>https://source.example/</link><description>d</description>${items.join('\n')}</channel></rss>`);
  const numbers = Array.from({ length: 150 }, (_, index) => index);
  const paragraphs = Array.from({ length: 12 }, () => `<p class="text">${sentence} <a href="https://source.example/more" target="_blank">More</a></p>`).join('\n');
  const entry = (n: number): string => `<entry><id>urn:notice:${n}</id><title type="html">Notice ${n} &lt;em&gt;amended&lt;/em&gt;</title><link href="https://source.example/${n}"/><updated>2026-07-01T07:00:00Z</updated><author><name>Desk</name></author><summary>${sentence}</summary></entry>`;
  return [
    ['RSS with plain summaries', rss(numbers.map((n) => item(n, `<description>${sentence} ${sentence}</description>`)))],
    ['RSS with full text', rss(numbers.map((n) => item(n, `<dc:creator>Ana Ruiz</dc:creator><description>${sentence}</description><content:encoded><![CDATA[${paragraphs}]]></content:encoded>`)))],
    ['Atom', Buffer.from(`<feed xmlns="http://www.w3.org/2005/Atom"><title>Notices</title>${numbers.map(entry).join('\n')}</feed>`)],
  ];
}

function real(): [string, Buffer][] {
  const folder = resolve('../shared/real-feeds');
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith('.rss')).map((name) => [name, readFileSync(join(folder, name))]);
}
