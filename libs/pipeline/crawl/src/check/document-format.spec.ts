import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { formatOf } from './document-format.ts';

describe('the format of a document', () => {
  it.each([
    ['<?xml version="1.0"?>\n<!-- a <feed> b -->\n<rss version="2.0">', 'rss'], ['\ufeff<feed xmlns="x">', 'atom'], ['<atom:feed xmlns:atom="x">', 'atom'], ['<rdf:RDF xmlns:rdf="x">', 'rdf'],
    ['<!doctype html>\n<html lang="en">', 'html'], ['<div class="x">', 'html'], ['<?xml version="1.0"?><other/>', 'xml'], [' {"a":1}', 'json'], ['[]', 'json'], ['GD.update([{"a":1}])', 'json'],
    ['<sitemapindex xmlns="x">', 'sitemap'], ['<urlset>', 'sitemap'], ['<opml version="2.0">', 'opml'], ['hello', 'text'], ['', 'empty'], ['  ', 'empty'],
  ])('%j is %s', (text, format) => {
    expect(formatOf(Buffer.from(text))).toBe(format);
  });
  it('is told in UTF-16 and in gzip too', () => {
    expect(formatOf(Buffer.from('\ufeff<?xml version="1.0"?><rss version="2.0">', 'utf16le'))).toBe('rss');
    expect(formatOf(gzipSync('<urlset/>'))).toBe('gzip');
  });
});
