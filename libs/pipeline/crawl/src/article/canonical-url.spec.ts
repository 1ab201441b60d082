import { describe, expect, it } from 'vitest';
import { canonicalUrl, isOwnPage } from './canonical-url.ts';

describe('the canonical address', () => {
  it.each([
    'http://paper.example/story/1', 'https://www.paper.example/story/1/', 'https://m.paper.example/story/1', 'https://amp.paper.example/story/1',
    'https://PAPER.example/story/1#comments', 'https://paper.example/story/1?utm_source=rss&utm_medium=feed', 'https://paper.example:443/story/1?fbclid=abc',
    'https://paper.example/story/1/amp/', 'https://paper.example/story/1?',
  ])('of %s is that of the page', (address) => {
    expect(canonicalUrl(address)).toBe('https://paper.example/story/1');
  });

  it.each([
    ['https://paper.example/story?id=2&page=1', 'https://paper.example/story?page=1&id=2'],
    ['https://paper.example/a?b=1&utm_campaign=x', 'https://paper.example/a?b=1'],
  ])('of %s and %s is one', (one, other) => {
    expect(canonicalUrl(one)).toBe(canonicalUrl(other));
  });

  it.each([
    ['https://paper.example/story?id=2', 'https://paper.example/story?id=3'],
    ['https://paper.example/Story', 'https://paper.example/story'],
    ['https://paper.example:8443/', 'https://paper.example/'],
    ['https://www.example/', 'https://example/'],
  ])('tells %s from %s', (one, other) => {
    expect(canonicalUrl(one)).not.toBe(canonicalUrl(other));
  });

  it.each(['', 'nowhere', 'javascript:alert(1)', 'mailto:desk@paper.example', 'ftp://paper.example/'])('of %j does not exist', (address) => {
    expect(canonicalUrl(address)).toBeUndefined();
  });

  it('fits an index row however long the address is, and still tells two from each other', () => {
    const long = (end: string) => canonicalUrl(`https://paper.example/${'x'.repeat(100_000)}${end}`)!;
    expect(long('a').length).toBeLessThanOrEqual(1000);
    expect(long('a')).not.toBe(long('b'));
  });

  it('says whether it names a page of its own', () => {
    expect(['https://a.example/', 'https://a.example'].map((url) => isOwnPage(canonicalUrl(url)!))).toEqual([false, false]);
    expect(['https://a.example/1', 'https://a.example/?p=1'].map((url) => isOwnPage(canonicalUrl(url)!))).toEqual([true, true]);
  });
});
