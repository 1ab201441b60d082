import { describe, expect, it } from 'vitest';
import { readRobots, worthKeeping } from './robots.ts';

const at = (path: string) => new URL(path, 'https://news.example');
const rulesOf = (...lines: string[]) => readRobots(lines.join('\n'));

describe('a robots.txt', () => {
  it.each([
    ['forbids what its star group forbids', ['User-agent: *', 'Disallow: /private'], '/private/feed', false],
    ['leaves open what nothing forbids', ['User-agent: *', 'Disallow: /private'], '/feed', true],
    ['lets the longest rule decide (RFC 9309, 2.2.2)', ['User-agent: *', 'Disallow: /', 'Allow: /feeds/'], '/feeds/trade.xml', true],
    ['has a group of its own for us', ['User-agent: *', 'Allow: /', '', 'User-agent: TradeWatch', 'Disallow: /'], '/feed', false],
    ['says nothing to us in a group for others', ['User-agent: otherbot', 'Disallow: /'], '/feed', true],
    ['says nothing to us in a group for others beside an open one', ['User-agent: otherbot', 'Disallow: /', '', 'User-agent: *', 'Disallow:'], '/feed', true],
    ['knows wildcards and ends', ['User-agent: *', 'Disallow: /*.xml$'], '/a/b.xml', false],
    ['knows that an end is an end', ['User-agent: *', 'Disallow: /*.xml$'], '/a/b.xml?page=2', true],
    ['is read past a byte order mark', ['\uFEFFUser-agent: *', 'Disallow: /'], '/feed', false],
    ['counts for queries', ['User-agent: *', 'Disallow: /*?format='], '/a?format=rss', false],
    ['that is an HTML page says nothing', ['<!doctype html><html><body>Disallow: / <a href="https://x.example">User-agent: *</a></body></html>'], '/feed', true],
    ['that is empty says nothing', [''], '/feed', true],
  ])('%s', (_what, lines, path, expected) => {
    expect(rulesOf(...lines).allows(at(path))).toBe(expected);
  });

  it('asks for a delay between requests, at most a day', () => {
    expect(rulesOf('User-agent: *', 'Crawl-delay: 2.5').crawlDelayMs).toBe(2500);
    expect(rulesOf('User-agent: *', 'Crawl-delay: 9999999').crawlDelayMs).toBe(24 * 3600_000);
    for (const nothing of ['soon', '-1', '', 'NaN']) expect(rulesOf('User-agent: *', `Crawl-delay: ${nothing}`).crawlDelayMs).toBe(0);
  });

  it('without a rule is not worth keeping', () => {
    expect(worthKeeping('User-agent: *\nDisallow:\nSitemap: https://news.example/sitemap.xml')).toBe('');
    expect(worthKeeping('User-agent: *\nDisallow: /a')).toContain('/a');
    expect(worthKeeping('User-agent: *\nCrawl-delay: 3')).toContain('3');
  });

  it('made to be expensive costs less than a second', () => {
    const pattern = `/${'*a'.repeat(500)}b`;
    const hostile = `User-agent: *\n${`Disallow: ${pattern}\n`.repeat(5000)}`;
    const started = process.threadCpuUsage();
    readRobots(hostile).allows(at(`/${'a'.repeat(2000)}`));
    expect(process.threadCpuUsage(started).user / 1000).toBeLessThan(1000);
  });
});
