/** What a document is, told by its first bytes; its own claims in headers do not count. */
export function formatOf(bytes: Uint8Array): string {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip';
  // The marks looked for are ASCII in every encoding that is left once the zero bytes of UTF-16 are out.
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 8192)).replaceAll('\0', '').replace(/^\s*(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*/, '');
  if (head === '') return 'empty';
  if (/^[[{]/.test(head) || /^[\w.[\]]{1,60}\(\s*[[{]/.test(head)) return 'json';
  const root = /<(?!\?|!)(?:[\w-]{1,20}:)?([\w-]{1,40})[\s>/]/.exec(head.replace(/<!--.*?-->/gs, ''))?.[1]?.toLowerCase();
  if (root === undefined) return 'text';
  return roots[root] ?? (/^<\?xml/i.test(head) ? 'xml' : 'html');
}

const roots: Readonly<Record<string, string>> = { rss: 'rss', channel: 'rss', feed: 'atom', entry: 'atom', rdf: 'rdf', html: 'html', head: 'html', body: 'html', urlset: 'sitemap', sitemapindex: 'sitemap', opml: 'opml' };
