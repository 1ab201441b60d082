import { describe, expect, it } from 'vitest';
import { isOwnPage, normalizeUrl, pageKey, siteOf, unwrapUrl } from './normalize-url.ts';

describe('the identity of an address', () => {
  it.each([
    ['http://www.example.com/a/', 'https://example.com/a'],
    ['HTTPS://Example.COM:443/A', 'https://example.com/A'],
    ['http://example.com:80', 'https://example.com'],
    ['https://example.com:8443/a', 'https://example.com:8443/a'],
    ['https://m.example.com/a', 'https://example.com/a'],
    ['https://amp.example.com/a', 'https://example.com/a'],
    ['https://edition.m.example.com/a', 'https://edition.example.com/a'],
    ['https://example.com/a/amp/', 'https://example.com/a'],
    ['https://example.com/a.amp.html', 'https://example.com/a'],
    ['https://example.com/amp/a', 'https://example.com/a'],
    ['https://example.com/a?amp=1', 'https://example.com/a'],
    ['https://example.com/a?outputType=amp', 'https://example.com/a'],
    ['https://example.com/a#comments', 'https://example.com/a'],
    ['https://example.com/#!/story/1', 'https://example.com#!/story/1'],
    ['https://example.com/a?utm_source=x&utm_medium=rss&id=2', 'https://example.com/a?id=2'],
    ['https://example.com/a?b=2&a=1', 'https://example.com/a?a=1&b=2'],
    ['https://example.com/a?fbclid=1&gclid=2&mc_cid=3', 'https://example.com/a'],
    ['https://example.com/a?ref=rss', 'https://example.com/a'],
    ['https://example.com/a?ref=12345', 'https://example.com/a?ref=12345'],
    ['https://example.com/index.html', 'https://example.com'],
    ['https://example.com/dir/index.php?id=3', 'https://example.com/dir?id=3'],
    ['https://example.com/a;jsessionid=ABC?x=1', 'https://example.com/a?x=1'],
    ['https://example.com//a///b', 'https://example.com/a/b'],
    ['https://example.com/%7ea/%e9', 'https://example.com/~a/%E9'],
    ['https://user:pass@example.com/a', 'https://example.com/a'],
    ['https://www.google.com/amp/s/www.paper.example/a/amp', 'https://paper.example/a'],
    ['https://paper-example.cdn.ampproject.org/c/s/www.paper.example/a', 'https://paper.example/a'],
    ['https://www.google.com/url?sa=t&url=https%3A%2F%2Fpaper.example%2Fa%3Futm_source%3Dg', 'https://paper.example/a'],
    ['https://nam01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fpaper.example%2Fa&data=x', 'https://paper.example/a'],
    ['https://news.google.com/rss/articles/CBMi5AE?oc=5', 'https://news.google.com/rss/articles/CBMi5AE'],
    [`https://news.google.com/rss/articles/${Buffer.from('\x08\x13"\x17https://paper.example/a\xd2\x01\x00', 'latin1').toString('base64url')}?oc=5`, 'https://paper.example/a'],
    ['https://mobile.example.com/2026/07/surtax?feed=rss2&page=all', 'https://example.com/2026/07/surtax'],
    ['https://example.com/2026/surtax/feed/', 'https://example.com/2026/surtax'],
    ['https://example.com/2026/surtax/print', 'https://example.com/2026/surtax'],
    ['https://example.com/2026/surtax?print=1&cid=public-rss_20260701', 'https://example.com/2026/surtax'],
    ['https://example.com/news/feed', 'https://example.com/news/feed'],
    ['urn:uuid:1', 'urn:uuid:1'],
    ['  tag:example.com,2026:1 ', 'tag:example.com,2026:1'],
    ['http://', 'http://'],
  ])('of %s is %s', (address, identity) => expect(normalizeUrl(address)).toBe(identity));

  it('keeps apart what only looks alike', () => {
    const addresses = ['https://example.com/a', 'https://example.com/b', 'https://example.com/a?page=2', 'https://example.com/A', 'https://other.example.com/a', 'https://example.com/a?id=1', 'https://example.com/amplify', 'https://mexico.example.com/a'];
    expect(new Set(addresses.map(normalizeUrl)).size).toBe(addresses.length);
  });

  it('is its own identity', () => {
    for (const address of ['https://www.example.com/a/?b=1&utm_source=x#c', 'https://example.com/a%2Fb?q=%20x+y', 'https://m.amp.example.com/index.html']) {
      expect(normalizeUrl(normalizeUrl(address))).toBe(normalizeUrl(address));
    }
  });

  it('says what a wrapper leads to, and nothing where it does not', () => {
    expect(unwrapUrl('https://www.google.com/url?q=https://paper.example/a')).toBe('https://paper.example/a');
    expect(unwrapUrl('https://paper.example/a?url=https://other.example/')).toBeUndefined();
    expect(unwrapUrl('https://www.google.com/url?q=javascript:alert(1)')).toBeUndefined();
  });

  it('takes long and hostile addresses in linear time', () => {
    const started = performance.now();
    for (const part of ['/', '%', '&a=', ';', '/amp', '.', '#/']) normalizeUrl(`https://example.com/${part.repeat(300_000)}`);
    expect(performance.now() - started).toBeLessThan(2000);
  });

  it.each(['', 'nowhere', 'javascript:alert(1)', 'mailto:desk@paper.example', 'ftp://paper.example/', 'http://'])('is no key of a page for %j', (address) => {
    expect(pageKey(address)).toBeUndefined();
  });

  it('fits an index row however long the address is, and still tells two from each other', () => {
    const long = (length: number, end: string) => pageKey(`https://paper.example/${'x'.repeat(length)}${end}`)!;
    for (const length of [2_000, 100_000]) {
      expect(long(length, 'a').length).toBeLessThanOrEqual(1000);
      expect(long(length, 'a')).not.toBe(long(length, 'b'));
    }
  });

  it('says whether it names a page of its own, and on whose site', () => {
    const own = ['https://a.example/', 'https://a.example', 'https://a.example/1', 'https://a.example/?p=1', 'https://a.example/#!/1'].map((url) => isOwnPage(pageKey(url)!));
    expect(own).toEqual([false, false, true, true, true]);
    expect(['https://www.a.example/1?x=1', 'https://a.example?p=1'].map((url) => siteOf(pageKey(url)!))).toEqual(['https://a.example', 'https://a.example']);
  });
});
